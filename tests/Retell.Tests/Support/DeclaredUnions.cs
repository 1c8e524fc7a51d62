using System.Reflection;
using Retell.Generated.Json;

namespace Retell.Tests.Support;

/// <summary>The declarations of all unions of the API.</summary>
internal static class DeclaredUnions
{
    public static IReadOnlyList<IUnion> All { get; } =
        [.. typeof(Unions).GetProperties(BindingFlags.Static | BindingFlags.Public).Select(property => property.GetValue(null)).OfType<IUnion>()];
}
