using Newtonsoft.Json.Linq;

namespace Retell.Spec.Model;

internal enum ValueKind
{
    String,
    Integer,
    Number,
    Boolean,

    /// <summary>Any JSON.</summary>
    Any,

    /// <summary>Any JSON object.</summary>
    FreeForm,

    /// <summary>A part of a multipart body that is a file.</summary>
    File,

    /// <summary>A type of its own.</summary>
    Named,
    List,
    Map,
}

/// <summary>The type of a value at one place: a primitive, a definition, or a list or map of those.</summary>
internal sealed record TypeUse(ValueKind Kind, Definition? Definition = null, TypeUse? Item = null, bool Nullable = false)
{
    /// <summary>Lengths, ranges and patterns of an element, a value of a map or a case; those of a property stand with the property.</summary>
    public JObject Constraints { get; init; } = [];

    /// <summary>Equal for uses of equally shaped types.</summary>
    public string Fingerprint => Kind switch
    {
        ValueKind.Named => Definition!.Fingerprint,
        ValueKind.List or ValueKind.Map => $"{Kind}<{Item!.Fingerprint}>",
        _ => Kind.ToString(),
    }
    + (Nullable ? "?" : string.Empty);
}
