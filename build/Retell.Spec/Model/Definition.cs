using Newtonsoft.Json.Linq;

namespace Retell.Spec.Model;

/// <summary>A schema that becomes a C# type: a component of the spec, or an inline schema at one place.</summary>
internal abstract class Definition(string place, string? specName)
{
    private Definition? _same;

    /// <summary>Where it stands, as a JSON pointer without the indexes of allOf.</summary>
    public string Place { get; } = place;

    /// <summary>The name of the component; null for an inline schema.</summary>
    public string? SpecName { get; } = specName;

    /// <summary>What an inline schema is named after: the property, the operation or the tag.</summary>
    public string Hint { get; init; } = string.Empty;

    /// <summary>Whether the hint alone must be the name: requests and answers of operations.</summary>
    public bool HintIsName { get; init; }

    /// <summary>What an inline schema stands in: the nearest definition around its place.</summary>
    public Definition? Owner { get; set; }

    /// <summary>The name that the overlay asks for.</summary>
    public string? WantedName { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public JToken? Example { get; set; }

    public bool IsDeprecated { get; set; }

    /// <summary>Why it is deprecated and what takes its place.</summary>
    public string? DeprecationNote { get; set; }

    /// <summary>Whether the API no longer has it and only our callers do.</summary>
    public bool IsRetained { get; set; }

    public bool IsNullable { get; set; }

    /// <summary>Limits of a component or a body; those of another inline schema stand where it is used.</summary>
    public JObject Constraints { get; set; } = [];

    /// <summary>The definition that is generated for this one: itself, or an equal one elsewhere.</summary>
    public Definition Canonical
    {
        get => _same?.Canonical ?? this;
        set => _same = ReferenceEquals(value, this) ? null : value;
    }

    /// <summary>Equal for inline schemas of equal shape; documentation does not count.</summary>
    public string Fingerprint => SpecName is not null ? "#" + SpecName : Shape;

    /// <summary>What the C# type is called where it is used.</summary>
    public string TypeName => Canonical.Name ?? throw new InvalidOperationException($"{Place} has no name yet.");

    protected abstract string Shape { get; }
}

internal sealed class Property
{
    public required string JsonName { get; init; }

    public required TypeUse Type { get; set; }

    /// <summary>Where its schema stands; empty for a name that is required but not defined.</summary>
    public string Place { get; init; } = string.Empty;

    public bool IsRequired { get; set; }

    /// <summary>Whether it was required while the API had it: code reads it without a thought of null.</summary>
    public bool WasRequired { get; set; }

    /// <summary>Whether its C# type is without a question mark, unless its value may be null.</summary>
    public bool IsAlwaysThere => IsRequired || WasRequired;

    /// <summary>The one value that the property can have.</summary>
    public JValue? Constant { get; set; }

    public string? Description { get; set; }

    public bool IsDeprecated { get; init; }

    /// <summary>Why it is deprecated and what takes its place.</summary>
    public string? DeprecationNote { get; init; }

    public JToken? Example { get; init; }

    public JToken? Default { get; init; }

    /// <summary>Lengths, ranges and patterns, as in the spec.</summary>
    public JObject Constraints { get; init; } = [];

    /// <summary>The C# name; given when the class has its own.</summary>
    public string CSharpName { get; set; } = string.Empty;

    /// <summary>The unions that add this property to their variants; none, when it is the object's own.</summary>
    public List<UnionDefinition> AddedBy { get; init; } = [];

    public string Fingerprint => $"{JsonName}{(IsAlwaysThere ? "!" : string.Empty)}:{Constant ?? (object)Type.Fingerprint}";
}

internal sealed class ObjectDefinition(string place, string? specName) : Definition(place, specName)
{
    public List<Property> Properties { get; } = [];

    /// <summary>Whether the spec forbids other members.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The unions it is a variant of.</summary>
    public List<UnionDefinition> Unions { get; } = [];

    protected override string Shape => $"{{{string.Join(",", Properties.Select(p => p.Fingerprint).Order(StringComparer.Ordinal))}}}";
}

internal sealed class EnumDefinition(string place, string? specName) : Definition(place, specName)
{
    private readonly List<string> _added = [];

    /// <summary>The values at this place.</summary>
    public List<string> Values { get; } = [];

    /// <summary>With those of the places that share the name.</summary>
    public IEnumerable<string> AllValues => Values.Concat(_added);

    public void Add(IEnumerable<string> values) => _added.AddRange(values.Except(AllValues).ToList());

    protected override string Shape => $"[{string.Join("|", Values.Order(StringComparer.Ordinal))}]";
}

/// <summary>One of several JSON types: a string or an integer, a string or a list of strings, …</summary>
internal sealed class ChoiceDefinition(string place, string? specName) : Definition(place, specName)
{
    public List<TypeUse> Cases { get; } = [];

    /// <summary>The known values of its text.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>The enumerations that its text may be of.</summary>
    public List<EnumDefinition> TextTypes { get; } = [];

    protected override string Shape => $"({string.Join("|", Cases.Select(c => c.Fingerprint).Order(StringComparer.Ordinal))})";
}

/// <summary>A component that is a map: it is generated as a dictionary of its own.</summary>
internal sealed class MapDefinition(string place, string? specName) : Definition(place, specName)
{
    public TypeUse Item { get; set; } = new(ValueKind.Any);

    protected override string Shape => $"map<{Item.Fingerprint}>";
}

/// <summary>One of several object types.</summary>
internal sealed class UnionDefinition(string place, string? specName) : Definition(place, specName)
{
    public List<Definition> Variants { get; } = [];

    /// <summary>What the document says that tells them apart: an OpenAPI discriminator.</summary>
    public JObject? Declared { get; init; }

    /// <summary>Properties that the union adds to each of its variants (allOf beside oneOf).</summary>
    public List<Property> Added { get; } = [];

    /// <summary>The property that tells the variants apart; null when the members present do.</summary>
    public string? Discriminator { get; set; }

    /// <summary>The object types, those of nested unions included.</summary>
    public List<ObjectDefinition> Leaves { get; } = [];

    /// <summary>The values of the discriminator, each with its variant.</summary>
    public List<(string Tag, ObjectDefinition Variant)> Tags { get; } = [];

    /// <summary>Without a discriminator: a member that only this variant has.</summary>
    public List<(string Member, ObjectDefinition Variant)> Members { get; } = [];

    /// <summary>The members that all variants share.</summary>
    public List<SharedMember> Shared { get; } = [];

    /// <summary>The unions of which this one is a variant.</summary>
    public List<UnionDefinition> Parents { get; } = [];

    protected override string Shape =>
        $"<{string.Join("|", Variants.Select(v => v.Fingerprint).Order(StringComparer.Ordinal))}>"
            + string.Join(",", Added.Select(p => p.Fingerprint).Order(StringComparer.Ordinal));
}

/// <summary>A member of all variants of a union. Text is what their constants and enumerations have in common.</summary>
internal sealed record SharedMember(string JsonName, string CSharpName, TypeUse Type, bool IsText, bool IsRequired, string? Description);
