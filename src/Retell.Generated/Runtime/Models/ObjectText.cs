using System.Collections;
using System.Globalization;
using Retell.Generated.Json;

namespace Retell.Models;

/// <summary>What objects and choices print: enough to recognize them in a log, and nothing that people said.</summary>
internal static class ObjectText
{
    private const int LongestName = 60;

    /// <summary>Returns the type, the ID and the name or status of an object.</summary>
    public static string Of(RetellObject instance)
    {
        string type = instance.GetType().Name;
        IReadOnlyList<JsonMember> members = instance.Shape.Members;
        JsonMember? idMember = members.FirstOrDefault(m => IsIdOf(type, m.Property)) ?? Find(members, "Id");
        string? id = Text(instance, idMember);
        string[] names = IsPerson(members) ? [] : [Stem(idMember?.Property) + "Name", "Name", "Nickname"];
        string? name = names.Select(property => Text(instance, Find(members, property))).FirstOrDefault(text => text is not null)
            ?? Text(instance, members.FirstOrDefault(m => m.Property.EndsWith("Status", StringComparison.Ordinal)));
        return $"{type}{(id is null ? null : " " + id)}{(name is null ? null : $" ({name})")}";
    }

    /// <summary>Returns the text of a choice, whose value may be a list.</summary>
    public static string Of(object? value) => value is IEnumerable list and not string and not Newtonsoft.Json.Linq.JToken and not IDictionary
        ? $"[{string.Join(", ", list.Cast<object?>().Select(Of))}]"
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Whether a property is the ID of the object itself: <c>CallId</c> of PhoneCall, <c>TestCaseDefinitionId</c> of TestCase.</summary>
    private static bool IsIdOf(string type, string property) =>
        property.Length > 2 && property.EndsWith("Id", StringComparison.Ordinal)
        && (type.Contains(Stem(property)!) || property.StartsWith(type, StringComparison.Ordinal));

    private static string? Stem(string? idProperty) => idProperty?.Substring(0, idProperty.Length - 2);

    private static bool IsPerson(IEnumerable<JsonMember> members) => members.Any(m => m.Name is "first_name" or "last_name" or "email");

    private static JsonMember? Find(IEnumerable<JsonMember> members, string property) => members.FirstOrDefault(m => m.Property == property);

    private static string? Text(RetellObject instance, JsonMember? member)
    {
        string? text = member?.Get(instance) switch
        {
            string value => value,
            IOpenValue value => value.ToString(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : OneLine(text!);
    }

    private static string OneLine(string text)
    {
        string line = new([.. text.Trim().Select(c => char.IsControl(c) ? ' ' : c)]);
        return line.Length <= LongestName ? line : $"{line.Substring(0, LongestName)}…";
    }
}
