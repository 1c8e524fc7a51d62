namespace Retell.Testing;

/// <summary>What became of a simulated call or message from outside.</summary>
/// <param name="Id">The id of the call or the chat; null if there is none, because it was rejected or no agent answers.</param>
/// <param name="IsRejected">Whether the answer to the inbound webhook rejected it.</param>
/// <param name="Errors">What is wrong in the answer to the inbound webhook; wrong members were passed over.</param>
public sealed record FakeInbound(string? Id, bool IsRejected, IReadOnlyList<string> Errors);
