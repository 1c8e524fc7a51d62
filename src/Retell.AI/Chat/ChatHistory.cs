using Microsoft.Extensions.AI;
using Retell.AspNetCore;
using Retell.Models;

namespace Retell.AI.Chat;

/// <summary>
/// The conversation as the model gets it. The transcript says what was spoken, and so it counts; what it does not have, such as tool calls and their results, comes from
/// the turns of this instance.
/// </summary>
internal sealed class ChatHistory
{
    private readonly Lock _lock = new();
    private readonly List<ChatTurn> _turns = [];
    private readonly HashSet<string> _toolCallIds = new(StringComparer.Ordinal);
    private EarlierHistory? _earlier;
    private (int Users, string Text)? _asked;

    /// <summary>Begins a turn, which ends the one before.</summary>
    /// <returns>The turn, the messages before it, and whether the caller has said something new.</returns>
    public (ChatTurn Turn, IReadOnlyList<ChatMessage> Messages, bool IsNew) Begin(LlmTurn turn)
    {
        List<ChatSection> sections = ChatSection.Of(turn.Transcript);
        ChatSection last = sections[^1];
        lock (_lock)
        {
            if (_turns.LastOrDefault() is ChatTurn former)
            {
                former.Settle(former.Users < sections.Count ? sections[former.Users].Words : []);
            }
            else
            {
                _earlier = EarlierHistory.Of(turn, sections);
            }

            var begun = new ChatTurn(sections.Count - 1, last.Words.Count);
            IReadOnlyList<ChatMessage> messages = Messages(sections);
            _turns.Add(begun);
            (int, string) asked = (begun.Users, last.User);
            bool isNew = _asked != asked;
            _asked = asked;
            return (begun, messages, isNew);
        }
    }

    /// <summary>Returns an ID for the transcript, in which each tool call needs its own.</summary>
    public string ToolCallId(string? callId)
    {
        lock (_lock)
        {
            string id = string.IsNullOrEmpty(callId) ? "tool" : callId;
            for (int number = 2; !_toolCallIds.Add(id); number++)
            {
                id = $"{(string.IsNullOrEmpty(callId) ? "tool" : callId)}-{number}";
            }

            return id;
        }
    }

    private List<ChatMessage> Messages(List<ChatSection> sections)
    {
        List<ChatMessage> messages = [.. _earlier?.Messages ?? []];
        for (int users = _earlier?.Users ?? 0; users < sections.Count; users++)
        {
            ChatSection section = sections[users];
            bool isEarlier = users == _earlier?.Users;
            if (users > 0 && !isEarlier)
            {
                messages.Add(new(ChatRole.User, section.User));
            }

            int word = isEarlier ? _earlier!.Words : 0;
            foreach (ChatTurn turn in _turns.Where(turn => turn.Users == users))
            {
                Add(messages, section.Text(word, turn.Start));
                messages.AddRange(turn.Messages());
                word = Math.Max(word, turn.Start + turn.Count);
            }

            // What no turn generated: the greeting, an interruption, or what another instance said.
            Add(messages, section.Text(word, section.Words.Count));
        }

        return messages;
    }

    private static void Add(List<ChatMessage> messages, string text)
    {
        if (text.Length > 0)
        {
            messages.Add(new(ChatRole.Assistant, text));
        }
    }
}

/// <summary>An utterance of the caller, and what the agent said after it. The first section has only the agent.</summary>
internal sealed class ChatSection(string user)
{
    private string _agent = "";
    private IReadOnlyList<SpokenWord>? _words;

    public string User => user;

    /// <summary>Gets the words of the agent.</summary>
    public IReadOnlyList<SpokenWord> Words => _words ??= SpokenText.Words(_agent);

    public static List<ChatSection> Of(IEnumerable<Utterance> transcript)
    {
        List<ChatSection> sections = [new("")];
        foreach (Utterance utterance in transcript)
        {
            if (utterance.Role == UtteranceRole.Agent)
            {
                sections[^1]._agent += (sections[^1]._agent.Length > 0 ? " " : "") + utterance.Content;
            }
            else
            {
                sections.Add(new(utterance.Content ?? ""));
            }
        }

        return sections;
    }

    /// <summary>Returns the text of the agent from one word to another.</summary>
    public string Text(int from, int to) => from < to ? _agent[Words[from].Start..Words[Math.Min(to, Words.Count) - 1].End] : "";
}
