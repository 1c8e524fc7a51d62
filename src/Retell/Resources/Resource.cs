using Retell.Models;

namespace Retell;

/// <summary>What the resources share.</summary>
internal static class Resource
{
    /// <summary>The raw client behind a resource; a test double has none.</summary>
    public static T Required<T>(T? raw)
        where T : class => raw ?? throw new InvalidOperationException("A test double has to override each method that is called.");

    /// <summary>A request that the paging may change without changing the caller's.</summary>
    public static T CopyOf<T>(T? request)
        where T : RetellObject, new() => (T?)request?.Copy() ?? new T();

    public static IList<T>? ListOf<T>(IEnumerable<T>? items) => items is null ? null : items as IList<T> ?? [.. items];

    public static T NotNull<T>(T? value, string name)
        where T : class => value ?? throw new ArgumentNullException(name);
}
