namespace Retell.Generated.Json;

/// <summary>A generated value type (an open enumeration, or a value of one of several JSON types), whose default is no value.</summary>
internal interface IOpenValue
{
    /// <summary>Gets a value indicating whether this is not the default of its type.</summary>
    bool HasValue { get; }
}

/// <summary>Checks arguments of generated value types.</summary>
internal static class OpenValue
{
    /// <exception cref="ArgumentException">The value is the default of its type.</exception>
    public static T NotDefault<T>(T value, string argument)
        where T : struct, IOpenValue =>
        value.HasValue ? value : throw new ArgumentException($"The value is required, but default({typeof(T).Name}) has no value.", argument);
}
