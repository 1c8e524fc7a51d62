namespace Retell.Testing.Http;

/// <summary>What goes out to the client.</summary>
/// <param name="Response">The answer; null to drop the connection.</param>
/// <param name="SentBytes">How much of the body is sent before the connection is dropped; null for all of it, and no drop.</param>
internal sealed record FakeAnswer(FakeResponse? Response, int? SentBytes = null);

/// <summary>A request as it comes in: its head is there, its body is still to be read.</summary>
internal sealed record IncomingRequest(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, Func<CancellationToken, Task<byte[]>> ReadBodyAsync);
