using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Retell.Tests.Support;

namespace Retell.Tests.AI;

/// <summary>A chat client that answers as a test says, and records what it was asked.</summary>
internal sealed class ScriptedModel(Func<ModelRequest, CancellationToken, IAsyncEnumerable<AIContent>> answer) : IChatClient
{
    public ConcurrentQueue<ModelRequest> Requests { get; } = [];

    /// <summary>Gets the history of the newest request in one line a content.</summary>
    public IEnumerable<string> Last => Requests.Last().Lines;

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ModelRequest(Requests.Count + 1, [.. messages], options);
        Requests.Enqueue(request);
        await foreach (AIContent content in answer(request, cancellationToken).WithCancellation(cancellationToken))
        {
            yield return new(ChatRole.Assistant, [content]);
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}

/// <summary>A request to a model.</summary>
internal sealed record ModelRequest(int Number, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    /// <summary>Gets what the caller said last.</summary>
    public string UserText => Messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";

    /// <summary>Gets a value indicating whether the model has to respond to results of tools.</summary>
    public bool HasResults => Messages[^1].Role == ChatRole.Tool;

    public IEnumerable<string> Lines => Messages.SelectMany(message => message.Contents.Select(content => $"{message.Role}: {Text(content)}"));

    private static string Text(AIContent content) => content switch
    {
        TextContent text => text.Text,
        FunctionCallContent call => $"{call.Name}({JsonSerializer.Serialize(call.Arguments)}) {call.CallId}",
        FunctionResultContent { Result: JsonElement { ValueKind: JsonValueKind.Object } json } result => $"{JsonSerializer.Serialize(json)} {result.CallId}",
        FunctionResultContent result => $"{result.Result} {result.CallId}",
        _ => content.GetType().Name,
    };
}

/// <summary>Ways of a model to answer.</summary>
internal static class Answers
{
    /// <summary>Streams a text in tokens.</summary>
    public static IAsyncEnumerable<AIContent> Say(params string[] tokens) => Of([.. tokens.Select(token => new TextContent(token))]);

    public static FunctionCallContent Call(string name, string callId = "c1", params (string Name, object? Value)[] arguments) =>
        new(callId, name, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));

    public static IAsyncEnumerable<AIContent> Of(params AIContent[] contents) => AsyncStream.Of(contents);

    /// <summary>Streams contents, and then waits for the token.</summary>
    public static IAsyncEnumerable<AIContent> ThenHang(AIContent[] contents, CancellationToken cancellationToken) => AsyncStream.ThenHang(contents, cancellationToken);

    public static IAsyncEnumerable<AIContent> ThenThrow(Exception failure, params AIContent[] contents) => AsyncStream.ThenThrow(failure, contents);
}
