using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Retell.AI.Chat;
using Retell.AspNetCore;

namespace Retell.AI;

/// <summary>
/// The agent of a call that speaks with an <see cref="IChatClient"/>. Each call has an instance of its own. Register it with <c>AddRetellChatAgent</c> and serve it with
/// <c>MapRetellLlm&lt;RetellChatAgent&gt;</c>.
/// </summary>
/// <remarks>
/// An interruption cancels the request to the model, but not a tool that has begun: it finishes while the call lasts, and its result is in the history and in the
/// transcript. A tool that the model asks for again with the same arguments before the caller has said something new is not run again, unless it failed. What the caller
/// did not hear is cut from the history.
/// </remarks>
public sealed class RetellChatAgent : IRetellLlmAgent
{
    private const string Accepted = "This happens after you have spoken.";

    private static readonly TimeSpan s_toolTimeout = TimeSpan.FromSeconds(30);

    private readonly RetellChatAgentOptions _options;
    private readonly ILogger _log;
    private readonly ChatHistory _history = new();
    private readonly ToolJournal _journal = new();
    private IChatClient? _client;

    /// <summary>Initializes a new instance of the <see cref="RetellChatAgent"/> class for one call.</summary>
    /// <param name="options">The options. Calls can share them.</param>
    /// <param name="logger">The logger, or null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public RetellChatAgent(RetellChatAgentOptions options, ILogger<RetellChatAgent>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _log) = (options, logger ?? NullLogger<RetellChatAgent>.Instance);
    }

    /// <inheritdoc/>
    public ValueTask<string?> BeginAsync(LlmCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        return new(_options.Greeting?.Invoke(call));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no chat client.</exception>
    public async IAsyncEnumerable<LlmOutput> RespondAsync(LlmTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        IReadOnlyList<ToolRun> told = _journal.Completed();
        (ChatTurn chat, IReadOnlyList<ChatMessage> history, bool isNew) = _history.Begin(turn);
        if (isNew)
        {
            _journal.Forget();
        }

        if (turn.IsReminder && string.IsNullOrEmpty(_options.ReminderPrompt))
        {
            yield break;
        }

        IChatClient client = _client ??= ClientOf(turn.Call);
        List<ChatMessage> prompt = Prompt(turn, history);
        TimeProvider clock = turn.Call.Services.GetService<TimeProvider>() ?? TimeProvider.System;
        for (int rounds = 0; ; rounds++)
        {
            ChatRound round = chat.Next();
            var chunker = new SpeechChunker(clock, isFirst: !chat.HasText);
            List<ChatResponseUpdate> updates = [];
            List<ChatMessage> messages = [.. prompt, .. chat.Messages()];
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(messages, OptionsOf(rounds), cancellationToken).ConfigureAwait(false))
            {
                Tell(told);
                updates.Add(update);
                foreach (string part in update.Role == ChatRole.Tool ? [] : chunker.Add(update.Text))
                {
                    yield return chat.Say(round, part);
                }
            }

            if (chunker.Flush() is { Length: > 0 } rest)
            {
                yield return chat.Say(round, rest);
            }

            chat.Change(() => round.Complete(updates.ToChatResponse()));
            if (round.Calls.Count > 0 && rounds == _options.MaxToolRounds)
            {
                ChatAgentLog.TooManyRounds(_log, rounds, turn.ResponseId);
                break;
            }

            bool goesOn = false;
            foreach (FunctionCallContent call in round.Calls)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (LlmOutput? action, string? fault) = Check(chat, call);
                if (action is not null)
                {
                    string id = _history.ToolCallId(call.CallId);
                    chat.SetAction(round, call, action, Accepted);
                    yield return LlmOutput.ToolInvoked(id, call.Name, ToolArguments.ToText(ToolArguments.ToJson(call)));
                    yield return LlmOutput.ToolReturned(id, Accepted, true);
                    continue;
                }

                goesOn = true;
                if (fault is not null)
                {
                    chat.Change(() => round.SetResult(call, fault));
                    continue;
                }

                await RunAsync(chat, round, call, turn.Call).WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            if (!goesOn)
            {
                break;
            }

            told = _journal.Completed();
        }

        if (chat.Action is LlmOutput last)
        {
            yield return last;
        }
        else if (!chat.HasText)
        {
            ChatAgentLog.EmptyAnswer(_log, turn.ResponseId);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Waits for tools that still run, because the services of the call are disposed after it.</remarks>
    public async ValueTask EndedAsync(LlmEnd end)
    {
        try
        {
            await _journal.WhenCompleted().WaitAsync(s_toolTimeout).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The end of the call has canceled them.
        }
        catch (TimeoutException)
        {
            ChatAgentLog.ToolLeftBehind(_log, s_toolTimeout.TotalSeconds);
        }
    }

    private static void Tell(IReadOnlyList<ToolRun> runs)
    {
        foreach (ToolRun run in runs)
        {
            run.IsTold = true;
        }
    }

    private IChatClient ClientOf(LlmCall call) =>
        _options.ChatClientFor?.Invoke(call) ?? _options.ChatClient ?? call.Services.GetService<IChatClient>()
        ?? throw new InvalidOperationException("There is no chat client. Set RetellChatAgentOptions.ChatClient, or register an IChatClient.");

    private List<ChatMessage> Prompt(LlmTurn turn, IReadOnlyList<ChatMessage> history)
    {
        List<ChatMessage> prompt = [.. history];
        if (_options.SystemPrompt?.Invoke(turn.Call) is { Length: > 0 } system)
        {
            prompt.Insert(0, new(ChatRole.System, system));
        }

        if (turn.IsReminder)
        {
            prompt.Add(new(ChatRole.User, _options.ReminderPrompt));
        }

        return prompt;
    }

    private ChatOptions OptionsOf(int rounds)
    {
        ChatOptions options = _options.ChatOptions?.Clone() ?? new();
        options.Tools = [.. options.Tools ?? [], .. _options.Tools];
        if (options.Tools.Count == 0)
        {
            options.Tools = null;
        }
        else if (rounds == _options.MaxToolRounds)
        {
            options.ToolMode = ChatToolMode.None;
        }

        return options;
    }

    private AITool? ToolOf(string name) => _options.Tools.Concat(_options.ChatOptions?.Tools ?? []).FirstOrDefault(tool => tool.Name == name);

    /// <summary>Returns the action that the model asks for, or why the tool cannot be used, for the model to know, or neither for a function that can run.</summary>
    private (LlmOutput? Action, string? Fault) Check(ChatTurn chat, FunctionCallContent call)
    {
        if (call.Exception is not null)
        {
            return (null, "Error: The arguments are not valid JSON.");
        }

        switch (ToolOf(call.Name))
        {
            case AIFunction:
                return default;
            case ChatTool when chat.Action is not null:
                return (null, "Error: A response has one action at most. This one did not happen.");
            case ChatTool tool:
                try
                {
                    return (tool.ActionOf(ToolArguments.ToJson(call)), null);
                }
                catch (ArgumentException e)
                {
                    return (null, $"Error: {e.Message}");
                }

            default:
                ChatAgentLog.UnknownTool(_log, call.Name);
                return (null, $"Error: There is no tool \"{call.Name}\".");
        }
    }

    /// <summary>Runs a function unless it has run for the same arguments, and returns the task of its result.</summary>
    private Task<ToolResult> RunAsync(ChatTurn chat, ChatRound round, FunctionCallContent content, LlmCall call)
    {
        var function = (AIFunction)ToolOf(content.Name)!;
        JsonElement arguments = ToolArguments.ToJson(content);
        ToolRun run = _journal.GetOrStart(content.Name, ToolArguments.ToText(arguments, isCanonical: true), () => ToolRun.Start(
            function, content, _history.ToolCallId(content.CallId), ToolArguments.ToText(arguments), call, _options.IncludeToolErrors, _log));
        chat.Change(() => round.SetRun(content, run));
        return run.Completion;
    }
}
