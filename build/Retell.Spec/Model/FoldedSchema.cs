using Newtonsoft.Json.Linq;

namespace Retell.Spec.Model;

/// <summary>A schema at its place.</summary>
internal readonly record struct Placed(JObject Schema, string Place);

/// <summary>A schema with its allOf parts and the siblings of its $ref folded into one.</summary>
internal sealed class FoldedSchema
{
    /// <summary>The component that it is, when all it adds is documentation.</summary>
    public string? Reference { get; set; }

    /// <summary>The component that it narrows, when it is a component with something added.</summary>
    public string? Narrows { get; set; }

    public string? Type { get; set; }

    public string? Format { get; set; }

    public bool IsNullable { get; set; }

    public bool IsClosed { get; set; }

    public List<JToken>? Enum { get; set; }

    public List<Placed>? Variants { get; set; }

    /// <summary>What the document says that tells the variants apart.</summary>
    public JObject? Discriminator { get; set; }

    public List<KeyValuePair<string, Placed>> Properties { get; } = [];

    public List<string> Required { get; } = [];

    public Placed? Items { get; set; }

    public Placed? AdditionalProperties { get; set; }

    public string? Description { get; set; }

    public bool IsDeprecated { get; set; }

    public string? DeprecationNote { get; set; }

    public bool IsRetained { get; set; }

    public JToken? Example { get; set; }

    public JToken? Default { get; set; }

    public string? WantedName { get; set; }

    public JObject Constraints { get; } = [];

    public bool HasStructure => Type is not null || Enum is not null || Variants is not null || Properties.Count > 0 || Items is not null || AdditionalProperties is not null;
}
