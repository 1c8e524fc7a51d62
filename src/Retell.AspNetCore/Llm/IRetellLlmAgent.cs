using System.Diagnostics.CodeAnalysis;

namespace Retell.AspNetCore;

/// <summary>
/// What an agent with the response engine <c>custom-llm</c> says and does in a call. Each call has an instance and a service scope of its own, which end with the
/// call and not with a connection.
/// </summary>
/// <remarks>
/// No member is waited for before further messages are received, so the members can run at the same time: <see cref="UpdatedAsync"/> while the agent responds, and a
/// turn that is superseded while the next one has begun. Use the token of the turn for what the caller may interrupt, and <see cref="LlmCall.Ended"/> for what has to
/// be finished, such as a booking.
/// </remarks>
[SuppressMessage("Naming", "CA1716", Justification = "Call and End are keywords of Visual Basic only, which can quote them.")]
public interface IRetellLlmAgent
{
    /// <summary>Returns the first words of the agent.</summary>
    /// <param name="call">The call. It has its details if <see cref="RetellLlmOptions.CallDetails"/> is set and they arrived in time.</param>
    /// <param name="cancellationToken">The token that is canceled when the caller speaks first or the call ends.</param>
    /// <returns>The text, or null or an empty text to let the caller speak first.</returns>
    ValueTask<string?> BeginAsync(LlmCall call, CancellationToken cancellationToken) => default;

    /// <summary>Responds to the caller, or to the silence of the caller if <see cref="LlmTurn.IsReminder"/> is set.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cancellationToken">The token that is canceled when a newer turn supersedes this one, when the response takes too long, or when the call ends.</param>
    /// <returns>
    /// What the agent says and does, in order. It is sent while it is enumerated, and the enumeration is suspended while the connection is slow or lost. The
    /// response is closed at the end, also if an exception is thrown.
    /// </returns>
    IAsyncEnumerable<LlmOutput> RespondAsync(LlmTurn turn, CancellationToken cancellationToken);

    /// <summary>Receives the transcript while somebody speaks, and messages that this version of the SDK does not know.</summary>
    /// <param name="update">The update. If updates arrive faster than they are handled, the oldest are dropped.</param>
    /// <param name="cancellationToken">The token that is canceled when the call ends.</param>
    /// <returns>A task that completes when the update is handled.</returns>
    ValueTask UpdatedAsync(LlmUpdate update, CancellationToken cancellationToken) => default;

    /// <summary>Receives the end of the call. It is the last member that is called, before the agent and its scope are disposed.</summary>
    /// <param name="end">Why the call ended.</param>
    /// <returns>A task that completes when the end is handled.</returns>
    ValueTask EndedAsync(LlmEnd end) => default;
}
