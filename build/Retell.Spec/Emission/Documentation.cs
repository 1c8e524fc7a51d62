using System.Text.RegularExpressions;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.Spec.Emission;

/// <summary>
/// The documentation of the generated code as XML content: the descriptions of the spec and the overlay, or what the
/// spec says about where a type is used.
/// </summary>
internal sealed partial class Documentation
{
    private static readonly Dictionary<string, string> s_noMembers = [];

    private readonly Dictionary<Definition, List<Use>> _uses = [];

    public Documentation(ApiModel model)
    {
        foreach (ApiOperation operation in model.Operations)
        {
            Add(operation);
        }

        foreach (Definition definition in model.Generated)
        {
            Add(definition);
        }
    }

    /// <summary>What a definition is used for; the first kind that it has is what it is described by.</summary>
    private enum Role
    {
        Request,
        Page,
        Response,
        PageItem,
        Variant,
        Member,
        Item,
        Case,
    }

    /// <summary>What the summary of a type says, as Markdown for its description and as XML for its uses.</summary>
    public string Type(Definition definition) =>
        IsDescribed(definition.Description, definition.Name!, definition.SpecName ?? string.Empty)
            ? Xml(Described(definition), Members(definition))
            : TypeByUse(definition) ?? $"The <c>{MarkdownDoc.Escape(definition.SpecName ?? definition.Name!)}</c> schema of the spec.";

    /// <summary>Whether the documentation of a type has more to say than its name.</summary>
    public bool HasType(Definition definition) =>
        IsDescribed(definition.Description, definition.Name!, definition.SpecName ?? string.Empty) || TypeByUse(definition) is not null;

    /// <summary>What the summary of a property says.</summary>
    public static string Property(ObjectDefinition type, Property property)
    {
        string text = PropertyText(type, property);
        if (property.AddedBy.Count > 0)
        {
            IEnumerable<string> unions = property.AddedBy.Select(union => union.TypeName).Distinct().Order(StringComparer.Ordinal).Select(Cref);
            return Xml(text, Members(type)) + $" Only present when the object is used as {string.Join(" or ", unions)}.";
        }

        return Xml(text, Members(type));
    }

    /// <summary>Whether the documentation of a property has more to say than its name.</summary>
    public static bool HasProperty(Definition type, Property property) =>
        property.Constant is not null || IsDescribed(property.Description, property.JsonName, property.CSharpName, $"{type.Name}_{property.JsonName}");

    /// <summary>What the summary of a member that all variants of a union have says.</summary>
    public static string Shared(UnionDefinition union, SharedMember member)
    {
        string text = IsDescribed(member.Description, member.JsonName)
            ? Lead.Property(Sentences(member.Description!), isReadOnly: true)
            : $"Gets the {Spoken(member.JsonName)}, which all variants have.";
        return Xml(
            WithUnit(text, member.JsonName, member.Type, isSeconds: false),
            union.Shared.GroupBy(m => m.JsonName).ToDictionary(m => m.Key, m => $"{union.TypeName}.{m.First().CSharpName}", StringComparer.Ordinal));
    }

    /// <summary>What the summary of the methods that call an operation says.</summary>
    public static string Operation(ApiOperation operation) =>
        Xml(Lead.Method(Sentences(operation.Summary ?? operation.Description ?? $"Calls the {Title(operation)} operation.")), s_noMembers);

    /// <summary>What is said of a parameter of these methods.</summary>
    public static string Argument(Parameter parameter)
    {
        bool isId = parameter.Name.EndsWith("_id", StringComparison.Ordinal);
        string own = isId ? $"The ID of the {Spoken(parameter.Name[..^3])}." : $"The {Spoken(parameter.Name)}.";
        return Xml(Prose.OneLine(isId && parameter.In == "path" ? own : Lead.Argument(parameter.Description ?? own))!, s_noMembers);
    }

    /// <summary>Markdown of one line or of several as XML.</summary>
    public static string Xml(string markdown, IReadOnlyDictionary<string, string> members) => MarkdownDoc.ToXml(Prose.Clean(markdown) ?? string.Empty, members);

    /// <summary>Markdown without members to refer to.</summary>
    public static string? Xml(string? markdown) => Prose.Clean(markdown) is string clean ? MarkdownDoc.ToXml(clean, s_noMembers) : null;

    private static bool IsDescribed(string? description, params IEnumerable<string> names) => !string.IsNullOrWhiteSpace(description) && !Lead.IsOnlyName(description, names);

    private static string PropertyText(ObjectDefinition type, Property property)
    {
        string? description = IsDescribed(property.Description, property.JsonName, property.CSharpName) ? Sentences(property.Description!) : null;
        if (property.Constant is not null)
        {
            string shown = Prose.Inline(property.Constant);
            return description is null || description.Contains($"`{shown}`", StringComparison.Ordinal)
                ? type.Unions.Exists(union => union.Discriminator == property.JsonName)
                    ? $"Gets the value `{shown}`, which identifies the variant."
                    : $"Gets the constant value `{shown}`."
                : $"{Ended(Lead.Property(description, isReadOnly: true))} Always `{shown}`.";
        }

        string summary = Lead.Property(description ?? $"The {Spoken(property.JsonName)}.", isReadOnly: false);
        return WithUnit(summary, property.JsonName, property.Type, MemberView.IsSeconds(property.JsonName, property.Example));
    }

    private static string WithUnit(string text, string name, TypeUse type, bool isSeconds)
    {
        if (type.Kind is not (ValueKind.Integer or ValueKind.Number) || Unit().IsMatch(text))
        {
            return text;
        }

        string? unit = MemberView.IsPointOfTime(name) ? $"In {(isSeconds ? "seconds" : "milliseconds")} since the Unix epoch."
            : name.EndsWith("_ms", StringComparison.Ordinal) ? "In milliseconds."
            : name.EndsWith("_seconds", StringComparison.Ordinal) || name.EndsWith("_sec", StringComparison.Ordinal) ? "In seconds."
            : null;
        return unit is null ? text : $"{Ended(text)} {unit}";
    }

    private static string Described(Definition definition) => Lead.Type(Sentences(definition.Description!));

    private static string Ended(string text) =>
        text.TrimEnd() is var trimmed && trimmed.Length > 0 && !".!?:".Contains(trimmed[^1], StringComparison.Ordinal) ? trimmed + "." : trimmed;

    private static string Sentences(string text) => Prose.Clean(text) ?? string.Empty;

    /// <summary><c>agent_version</c> as it is said.</summary>
    private static string Spoken(string name) => Id().Replace(CSharpName.Snake(name).Replace('_', ' ').Trim(), "ID");

    private static string Title(ApiOperation operation) =>
        string.Join(' ', CSharpName.Snake(operation.Id).Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Cref(string name) => $"<see cref=\"{name}\"/>";

    /// <summary>The C# members of a type by their JSON names. A name without an underscore may be any word.</summary>
    private static Dictionary<string, string> Members(Definition definition)
    {
        Definition canonical = definition.Canonical;
        return (canonical as ObjectDefinition)?.Properties.Where(
            property => property.JsonName.Contains('_', StringComparison.Ordinal) && CSharpName.IsIdentifier(property.JsonName))
            .DistinctBy(property => property.JsonName)
            .ToDictionary(property => property.JsonName, property => $"{canonical.Name}.{property.CSharpName}", StringComparer.Ordinal) ?? s_noMembers;
    }

    private string? TypeByUse(Definition definition)
    {
        if (!_uses.TryGetValue(definition, out List<Use>? all))
        {
            return null;
        }

        Role role = all.Min(use => use.Role);
        string[] uses = [.. all.Where(use => use.Role == role).Select(use => use.Text).Distinct()];
        string shown = uses.Length <= 2 ? string.Join(" and ", uses) : $"{uses[0]}, {uses[1]} and others";
        string operations = uses.Length == 1 ? $"the {shown} operation" : $"the {shown} operations";
        return role switch
        {
            Role.Request => $"The request body of {operations}.",
            Role.Page => $"A page of {Spoken(Noun(((ObjectDefinition)definition).Properties.Find(p => p.JsonName == "items")?.Type.Item))}, as returned by {operations}.",
            Role.Response => $"The response of {operations}.",
            Role.PageItem => $"An item that {operations} return{(uses.Length == 1 ? "s" : string.Empty)}.",
            Role.Variant => $"The variant {shown}.",
            Role.Member when definition is EnumDefinition => $"The values of {shown}. Values that the API adds later are kept as they are.",
            Role.Member => $"The value of {shown}.",
            Role.Item when definition is EnumDefinition => $"The values of the items of {shown}. Values that the API adds later are kept as they are.",
            Role.Item => $"An item of {shown}.",
            _ => $"A value of {shown}.",
        };
    }

    private static string Noun(TypeUse? item) =>
        item?.Definition?.Canonical is Definition type ? CSharpName.Plural(type is UnionDefinition ? type.TypeName[1..] : type.TypeName) : "items";

    private void Add(ApiOperation operation)
    {
        Paging? paging = Paging.Find(operation);
        Add(operation.Body, Role.Request, Title(operation));
        Add(operation.Response, paging?.Page is not null ? Role.Page : paging is not null ? Role.PageItem : Role.Response, Title(operation));
        Add(paging?.Item, Role.PageItem, Title(operation));
    }

    private void Add(Definition definition)
    {
        switch (definition)
        {
            case ObjectDefinition type:
                foreach (Property property in type.Properties)
                {
                    Add(property.Type, property.Type.Kind == ValueKind.Named ? Role.Member : Role.Item, Cref($"{type.TypeName}.{property.CSharpName}"));
                }

                break;
            case UnionDefinition union:
                foreach ((string tag, ObjectDefinition variant) in union.Tags)
                {
                    Add(variant, Role.Variant, $"<c>{MarkdownDoc.Escape(Prose.OneLine(tag) ?? string.Empty)}</c> of {Cref(union.TypeName)}");
                }

                foreach (ObjectDefinition variant in union.Leaves)
                {
                    Add(
                        variant,
                        union.Tags.Exists(tag => tag.Variant == variant) ? Role.Case : Role.Variant,
                        union.Tags.Exists(tag => tag.Variant == variant) ? Cref(union.TypeName) : $"<c>{variant.TypeName}</c> of {Cref(union.TypeName)}");
                }

                break;
            case ChoiceDefinition choice:
                choice.Cases.ForEach(use => Add(use, Role.Case, Cref(choice.TypeName)));
                break;
            case MapDefinition map:
                Add(map.Item, Role.Case, Cref(map.TypeName));
                break;
        }
    }

    private void Add(TypeUse? use, Role role, string text)
    {
        while (use?.Item is TypeUse item)
        {
            use = item;
        }

        if (use?.Definition is Definition definition)
        {
            Add(definition.Canonical, role, text);
        }
    }

    private void Add(Definition definition, Role role, string text)
    {
        if (!_uses.TryGetValue(definition.Canonical, out List<Use>? uses))
        {
            _uses[definition.Canonical] = uses = [];
        }

        uses.Add(new Use(role, text));
    }

    private sealed record Use(Role Role, string Text);

    [GeneratedRegex(@"\b[Ii]d\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"\b(?:milliseconds?|seconds?|minutes?|hours?|days?|ms|cents?|percent)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();
}
