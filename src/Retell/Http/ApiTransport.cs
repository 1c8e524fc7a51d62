using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Json;
using Retell.Models;
using Retell.Monitoring;
using Retell.Resilience;
using Retell.Telemetry;

namespace Retell.Http;

/// <summary>Sends the requests of all operations, and turns responses and failures into results and exceptions. The handlers make the attempts.</summary>
internal sealed class ApiTransport : IApiInvoker, IDisposable
{
    private readonly HandlerChain _handlers;
    private readonly CancellationTokenSource _disposal = new();
    private readonly IDisposable? _changes;
    private volatile ClientSettings _settings;

    /// <param name="options">A complete copy of the options that nothing else changes.</param>
    /// <exception cref="RetellException">A resilience setting is not valid.</exception>
    public ApiTransport(RetellClientOptions options)
    {
        _settings = new ClientSettings(options);
        _handlers = new HandlerChain(options);
        _changes = options.Changes?.Invoke(Change);
    }

    public TimeProvider TimeProvider => _settings.Options.TimeProvider!;

    public string WebhookKey => _settings.Options.WebhookKey!;

    public Uri BaseUrl => _settings.Options.BaseUrl!;

    public Task<T> InvokeAsync<T>(ApiRequest request, JsonCodec<T> response, RequestOptions? options, CancellationToken cancellationToken) =>
        CallAsync(request, "application/json", static (result, codec) => Read(result, codec), response, options, cancellationToken);

    public Task<T?> InvokeOptionalAsync<T>(ApiRequest request, JsonCodec<T> response, RequestOptions? options, CancellationToken cancellationToken) =>
        CallAsync(
            request,
            "application/json",
            static (result, codec) => result.Body.Length == 0 || !result.IsSuccess ? default : Read(result, codec),
            response,
            options,
            cancellationToken,
            hasEmptyResult: true);

    public async Task<RetellStream> InvokeStreamAsync(ApiRequest request, RequestOptions? options, CancellationToken cancellationToken)
    {
        Task<RetellStream> content = await CallAsync(
            request, "*/*", static (result, token) => result.TakeContentAsync(token), cancellationToken, options, cancellationToken, isStreamed: true).ConfigureAwait(false);
        return await content.ConfigureAwait(false);
    }

    public async IAsyncEnumerable<SseItem<string>> InvokeEventsAsync(ApiRequest request, RequestOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using RetellStream content = await InvokeStreamAsync(request, options, cancellationToken).ConfigureAwait(false);
        await foreach (SseItem<string> item in SseParser.Create(content).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }

    public async Task InvokeAsync(ApiRequest request, RequestOptions? options, CancellationToken cancellationToken) =>
        await CallAsync(request, "*/*", static (result, _) => result.StatusCode, 0, options, cancellationToken, hasEmptyResult: true).ConfigureAwait(false);

    /// <summary>Streams the events of a live call.</summary>
    /// <param name="callId">The ID of the call.</param>
    /// <param name="options">The options of the caller.</param>
    /// <param name="readCall">The function that reads the call.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    public async IAsyncEnumerable<MonitorEvent> MonitorAsync(
        string callId, MonitorOptions options, Func<CancellationToken, Task<ICall>> readCall, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Throw.IfDisposed(_disposal.IsCancellationRequested, typeof(RetellClient));
        cancellationToken.ThrowIfCancellationRequested();
        ApiRequest request = new ApiRequest(MonitorSession.Operation).WithPath("call_id", callId, nameof(callId));
        using var call = new ApiCall(request, "application/json", options.Request, _settings);
        using var trace = new OperationTrace(call);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposal.Token);
        var session = new MonitorSession(call, options, trace, _handlers.GetPlainInvoker(), readCall);
        await using (session.ConfigureAwait(false))
        {
            while (await ReadAsync(session, call, trace, either.Token, cancellationToken).ConfigureAwait(false) is MonitorEvent next)
            {
                yield return next;
            }
        }
    }

    /// <summary>Ends the operations in progress.</summary>
    public void Dispose()
    {
        if (!_disposal.IsCancellationRequested)
        {
            _changes?.Dispose();
            _disposal.Cancel();
            _handlers.Dispose();
        }
    }

    /// <summary>Runs an operation. A response without success is thrown as an exception.</summary>
    private async Task<TResult> CallAsync<TResult, TState>(
        ApiRequest request,
        string accept,
        Func<ApiResponse, TState, TResult> read,
        TState state,
        RequestOptions? options,
        CancellationToken cancellationToken,
        bool isStreamed = false,
        bool hasEmptyResult = false)
    {
        Throw.IfDisposed(_disposal.IsCancellationRequested, typeof(RetellClient));
        cancellationToken.ThrowIfCancellationRequested();
        using var call = new ApiCall(request, accept, options, _settings) { IsStreamed = isStreamed, IsGuarded = _handlers.IsGuarded };
        using var trace = new OperationTrace(call);
        try
        {
            using ApiResponse response = await SendAsync(call, cancellationToken).ConfigureAwait(false);
            trace.Answered(response);
            call.Report(response);
            return response.IsSuccess || (hasEmptyResult && IsGone(response)) ? read(response, state) : throw ApiFailure.ToException(response, call.Clock.GetUtcNow());
        }
        catch (Exception e)
        {
            trace.Failed(e);
            throw;
        }
    }

    /// <summary>
    /// Returns a value indicating whether a deletion succeeded in an earlier attempt whose response was lost, so that nothing is left to delete.
    /// </summary>
    private static bool IsGone(ApiResponse response) =>
        response is { StatusCode: HttpStatusCode.NotFound, Call: { Operation.Method: "DELETE", WasResponseLost: true } };

    /// <summary>Sends the request and returns the final response.</summary>
    private async Task<ApiResponse> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource? both = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposal.Token) : null;
        CancellationToken either = both?.Token ?? _disposal.Token;
        try
        {
            return await SendAsync(call, _handlers, either).ConfigureAwait(false);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is not RetellException)
        {
            string message = $"{call.Operation.Id} was canceled by the caller ({call.AttemptsText}).";
            throw new OperationCanceledException(message, call.Mask.Apply(e), cancellationToken);
        }
        catch (Exception e) when (_disposal.IsCancellationRequested && e is not RetellException)
        {
            throw new ObjectDisposedException($"{call.Operation.Id} was stopped, because the client was disposed.", e);
        }
        catch (Exception e) when (CallErrors.Translate(call, e) is RetellException translated && translated != e)
        {
            throw translated;
        }
    }

    /// <summary>Reads the next event of a live call.</summary>
    private async Task<MonitorEvent?> ReadAsync(MonitorSession session, ApiCall call, OperationTrace trace, CancellationToken either, CancellationToken cancellationToken)
    {
        try
        {
            return await session.ReadAsync(either).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Exception failure = e switch
            {
                _ when cancellationToken.IsCancellationRequested && e is not RetellException => new OperationCanceledException(
                    $"{call.Operation.Id} was canceled by the caller ({call.AttemptsText}).", call.Mask.Apply(e), cancellationToken),
                _ when _disposal.IsCancellationRequested && e is not RetellException => new ObjectDisposedException(
                    $"{call.Operation.Id} was stopped, because the client was disposed.", e),
                _ => e,
            };
            trace.Failed(failure);
            if (failure == e)
            {
                throw;
            }

            throw failure;
        }
    }

    private static async Task<ApiResponse> SendAsync(ApiCall call, HandlerChain handlers, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = call.CreateMessage();

        // Only for requests that must not be sent twice: setting it costs an execution context.
        ApiCall.Current = call.IsSentOnce ? call : null;
        try
        {
            HttpResponseMessage response = await handlers.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return call.Gate is { WasRefused: true, FirstResponse: ApiResponse first } && !response.IsSuccessStatusCode
                ? first.Share()
                : await ApiResponse.TakeAsync(call, response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (call.Gate is { WasRefused: true, FirstResponse: not null } && !cancellationToken.IsCancellationRequested)
        {
            return call.Gate.FirstResponse.Share();
        }
        catch (Exception) when (call.Gate is { WasRefused: true, FirstFailure: Exception failure } && !cancellationToken.IsCancellationRequested)
        {
            throw CallErrors.Translate(call, call.Gate.FirstFailure);
        }
    }

    private static T Read<T>(ApiResponse response, JsonCodec<T> codec)
    {
        ApiCall call = response.Call;
        string expected = RetellJson.Name(typeof(T));
        if (response.Body.Length == 0)
        {
            throw CallErrors.NotReadable(call, $"{call.Operation.Id}: the response ({(int)response.StatusCode}) has no body, but {expected} was expected.");
        }

        if (Utf8Document.TryRead(response.Body.ToSequence(), codec, out T result))
        {
            return result;
        }

        // Newtonsoft.Json accepts more than JSON, and otherwise says where and why reading fails.
        try
        {
            using JsonTextReader json = NewtonsoftJson.OpenJson(response.OpenText());
            return NewtonsoftJson.ReadToEnd(json, reader => codec.TryRead(reader, out T value, out JToken? found)
                ? value
                : throw JsonMismatch.At(reader, $"JSON of type {found?.Type} was found where {expected} was expected."));
        }
        catch (JsonException e)
        {
            string what = ApiFailure.IsHtml(Start(response), response.MediaType) ? $"is {ApiFailure.HtmlPage("", call.Uri)}" : $"cannot be read as {expected}";
            string? excerpt = JsonExcerpt.Around(response.OpenText, e);
            string message = RetellSerializationException.Describe($"{call.Operation.Id}: the response ({(int)response.StatusCode}) {what}", e, excerpt);
            throw CallErrors.NotReadable(call, message, e, excerpt);
        }
    }

    private static string Start(ApiResponse response)
    {
        char[] start = new char[256];
        using TextReader text = response.OpenText();
        return new string(start, 0, text.ReadBlock(start, 0, start.Length));
    }

    private void Change(RetellClientOptions options)
    {
        try
        {
            _settings = new ClientSettings(options.Complete());
        }
        catch (Exception e) when (e is RetellException or ArgumentException)
        {
            OperationLog.ChangeRefused(_settings.Log, e.Message);
        }
    }
}
