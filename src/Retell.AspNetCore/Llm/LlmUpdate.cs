using Newtonsoft.Json.Linq;
using Retell.AspNetCore.Llm;
using Retell.Models;

namespace Retell.AspNetCore;

/// <summary>A message of Retell that needs no response: the transcript has changed, or a type that this version of the SDK does not know.</summary>
public sealed class LlmUpdate
{
    private readonly LlmMessage _message;

    internal LlmUpdate(LlmCall call, LlmMessage message) => (Call, _message) = (call, message);

    /// <summary>Gets the call that the update is about.</summary>
    public LlmCall Call { get; }

    /// <summary>Gets the type of the message: <c>update_only</c>, or one that this version of the SDK does not know.</summary>
    public string Type => _message.Type;

    /// <summary>Gets whose turn begins: <c>agent_turn</c> or <c>user_turn</c>, or null.</summary>
    public string? TurnTaking => _message.TurnTaking;

    /// <summary>Gets the complete transcript so far.</summary>
    public IReadOnlyList<Utterance> Transcript => _message.Transcript;

    /// <summary>
    /// Gets the complete transcript so far with tool calls, pressed digits and more. It is empty unless <see cref="RetellLlmOptions.TranscriptWithToolCalls"/> is set.
    /// </summary>
    public IReadOnlyList<IUtteranceOrToolCall> TranscriptWithToolCalls => _message.TranscriptWithToolCalls;

    /// <summary>Gets the JSON of the message, including members that the SDK does not know.</summary>
    public JObject Json => _message.Json;

    /// <summary>Returns a text without personal data.</summary>
    /// <returns>The type of the message.</returns>
    public override string ToString() => $"{nameof(LlmUpdate)} ({Type})";
}
