using System.Globalization;
using System.Text;

namespace Retell.Testing;

/// <summary>A response that a <see cref="FakeCaller"/> requested, and what the server sent for it.</summary>
public sealed class FakeLlmTurn
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<FakeLlmTool> _tools = [];
    private readonly List<FakeLlmViolation> _violations = [];

    internal FakeLlmTurn(long responseId, string? userText, bool isReminder, long started) =>
        (ResponseId, UserText, IsReminder, Started) = (responseId, userText, isReminder, started);

    /// <summary>Gets the ID of the response. It is 0 for the begin message.</summary>
    public long ResponseId { get; }

    /// <summary>Gets what the caller said, or null for the begin message and a reminder.</summary>
    public string? UserText { get; }

    /// <summary>Gets a value indicating whether the caller was silent.</summary>
    public bool IsReminder { get; }

    /// <summary>Gets what the agent has said. Of a superseded turn, it is what arrived before.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>Gets the tool calls that arrived during the turn.</summary>
    public IReadOnlyList<FakeLlmTool> Tools
    {
        get
        {
            lock (_lock)
            {
                return [.. _tools];
            }
        }
    }

    /// <summary>Gets the violations of the protocol that were found during the turn.</summary>
    public IReadOnlyList<FakeLlmViolation> Violations
    {
        get
        {
            lock (_lock)
            {
                return [.. _violations];
            }
        }
    }

    /// <summary>Gets the action after the text, or null.</summary>
    public FakeLlmAction? Action { get; internal set; }

    /// <summary>Gets the number of frames with the ID of the response.</summary>
    public int Frames { get; internal set; }

    /// <summary>Gets a value indicating whether a frame with <c>content_complete</c> arrived.</summary>
    public bool IsClosed => ClosedOnConnection > 0;

    /// <summary>Gets a value indicating whether a newer response was requested before this one was closed.</summary>
    public bool IsSuperseded { get; internal set; }

    /// <summary>Gets the time to the first frame of the response, or null if there was none.</summary>
    public TimeSpan? TimeToFirstFrame { get; internal set; }

    /// <summary>Gets the time to the end of the first sentence, or null if there was none.</summary>
    public TimeSpan? TimeToFirstSentence { get; internal set; }

    internal long Started { get; }

    /// <summary>Gets or sets the number of the connection, from 1, on which the response was closed, or 0 if it was not.</summary>
    internal int ClosedOnConnection { get; set; }

    /// <summary>Returns the ID, the text and the action.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ResponseId}: {Text} {Action}").TrimEnd();

    internal void Add(string text)
    {
        lock (_lock)
        {
            _text.Append(text);
        }
    }

    internal void Add(FakeLlmTool tool)
    {
        lock (_lock)
        {
            _tools.Add(tool);
        }
    }

    internal void Add(FakeLlmViolation violation)
    {
        lock (_lock)
        {
            _violations.Add(violation);
        }
    }
}

/// <summary>A tool call that a custom-LLM server reported.</summary>
public sealed class FakeLlmTool
{
    internal FakeLlmTool(string toolCallId, string name, string arguments) => (ToolCallId, Name, Arguments) = (toolCallId, name, arguments);

    /// <summary>Gets the ID by which the result refers to the tool call.</summary>
    public string ToolCallId { get; }

    /// <summary>Gets the tool's name.</summary>
    public string Name { get; }

    /// <summary>Gets the arguments as JSON text.</summary>
    public string Arguments { get; }

    /// <summary>Gets the result, or null if none has arrived.</summary>
    public string? Result { get; internal set; }

    /// <summary>Gets a value indicating whether the tool call succeeded, or null if this is not known.</summary>
    public bool? IsSuccessful { get; internal set; }

    /// <summary>Returns the name and the result.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Name}({Arguments}) → {Result ?? "no result"}";
}

/// <summary>What a server asked for after a response was spoken.</summary>
/// <param name="EndsCall">Whether the call ends.</param>
/// <param name="TransferNumber">The number that the call is transferred to, or null.</param>
/// <param name="ShowsTransfereeAsCaller">Whether the target of the transfer sees the number of the caller.</param>
/// <param name="Digits">The digits that are pressed, or null.</param>
public sealed record FakeLlmAction(bool EndsCall, string? TransferNumber, bool ShowsTransfereeAsCaller, string? Digits)
{
    /// <summary>Gets a value indicating whether the agent is no longer in the call after it.</summary>
    internal bool IsEnd => EndsCall || TransferNumber is not null;

    /// <summary>Returns the action.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => EndsCall ? "[end_call]" : TransferNumber is not null ? $"[transfer to {TransferNumber}]" : $"[press {Digits}]";
}

/// <summary>A violation of the protocol between Retell and a custom-LLM server.</summary>
/// <param name="Rule">The name of the rule, such as <c>unclosed</c> or <c>stale-response</c>.</param>
/// <param name="Message">What is wrong.</param>
public sealed record FakeLlmViolation(string Rule, string Message)
{
    /// <summary>Returns the rule and the message.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Rule}: {Message}";
}
