namespace Retell.Testing;

/// <summary>An error in a request: something that the OpenAPI document does not allow.</summary>
/// <param name="Where">
/// The location: a JSON path into the body such as <c>$.nodes[2].type</c> (<c>$</c> is the body as a whole, of a form too),
/// <c>query limit</c>, <c>path agent_id</c> or <c>header Content-Type</c>.
/// </param>
/// <param name="Message">The error, as the end of a sentence that begins with <paramref name="Where"/>.</param>
public sealed record FakeRequestError(string Where, string Message)
{
    /// <summary>Returns the location and the message, such as <c>$.to_number is missing</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Where} {Message}";
}
