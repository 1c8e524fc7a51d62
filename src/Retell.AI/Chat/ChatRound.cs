using System.Text;
using Microsoft.Extensions.AI;

namespace Retell.AI.Chat;

/// <summary>One answer of the model in a turn: what it said, the tools that it asked for, and their results.</summary>
internal sealed class ChatRound
{
    private const string NotCalled = "The caller interrupted before the tool was called. It was not called.";
    private const string Running = "The tool is still running, and its result is not known yet.";

    private readonly StringBuilder _text = new();
    private readonly Dictionary<FunctionCallContent, ToolRun> _runs = [];
    private readonly Dictionary<FunctionCallContent, string> _results = [];
    private IReadOnlyList<ChatMessage>? _messages;
    private int? _heard;

    /// <summary>Gets what was said, with the space before it that <see cref="Lead"/> counts.</summary>
    public string Text => _text.ToString();

    /// <summary>Gets the number of characters that separate the text from the one of the round before.</summary>
    public int Lead { get; private set; }

    /// <summary>Gets the tools that the model asked for and that have no result from elsewhere.</summary>
    public IReadOnlyList<FunctionCallContent> Calls { get; private set; } = [];

    public bool IsHeard => _heard is null || _heard == _text.Length;

    public void Say(string text, int lead)
    {
        _text.Append(text);
        Lead += lead;
    }

    /// <summary>Sets the complete answer of the model.</summary>
    public void Complete(ChatResponse response)
    {
        _messages = [.. response.Messages];
        HashSet<string> done = [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.CallId)];
        Calls = [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Where(call => !call.InformationalOnly && !done.Contains(call.CallId))];
    }

    public void SetRun(FunctionCallContent call, ToolRun run) => _runs[call] = run;

    public void SetResult(FunctionCallContent call, string result) => _results[call] = result;

    /// <summary>Cuts the text to what the caller has heard.</summary>
    public void Cut(int length) => _heard = length;

    /// <summary>Returns the messages of the model with what was heard, and one with a result for each call.</summary>
    public IEnumerable<ChatMessage> Messages()
    {
        IReadOnlyList<ChatMessage> messages = _messages ?? [new(ChatRole.Assistant, Text[Math.Min(Lead, _text.Length)..])];
        int left = Math.Max(0, (_heard ?? _text.Length) - Lead);
        foreach (ChatMessage message in IsHeard ? messages : messages.Select(message => Cut(message, ref left)))
        {
            if (message.Contents.Any(content => content is not TextContent { Text: "" }))
            {
                yield return message;
            }
        }

        if (Calls.Count > 0)
        {
            yield return new(ChatRole.Tool, [.. Calls.Select(call => (AIContent)new FunctionResultContent(call.CallId, ResultOf(call)))]);
        }
    }

    private object? ResultOf(FunctionCallContent call) =>
        _runs.TryGetValue(call, out ToolRun? run) ? run.Completion.IsCompletedSuccessfully ? run.Completion.Result.Value : Running
        : _results.GetValueOrDefault(call, NotCalled);

    private static ChatMessage Cut(ChatMessage message, ref int left)
    {
        List<AIContent> contents = [];
        foreach (AIContent content in message.Contents)
        {
            if (content is not TextContent text)
            {
                contents.Add(content);
            }
            else if (left > 0)
            {
                string heard = text.Text[..Math.Min(left, text.Text.Length)];
                left -= heard.Length;
                contents.Add(new TextContent(heard));
            }
        }

        return new(message.Role, contents) { AuthorName = message.AuthorName, MessageId = message.MessageId };
    }
}
