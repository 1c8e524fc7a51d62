using Newtonsoft.Json;

namespace Retell;

/// <summary>The exception that is thrown when JSON cannot be read as expected, or when an object cannot be written as JSON.</summary>
public sealed class RetellSerializationException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public RetellSerializationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the JSON path of the failure, such as <c>items[3].call_id</c>. It is empty at the root.</summary>
    public string JsonPath { get; init; } = "";

    /// <summary>Gets the characters of the JSON around the failure, or null if they are not available.</summary>
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
