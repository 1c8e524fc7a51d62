using System.Text.Json;
using Microsoft.Extensions.AI;
using Retell.AspNetCore;
using Retell.Models;

namespace Retell.AI.Chat;

/// <summary>
/// The conversation before this instance took the call over, such as after a restart. Its tool calls come from the transcript of Retell if the endpoint asks for them.
/// </summary>
internal sealed class EarlierHistory
{
    private const string NoResult = "The result of the tool is not known.";

    private EarlierHistory(IReadOnlyList<ChatMessage> messages, int users, int words) => (Messages, Users, Words) = (messages, users, words);

    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>Gets the number of utterances of the caller.</summary>
    public int Users { get; }

    /// <summary>Gets the number of words that the agent spoke after the last of them.</summary>
    public int Words { get; }

    /// <summary>Returns the conversation before a turn, or null if it has no tool calls, for which the plain transcript is enough.</summary>
    public static EarlierHistory? Of(LlmTurn turn, IReadOnlyList<ChatSection> sections)
    {
        if (!turn.TranscriptWithToolCalls.Any(item => item is ToolCallInvocationUtterance))
        {
            return null;
        }

        ILookup<string, ToolCallResultUtterance> results =
            turn.TranscriptWithToolCalls.OfType<ToolCallResultUtterance>().ToLookup(result => result.ToolCallId ?? "", StringComparer.Ordinal);
        List<ChatMessage> messages = [];
        foreach (IUtteranceOrToolCall item in turn.TranscriptWithToolCalls)
        {
            if (item is Utterance { Content.Length: > 0 } utterance)
            {
                messages.Add(new(utterance.Role == UtteranceRole.Agent ? ChatRole.Assistant : ChatRole.User, utterance.Content));
            }
            else if (item is ToolCallInvocationUtterance call)
            {
                // Models expect the result directly after the call.
                string id = call.ToolCallId ?? "";
                messages.Add(new(ChatRole.Assistant, [new FunctionCallContent(id, call.Name ?? "", Arguments(call.Arguments))]));
                messages.Add(new(ChatRole.Tool, [new FunctionResultContent(id, results[id].FirstOrDefault()?.Content ?? NoResult)]));
            }
        }

        return new(messages, sections.Count - 1, sections[^1].Words.Count);
    }

    private static Dictionary<string, object?>? Arguments(string? json)
    {
        try
        {
            using var document = JsonDocument.Parse(json ?? "");
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            Dictionary<string, object?> arguments = new(StringComparer.Ordinal);
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                arguments[member.Name] = member.Value.Clone();
            }

            return arguments;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
