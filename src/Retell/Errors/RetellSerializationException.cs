using Newtonsoft.Json;

namespace Retell;

/// <summary>An answer is not the JSON that was expected, or an object cannot be written as JSON.</summary>
public sealed class RetellSerializationException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public RetellSerializationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The JSON path at which it failed, such as <c>items[3].call_id</c>; empty at the root.</summary>
    public string JsonPath { get; init; } = "";

    /// <summary>A few characters of the JSON around the place; null when they are not at hand.</summary>
    public string? Excerpt { get; init; }

    internal static RetellSerializationException For(string what, JsonException cause, string? excerpt) =>
        new(Describe(what, cause, excerpt), cause) { JsonPath = PathOf(cause), Excerpt = excerpt };

    internal static string Describe(string what, JsonException cause, string? excerpt) =>
        $"{what}: {cause.Message}{(string.IsNullOrEmpty(excerpt) ? "" : $" Near: {excerpt}")}";

    internal static string PathOf(JsonException cause) => cause switch
    {
        JsonReaderException e => e.Path,
        JsonSerializationException e => e.Path,
        JsonWriterException e => e.Path,
        _ => null,
    } ?? "";
}
