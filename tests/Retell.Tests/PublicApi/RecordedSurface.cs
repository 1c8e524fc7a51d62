using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Retell.Tests.PublicApi;

/// <summary>A type of a recorded surface. Names are those that a file with <see cref="RecordedSurface.Namespaces"/> in its usings writes.</summary>
internal sealed record RecordedType(string Line, string Name, string Kind, string TypeParameters, string Constraints)
{
    public List<string> Bases { get; } = [];

    public List<RecordedMember> Members { get; } = [];

    /// <summary>The name without namespace, container and type parameters, which is also the name of the constructors.</summary>
    public string SimpleName => Name.Split('<')[0].Split('.')[^1];

    public bool IsStatic => Kind.StartsWith("static ", StringComparison.Ordinal);

    public bool IsInterface => Kind.EndsWith("interface", StringComparison.Ordinal);

    public bool IsStruct => Kind.EndsWith("struct", StringComparison.Ordinal);

    /// <summary>Gets a value indicating whether <c>new()</c> creates one.</summary>
    public bool CanBeCreated => !Kind.Contains("abstract", StringComparison.Ordinal) && !Members.Any(member => member.IsRequired)
        && Members.Any(member => member is { Kind: RecordedMemberKind.Constructor, IsProtected: false, Parameters.Count: 0 });

    public bool ConvertsFromString => Members.Any(member => member is { Name: "implicit operator", Parameters: [{ Type: "string" }] });
}

internal enum RecordedMemberKind
{
    Constructor,
    Method,
    Operator,
    Property,
    Indexer,
    Event,
    Field,
    EnumValue,
}

/// <summary>A member of a recorded surface.</summary>
internal sealed record RecordedMember(string Line, RecordedMemberKind Kind, string Name)
{
    public string TypeParameters { get; init; } = string.Empty;

    public string Constraints { get; init; } = string.Empty;

    public IReadOnlyList<RecordedParameter> Parameters { get; init; } = [];

    /// <summary>The type of the property, field or event, or what a method returns.</summary>
    public string Type { get; init; } = string.Empty;

    /// <summary>The attributes and keywords before the type.</summary>
    public string Modifiers { get; init; } = string.Empty;

    public string Accessors { get; init; } = string.Empty;

    public bool IsProtected => Modifiers.Contains("protected ", StringComparison.Ordinal);

    public bool IsStatic => Modifiers.Contains("static ", StringComparison.Ordinal) || Modifiers.Contains("const ", StringComparison.Ordinal);

    public bool IsRequired => Modifiers.Contains("required ", StringComparison.Ordinal);

    public bool IsExtension => Parameters is [{ Modifiers: "this " }, ..];

    /// <summary>The type that reading gives, and the one that can be set: attributes may make null possible or forbid it.</summary>
    public string TypeRead =>
        Modifiers.Contains("[MaybeNull]", StringComparison.Ordinal) ? Nullable : Modifiers.Contains("[NotNull]", StringComparison.Ordinal) ? Type.TrimEnd('?') : Type;

    public string TypeSet =>
        Modifiers.Contains("[AllowNull]", StringComparison.Ordinal) ? Nullable : Modifiers.Contains("[DisallowNull]", StringComparison.Ordinal) ? Type.TrimEnd('?') : Type;

    private string Nullable => Type.TrimEnd('?') + "?";
}

internal sealed record RecordedParameter(string Name, string Type, string Modifiers, bool IsOptional);

/// <summary>The types and members that the lines of a recorded surface (see <see cref="ApiSurface"/>) describe.</summary>
internal sealed partial class RecordedSurface
{
    private readonly Dictionary<string, RecordedType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shortNames;

    public RecordedSurface(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        (string Line, Match Match)[] types = [.. all.Select(line => (Line: line, Match: TypeLine().Match(ApiSurface.Signature(line)))).Where(line => line.Match.Success)];
        string[] names = [.. types.Select(type => type.Match.Groups["name"].Value.Split('<')[0]).Distinct()];
        string[] outer = [.. names.Where(name => !names.Contains(NamespaceOf(name)))];
        Namespaces = [.. outer.Select(NamespaceOf).Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        _shortNames = outer.Except(Ambiguous).ToLookup(name => name.Split('.')[^1]).Where(group => group.Count() == 1).ToDictionary(group => group.Single(), group => group.Key);

        foreach ((string line, Match match) in types)
        {
            string name = Shorten(match.Groups["name"].Value);
            _types.Add(name, new RecordedType(line, name, match.Groups["kind"].Value, TypeParametersOf(name), Shorten(match.Groups["constraints"].Value)));
        }

        foreach (string line in all.Except(types.Select(type => type.Line)))
        {
            Add(line, Shorten(ApiSurface.Signature(line)));
        }
    }

    /// <summary>Gets the types that have the name of one of .NET that every new file imports: applications write them in full.</summary>
    public static IReadOnlyList<string> Ambiguous { get; } = ["Retell.Models.DayOfWeek"];

    public IReadOnlyList<string> Namespaces { get; }

    public IEnumerable<RecordedType> Types => _types.Values;

    public RecordedType? Find(string type) => _types.GetValueOrDefault(type.TrimEnd('?'));

    private static string NamespaceOf(string name) => name.LastIndexOf('.') is >= 0 and int end ? name[..end] : string.Empty;

    private static string TypeParametersOf(string name) => name.IndexOf('<', StringComparison.Ordinal) is >= 0 and int start ? name[start..] : string.Empty;

    private string Shorten(string text) => QualifiedName().Replace(text, match =>
    {
        // The longest part that is a type: what follows is a nested type or a member.
        for (string name = match.Value; name.Length > 0; name = NamespaceOf(name))
        {
            if (_shortNames.TryGetValue(name, out string? found))
            {
                return found + match.Value[name.Length..];
            }
        }

        return match.Value;
    });

    private void Add(string line, string text)
    {
        if (text.Split(" : ") is [var derived, var parent] && _types.TryGetValue(derived, out RecordedType? type))
        {
            type.Bases.Add(parent);
            return;
        }

        string head = Head().Match(text).Value;
        int end = head.LastIndexOf('.');
        while (end >= 0 && !_types.ContainsKey(head[..end]))
        {
            end = head.LastIndexOf('.', end - 1);
        }

        RecordedType owner = end > 0 ? _types[head[..end]] : throw new FormatException($"No type of the surface has this member: {line}");
        owner.Members.Add(Member(owner, line, text[(end + 1)..]));
    }

    private static RecordedMember Member(RecordedType owner, string line, string text)
    {
        string name = Head().Match(text).Value;
        string rest = text[name.Length..];
        if (rest.StartsWith(" = ", StringComparison.Ordinal))
        {
            return new RecordedMember(line, RecordedMemberKind.EnumValue, name);
        }

        IReadOnlyList<RecordedParameter> parameters = [];
        if (rest[0] is '(' or '[')
        {
            BaseParameterListSyntax list = rest[0] == '('
                ? SyntaxFactory.ParseParameterList(rest, consumeFullText: false)
                : SyntaxFactory.ParseBracketedParameterList(rest, consumeFullText: false);
            parameters = [.. list.Parameters.Select(Parameter)];
            rest = rest[list.FullSpan.Length..];
        }

        Match accessors = Accessors().Match(rest);
        Match result = Result().Match(rest[(rest.IndexOf("-> ", StringComparison.Ordinal) + 3)..]);
        string modifiers = result.Groups["modifiers"].Value;
        string type = result.Groups["type"].Value;
        bool isOperator = name.Contains("operator", StringComparison.Ordinal);
        string typeParameters = isOperator ? string.Empty : TypeParametersOf(name);
        return new RecordedMember(line, KindOf(), isOperator ? name : name[..^typeParameters.Length])
        {
            TypeParameters = typeParameters,
            Constraints = result.Groups["constraints"].Value,
            Parameters = parameters,
            Modifiers = modifiers,
            Accessors = accessors.Groups["accessors"].Value,
            Type = SyntaxFactory.ParseTypeName(type, consumeFullText: false).ToString(),
        };

        RecordedMemberKind KindOf() =>
            name == "this" ? RecordedMemberKind.Indexer
            : accessors.Success ? RecordedMemberKind.Property
            : isOperator ? RecordedMemberKind.Operator
            : type == "constructor" && name == owner.SimpleName ? RecordedMemberKind.Constructor
            : text[name.Length] == '(' ? RecordedMemberKind.Method
            : modifiers.Contains("event ", StringComparison.Ordinal) ? RecordedMemberKind.Event
            : RecordedMemberKind.Field;
    }

    private static RecordedParameter Parameter(ParameterSyntax parameter)
    {
        string attributes = parameter.AttributeLists.ToFullString();
        string type = parameter.Type!.ToString();
        type = attributes.Contains("[AllowNull]", StringComparison.Ordinal)
            ? type.TrimEnd('?') + "?"
            : attributes.Contains("[DisallowNull]", StringComparison.Ordinal)
            ? type.TrimEnd('?')
            : type;
        return new RecordedParameter("@" + parameter.Identifier.Text.TrimStart('@'), type, parameter.Modifiers.ToFullString(), parameter.Default is not null);
    }

    [GeneratedRegex(@"^(?<name>[\w.]+(<[^()]*?>)?(\.[\w.]+)?) -> (?<kind>((static|abstract|sealed|readonly|ref|protected) )*(class|struct|interface|record|enum|delegate)\b)[^()]*?(?<constraints>( where .*)?)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"(?<![\w.])\w+(\.\w+)+")]
    private static partial Regex QualifiedName();

    /// <summary>What stands before the parameters, the accessors, the value or the type.</summary>
    [GeneratedRegex(@"^.*?(?=\(|\[| \{ | -> | = )")]
    private static partial Regex Head();

    [GeneratedRegex(@"^ \{ (?<accessors>[^}]*) \}")]
    private static partial Regex Accessors();

    [GeneratedRegex(@"^(?<modifiers>((static|virtual|abstract|protected|const|readonly|required|event|ref|\[[^\]]*\]) )*)(?<type>.*?)(?<constraints>( where .*)?)$")]
    private static partial Regex Result();
}
