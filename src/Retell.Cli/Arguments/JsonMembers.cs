using System.Reflection;
using Newtonsoft.Json;
using Retell.Models;

namespace Retell.Cli.Arguments;

/// <summary>The JSON members of a class of the API.</summary>
internal static class JsonMembers
{
    public static IEnumerable<(string Name, PropertyInfo Property)> Of(Type type) =>
        from property in type.GetProperties()
        let name = property.GetCustomAttribute<JsonPropertyAttribute>()?.PropertyName
        where name is not null
        select (name, property);

    public static PropertyInfo? Find(Type type, string name) => Of(type).FirstOrDefault(member => member.Name == name).Property;

    /// <summary>The type of what a path of members leads to; null where anything may stand.</summary>
    public static Type? TypeAt(Type? type, ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            type = type is null ? null
                : typeof(RetellObject).IsAssignableFrom(type) ? Find(type, name)?.PropertyType
                : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>) ? type.GetGenericArguments()[1]
                : null;
        }

        return type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
    }
}
