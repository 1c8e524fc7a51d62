namespace Retell.Testing;

/// <summary>The result of a simulated inbound call or message.</summary>
/// <param name="Id">The ID of the call or the chat; null if it was rejected or no agent is bound to the number.</param>
/// <param name="IsRejected">Whether the response to the inbound webhook rejected it.</param>
/// <param name="Errors">The errors in the response to the inbound webhook. Members with errors were ignored.</param>
public sealed record FakeInbound(string? Id, bool IsRejected, IReadOnlyList<string> Errors);
