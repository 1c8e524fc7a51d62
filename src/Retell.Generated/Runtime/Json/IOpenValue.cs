namespace Retell.Generated.Json;

/// <summary>A generated value type (an open enum, a value of one of several JSON types): its default is no value.</summary>
internal interface IOpenValue
{
    /// <summary>Gets a value indicating whether it is anything but the default of its type.</summary>
    bool HasValue { get; }
}

/// <summary>Checks arguments of such a type.</summary>
internal static class OpenValue
{
    /// <exception cref="ArgumentException">It is the default of its type.</exception>
    public static T NotDefault<T>(T value, string argument)
        where T : struct, IOpenValue =>
        value.HasValue ? value : throw new ArgumentException($"It has no value: default({typeof(T).Name}) is the same as leaving it out, but it is required.", argument);
}
