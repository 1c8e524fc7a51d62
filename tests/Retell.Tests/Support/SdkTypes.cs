using System.Reflection;
using Retell.Generated.Json;
using Retell.Models;
using Retell.Spec.Naming;

namespace Retell.Tests.Support;

/// <summary>The types of the SDK, found by what they stand for in the document.</summary>
internal static class SdkTypes
{
    /// <summary>Enumerations that share a name are one type, which carries the schema of one of them.</summary>
    private static readonly IReadOnlyDictionary<string, string> s_names = NameLock.Read(Repository.PathOf("openapi", "names.lock.yaml")).Names;

    /// <summary>Every type that stands for a schema of the document.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(RetellObject).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<OpenApiSchemaAttribute>() is not null && type != typeof(UnknownVariant))
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    public static ILookup<string, Type> BySchema { get; } = All.ToLookup(SchemaOf, StringComparer.Ordinal);

    /// <summary>The classes whose objects an application makes and reads.</summary>
    public static IEnumerable<Type> Objects => All.Where(type => typeof(RetellObject).IsAssignableFrom(type) && !type.IsAbstract);

    /// <summary>The name of the schema, or the place where it stands.</summary>
    public static string SchemaOf(Type type) => type.GetCustomAttribute<OpenApiSchemaAttribute>()!.Name;

    /// <summary>The one type of a schema.</summary>
    public static Type Of(string schema) => BySchema[schema].ToList() switch
    {
        [var type] => type,
        [] when All.FirstOrDefault(type => type.Name == s_names.GetValueOrDefault($"#/components/schemas/{schema}")) is Type shared => shared,
        [] => throw new InvalidOperationException($"No type carries [OpenApiSchema(\"{schema}\")]."),
        var several => throw new InvalidOperationException($"{string.Join(", ", several.Select(type => type.Name))} all carry [OpenApiSchema(\"{schema}\")]."),
    };

    public static RetellObject New(Type type) => (RetellObject)Activator.CreateInstance(type)!;

    /// <summary>The members of a class with their C# properties.</summary>
    public static IEnumerable<(JsonMember Member, PropertyInfo Property)> MembersOf(Type type) =>
        New(type).Shape.Members.Select(member => (member, type.GetProperty(member.Property)
            ?? throw new InvalidOperationException($"{type.Name} has no property {member.Property} for its member {member.Name}.")));
}
