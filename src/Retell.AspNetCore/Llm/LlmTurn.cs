using System.Globalization;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore.Llm;
using Retell.Models;

namespace Retell.AspNetCore;

/// <summary>A request of Retell for a response: the caller has spoken, or is silent.</summary>
public sealed class LlmTurn
{
    private readonly LlmMessage _message;

    internal LlmTurn(LlmCall call, LlmMessage message, long responseId) => (Call, _message, ResponseId) = (call, message, responseId);

    /// <summary>Gets the call of the turn.</summary>
    public LlmCall Call { get; }

    /// <summary>Gets the ID of the response. It increases in the course of the call.</summary>
    public long ResponseId { get; }

    /// <summary>Gets a value indicating whether the caller has been silent, and the agent should remind.</summary>
    public bool IsReminder => _message.Kind == LlmMessageKind.Reminder;

    /// <summary>Gets the complete transcript so far. If the caller interrupted the agent, it has what was spoken until then.</summary>
    public IReadOnlyList<Utterance> Transcript => _message.Transcript;

    /// <summary>
    /// Gets the complete transcript so far with tool calls, pressed digits and more. It is empty unless <see cref="RetellLlmOptions.TranscriptWithToolCalls"/> is set.
    /// </summary>
    public IReadOnlyList<IUtteranceOrToolCall> TranscriptWithToolCalls => _message.TranscriptWithToolCalls;

    /// <summary>Gets what the caller said last, or an empty text. If the caller is silent, it is what the caller said before.</summary>
    public string UserText => Transcript.LastOrDefault(utterance => utterance.Role == UtteranceRole.User)?.Content ?? "";

    /// <summary>Gets the JSON of the message, including members that the SDK does not know.</summary>
    public JObject Json => _message.Json;

    /// <summary>Returns a text without personal data.</summary>
    /// <returns>The ID of the response.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{nameof(LlmTurn)} {ResponseId}");
}
