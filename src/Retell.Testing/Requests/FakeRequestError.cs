namespace Retell.Testing;

/// <summary>Something in a request that the document of the API does not allow.</summary>
/// <param name="Where">
/// Where it is: a JSON path into the body such as <c>$.nodes[2].type</c> (<c>$</c> is the body as a whole, of a form too),
/// <c>query limit</c>, <c>path agent_id</c> or <c>header Content-Type</c>.
/// </param>
/// <param name="Message">What is wrong, as the end of a sentence that begins with <paramref name="Where"/>.</param>
public sealed record FakeRequestError(string Where, string Message)
{
    /// <summary>The whole sentence, such as <c>$.to_number is missing</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Where} {Message}";
}
