using Microsoft.Extensions.AI;
using Retell.AspNetCore;

namespace Retell.AI.Chat;

/// <summary>What the model generated for one response.</summary>
/// <param name="users">The number of utterances of the caller that it responds to.</param>
/// <param name="start">The number of words that the agent had spoken after the last of them.</param>
internal sealed class ChatTurn(int users, int start)
{
    private const string Discarded = "The caller spoke before this happened, so it did not happen.";
    private const string Pressed = "The digits were pressed.";

    private readonly Lock _lock = new();
    private readonly List<ChatRound> _rounds = [];
    private (ChatRound Round, FunctionCallContent Call)? _actionCall;
    private bool _isSettled;

    public int Users => users;

    public int Start => start;

    /// <summary>Gets the number of words of the transcript that belong to the turn.</summary>
    public int Count { get; private set; }

    public LlmOutput? Action { get; private set; }

    /// <summary>Gets a value indicating whether the agent has said something.</summary>
    public bool HasText { get; private set; }

    /// <summary>Gets a value indicating whether the text so far needs a space after it.</summary>
    private bool NeedsSpace => _rounds.LastOrDefault(round => round.Text.Length > 0)?.Text is [.., char last] && !char.IsWhiteSpace(last);

    public ChatRound Next()
    {
        var round = new ChatRound();
        lock (_lock)
        {
            _rounds.Add(round);
        }

        return round;
    }

    /// <summary>Records what is said, and returns it with the space that separates it from the round before.</summary>
    public string Say(ChatRound round, string text)
    {
        lock (_lock)
        {
            string separated = round.Text.Length == 0 && NeedsSpace && !char.IsWhiteSpace(text[0]) ? " " + text : text;
            if (!_isSettled)
            {
                round.Say(separated, separated.Length - text.Length);
                HasText = true;
            }

            return separated;
        }
    }

    public void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }

    /// <summary>Records the action that takes place after the text.</summary>
    public void SetAction(ChatRound round, FunctionCallContent call, LlmOutput action, string result)
    {
        lock (_lock)
        {
            (Action, _actionCall) = (action, (round, call));
            round.SetResult(call, result);
        }
    }

    /// <summary>Cuts the turn to what the caller has heard when a newer turn begins. The call goes on, so an end or a transfer did not happen.</summary>
    /// <param name="spoken">The words that the agent spoke after the utterances that the turn responds to.</param>
    public void Settle(IReadOnlyList<SpokenWord> spoken)
    {
        lock (_lock)
        {
            if (_isSettled)
            {
                return;
            }

            _isSettled = true;
            foreach (ChatRound round in _rounds)
            {
                (int length, int count) = SpokenText.Match(round.Text, spoken, start + Count);
                round.Cut(length);
                Count += count;
            }

            if (_actionCall is (ChatRound asked, FunctionCallContent call))
            {
                asked.SetResult(call, Action is LlmPressDigits && _rounds.All(round => round.IsHeard) ? Pressed : Discarded);
            }
        }
    }

    public IReadOnlyList<ChatMessage> Messages()
    {
        lock (_lock)
        {
            return [.. _rounds.SelectMany(round => round.Messages())];
        }
    }
}
