using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Retell.SpecTool.Check;

/// <summary>A public method of a resource that is written by hand.</summary>
/// <param name="Resource">The resource, such as Calls.</param>
/// <param name="Name">The method, such as GetAsync.</param>
/// <param name="File">The file, relative to the repository.</param>
/// <param name="IsObsolete">Whether the method or its class is marked [Obsolete].</param>
/// <param name="RawCalls">The methods of the raw clients that it calls.</param>
internal sealed record FacadeMethod(string Resource, string Name, string File, bool IsObsolete, IReadOnlySet<string> RawCalls)
{
    public string FullName => $"{Resource}.{Name}";
}

/// <summary>Reads the hand-written resources: their public methods and the raw methods that each calls.</summary>
internal sealed class FacadeSource
{
    public const string Folder = "src/Retell/Resources";

    private const string Suffix = "Resource";

    private FacadeSource(IReadOnlyList<FacadeMethod> methods) => Methods = methods;

    public IReadOnlyList<FacadeMethod> Methods { get; }

    /// <summary>Returns the methods that call a raw method.</summary>
    public IEnumerable<FacadeMethod> CallersOf(string raw) => Methods.Where(method => method.RawCalls.Contains(raw));

    public static FacadeSource Read(string root)
    {
        string folder = Path.Combine(root, Folder);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories) : [];
        IEnumerable<Member> members = files.Order(StringComparer.Ordinal).SelectMany(file => Members(file, Path.GetRelativePath(root, file).Replace('\\', '/')));
        return new FacadeSource([.. members.GroupBy(member => member.Resource, StringComparer.Ordinal).SelectMany(PublicMethods)]);

        static IEnumerable<FacadeMethod> PublicMethods(IGrouping<string, Member> resource)
        {
            Member[] all = [.. resource];
            return all.Where(member => member.IsPublicMethod).Select(
                member => new FacadeMethod(member.Resource, member.Name, member.File, member.IsObsolete, RawCalls(member, all)));
        }
    }

    /// <summary>Returns the members of all resources that a file declares, wholly or in part.</summary>
    private static IEnumerable<Member> Members(string path, string file) =>
        from type in CSharpSource.Read(path).DescendantNodes().OfType<ClassDeclarationSyntax>()
        let name = type.Identifier.ValueText
        where type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax && name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)
        from member in type.Members
        let memberName = NameOf(member)
        where memberName is not null
        select new Member(
            name[..^Suffix.Length],
            memberName,
            file,
            member is MethodDeclarationSyntax && member.Modifiers.Any(SyntaxKind.PublicKeyword),
            IsObsolete(type) || IsObsolete(member),
            member);

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        _ => null,
    };

    private static bool IsObsolete(MemberDeclarationSyntax member) =>
        member.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => CSharpSource.NameOf(attribute.Name) is "Obsolete" or "ObsoleteAttribute");

    /// <summary>What a method calls itself, in local functions and lambdas, and through members of the class that callers do not see.</summary>
    private static HashSet<string> RawCalls(Member method, Member[] members)
    {
        HashSet<string> calls = [];
        HashSet<Member> seen = [method];
        var open = new Queue<Member>([method]);
        while (open.TryDequeue(out Member? member))
        {
            HashSet<string> used = new(StringComparer.Ordinal);
            foreach (SimpleNameSyntax name in member.Syntax.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => !IsInNameOf(name)))
            {
                used.Add(name.Identifier.ValueText);
                if (ReceiverOf(name) is ExpressionSyntax receiver && IsRaw(receiver))
                {
                    calls.Add(name.Identifier.ValueText);
                }
            }

            foreach (Member hidden in members.Where(other => !other.IsPublicMethod && used.Contains(other.Name) && seen.Add(other)))
            {
                open.Enqueue(hidden);
            }
        }

        return calls;
    }

    private static bool IsInNameOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<InvocationExpressionSyntax>(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" }) is not null;

    /// <summary>Returns what stands before the dot of a name, or null.</summary>
    private static ExpressionSyntax? ReceiverOf(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access.Expression,
        MemberBindingExpressionSyntax binding =>
            binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>().First(access => access.WhenNotNull.Span.Contains(binding.Span)).Expression,
        _ => null,
    };

    /// <summary>Whether an expression is a raw client: Raw, RawAgents, _raw!, this.Raw, client.Raw.Agents, Required(_raw).</summary>
    private static bool IsRaw(ExpressionSyntax? expression) => expression switch
    {
        SimpleNameSyntax name =>
            name.Identifier.ValueText.TrimStart('_') is { } text && (text.StartsWith("Raw", StringComparison.Ordinal) || text.StartsWith("raw", StringComparison.Ordinal)),
        MemberAccessExpressionSyntax access => IsRaw(access.Name) || IsRaw(access.Expression),
        MemberBindingExpressionSyntax binding => IsRaw(binding.Name) || IsRaw(ReceiverOf(binding.Name)),
        ConditionalAccessExpressionSyntax access => IsRaw(access.Expression) || IsRaw(access.WhenNotNull),
        ParenthesizedExpressionSyntax inner => IsRaw(inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner => IsRaw(inner.Operand),
        CastExpressionSyntax cast => IsRaw(cast.Expression),
        InvocationExpressionSyntax call => call.ArgumentList.Arguments.Any(argument => IsRaw(argument.Expression)),
        _ => false,
    };

    private sealed record Member(string Resource, string Name, string File, bool IsPublicMethod, bool IsObsolete, MemberDeclarationSyntax Syntax);
}
