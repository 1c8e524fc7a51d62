using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;
using Retell.Workspaces.Model;

namespace Retell.Workspaces;

/// <summary>The name of an object in a workspace, such as <c>llms/reception</c>. It is the same in every environment.</summary>
/// <param name="Kind">The kind of the object.</param>
/// <param name="Name">The name of the object among those of its kind: its file or folder without the extension.</param>
public readonly record struct ResourceAddress(ResourceKind Kind, string Name) : IComparable<ResourceAddress>
{
    private const int LongestName = 60;

    /// <summary>Returns the address as it is written after the <c>@</c> of a reference.</summary>
    /// <returns>The folder and the name, such as <c>llms/reception</c>.</returns>
    public override string ToString() => $"{ResourceFolders.Of(Kind)}/{Name}";

    /// <summary>Compares by the order of creation, then by name.</summary>
    /// <param name="other">The other address.</param>
    /// <returns>A negative number, 0, or a positive number.</returns>
    public int CompareTo(ResourceAddress other) => Kind != other.Kind ? Kind.CompareTo(other.Kind) : string.CompareOrdinal(Name, other.Name);

    /// <summary>Compares two addresses.</summary>
    /// <param name="left">The first address.</param>
    /// <param name="right">The second address.</param>
    /// <returns>A value indicating whether the first one comes before the second.</returns>
    public static bool operator <(ResourceAddress left, ResourceAddress right) => left.CompareTo(right) < 0;

    /// <summary>Compares two addresses.</summary>
    /// <param name="left">The first address.</param>
    /// <param name="right">The second address.</param>
    /// <returns>A value indicating whether the first one comes after the second.</returns>
    public static bool operator >(ResourceAddress left, ResourceAddress right) => left.CompareTo(right) > 0;

    /// <summary>Compares two addresses.</summary>
    /// <param name="left">The first address.</param>
    /// <param name="right">The second address.</param>
    /// <returns>A value indicating whether the first one does not come after the second.</returns>
    public static bool operator <=(ResourceAddress left, ResourceAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Compares two addresses.</summary>
    /// <param name="left">The first address.</param>
    /// <param name="right">The second address.</param>
    /// <returns>A value indicating whether the first one does not come before the second.</returns>
    public static bool operator >=(ResourceAddress left, ResourceAddress right) => left.CompareTo(right) >= 0;

    /// <summary>Reads an address such as <c>llms/reception</c>.</summary>
    internal static ResourceAddress? Find(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1 && ResourceFolders.Find(text[..slash]) is ResourceKind kind ? new(kind, text[(slash + 1)..]) : null;
    }

    /// <summary>Reads a reference such as <c>@llms/reception</c>.</summary>
    internal static ResourceAddress? FindReference(JToken? member) => member is JValue { Value: string text } && text.StartsWith('@') ? Find(text[1..]) : null;

    /// <summary>Makes a name of what people called an object: lower-case letters, digits and hyphens.</summary>
    internal static string Slug(string? title, string fallback)
    {
        var slug = new StringBuilder();
        foreach (char c in CanonicalJson.WithoutLoneSurrogates(title ?? "").Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (!IsMark(c) && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        string name = slug.ToString(0, Math.Min(slug.Length, LongestName)).Trim('-');
        return name.Length > 0 ? name : fallback;
    }

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark || c == '\'';
}
