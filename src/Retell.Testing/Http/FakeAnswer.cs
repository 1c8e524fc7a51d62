namespace Retell.Testing.Http;

/// <summary>What is sent to the client.</summary>
/// <param name="Response">The response; null to drop the connection.</param>
/// <param name="SentBytes">How many bytes of the body are sent before the connection is dropped; null for all of them without a drop.</param>
internal sealed record FakeAnswer(FakeResponse? Response, int? SentBytes = null);

/// <summary>A request whose headers were received, and whose body is still to be read.</summary>
internal sealed record IncomingRequest(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, Func<CancellationToken, Task<byte[]>> ReadBodyAsync);
