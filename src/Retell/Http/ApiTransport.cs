using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Json;
using Retell.Models;
using Retell.Telemetry;

namespace Retell.Http;

/// <summary>Sends the calls of all operations: the one home of attempts, time limits, retries, answers and errors.</summary>
internal sealed class ApiTransport : IApiInvoker, IDisposable
{
    private static readonly ResiliencePropertyKey<ApiCall> s_call = new("Retell.Call");

    private readonly RetellClientOptions _options;
    private readonly Func<HttpClient> _http;
    private readonly HttpClient? _ownHttp;
    private readonly ILogger _log;
    private readonly ResiliencePipeline<ApiResponse> _pipeline;
    private volatile bool _isDisposed;

    /// <param name="options">A copy that is complete and that nobody else has.</param>
    public ApiTransport(RetellClientOptions options)
    {
        _options = options;
        _log = options.LoggerFactory?.CreateLogger(typeof(RetellClient)) ?? NullLogger.Instance;
        if (options.HttpClientSource is null && options.HttpClient is null)
        {
            _ownHttp = new HttpClient(options.HttpMessageHandler ?? RetellHttpHandler.Create(), disposeHandler: options.HttpMessageHandler is null)
            {
                Timeout = Timeout.InfiniteTimeSpan,
            };
        }

        _http = options.HttpClientSource ?? (() => options.HttpClient ?? _ownHttp!);
        _pipeline = CreatePipeline();
    }

    /// <summary>The clock of time limits and waits.</summary>
    public TimeProvider TimeProvider => _options.TimeProvider;

    public Task<T> InvokeAsync<T>(ApiRequest request, JsonCodec<T> response, RequestOptions? options, CancellationToken cancellationToken) =>
        CallAsync(request, "application/json", static (answer, codec) => Read(answer, codec), response, options, cancellationToken);

    public Task<T?> InvokeOptionalAsync<T>(ApiRequest request, JsonCodec<T> response, RequestOptions? options, CancellationToken cancellationToken) =>
        CallAsync(request, "application/json", static (answer, codec) => answer.Body.Length == 0 ? default : Read(answer, codec), response, options, cancellationToken);

    public Task<RetellStream> InvokeStreamAsync(ApiRequest request, RequestOptions? options, CancellationToken cancellationToken) =>
        CallAsync(request, "*/*", static (answer, _) => answer.TakeContent(), 0, options, cancellationToken, isStreamed: true);

    public async IAsyncEnumerable<SseItem<string>> InvokeEventsAsync(ApiRequest request, RequestOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using RetellStream content = await InvokeStreamAsync(request, options, cancellationToken).ConfigureAwait(false);
        await foreach (SseItem<string> item in SseParser.Create(content).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }

    public async Task InvokeAsync(ApiRequest request, RequestOptions? options, CancellationToken cancellationToken) =>
        await CallAsync(request, "*/*", static (answer, _) => answer.StatusCode, 0, options, cancellationToken).ConfigureAwait(false);

    public void Dispose()
    {
        _isDisposed = true;
        _ownHttp?.Dispose();
    }

    /// <summary>One call of the API with all that belongs to it; whatever is no success is an exception.</summary>
    private async Task<TResult> CallAsync<TResult, TState>(
        ApiRequest request, string accept, Func<ApiResponse, TState, TResult> read, TState state, RequestOptions? options, CancellationToken cancellationToken, bool isStreamed = false)
    {
        Throw.IfDisposed(_isDisposed, typeof(RetellClient));
        cancellationToken.ThrowIfCancellationRequested();
        using var call = new ApiCall(request, accept, options, _options) { IsStreamed = isStreamed };
        using var trace = new CallTrace(call, _log);
        try
        {
            using ApiResponse answer = await SendAsync(call, cancellationToken).ConfigureAwait(false);
            trace.Answered(answer);
            call.Report(answer);
            return answer.IsSuccess ? read(answer, state) : throw ApiFailure.ToException(answer, _options.TimeProvider.GetUtcNow());
        }
        catch (Exception e)
        {
            trace.Failed(e);
            throw;
        }
    }

    /// <summary>Sends until there is an answer that stands.</summary>
    private async Task<ApiResponse> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(call.Operation.Id, cancellationToken);
        context.Properties.Set(s_call, call);
        try
        {
            return await _pipeline.ExecuteAsync(static (context, transport) => transport.AttemptAsync(context), context, this).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutRejectedException && cancellationToken.IsCancellationRequested)
        {
            string message = $"{call.Operation.Id} was cancelled by the caller ({call.AttemptsText}).";
            throw new OperationCanceledException(message, call.Mask.Apply(e), cancellationToken);
        }
        catch (TimeoutRejectedException e)
        {
            throw TimedOut(call, e, e.Timeout);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<ApiResponse> AttemptAsync(ResilienceContext context)
    {
        ApiCall call = CallOf(context);
        CancellationToken cancellationToken = context.CancellationToken;
        call.Attempts++;
        using HttpRequestMessage message = call.CreateMessage(cancellationToken);
        bool isAnswering = false;
        try
        {
            HttpResponseMessage response =
                await _http().SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            isAnswering = true;
            bool isTaken = false;
            try
            {
                ApiResponse answer = await ApiResponse.ReadAsync(call, response, cancellationToken).ConfigureAwait(false);
                isTaken = answer.HasContent;
                return answer;
            }
            finally
            {
                if (!isTaken)
                {
                    response.Dispose();
                }
            }
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            // Handlers report it in many ways; who cancelled is settled further out.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (_isDisposed && e is OperationCanceledException or ObjectDisposedException)
        {
            throw new ObjectDisposedException($"{call.Operation.Id} was broken off: the client was disposed.", e);
        }
        catch (Exception e) when (message.Content is FormContent { Failure: not null })
        {
            throw Unreadable(call, ((FormContent)message.Content!).Failure!.Value, e);
        }
        catch (Exception e) when (TransportFailure.IsTimeout(e))
        {
            throw TimedOut(call, e, null);
        }
        catch (Exception e) when (TransportFailure.IsConnection(e))
        {
            throw Broken(call, e, isAnswering);
        }
    }

    private static T Read<T>(ApiResponse answer, JsonCodec<T> codec)
    {
        ApiCall call = answer.Call;
        string expected = RetellJson.Name(typeof(T));
        if (answer.Body.Length == 0)
        {
            throw NotReadable(call, $"{call.Operation.Id}: the answer ({(int)answer.StatusCode}) has no body, but {expected} was expected.");
        }

        try
        {
            using JsonTextReader json = RetellJson.OpenJson(answer.OpenText());
            return RetellJson.ReadToEnd(json, reader => codec.TryRead(reader, RetellJson.Serializer, out T value, out JToken? found)
                ? value
                : throw JsonMismatch.At(reader, $"JSON of type {found?.Type} was found where {expected} was expected."));
        }
        catch (JsonException e)
        {
            string what = ApiFailure.IsHtml(Start(answer), answer.MediaType) ? $"is {ApiFailure.HtmlPage("", call.Uri)}" : $"cannot be read as {expected}";
            string? excerpt = JsonExcerpt.Around(answer.OpenText, e);
            string message = RetellSerializationException.Describe($"{call.Operation.Id}: the answer ({(int)answer.StatusCode}) {what}", e, excerpt);
            throw NotReadable(call, message, e, excerpt);
        }
    }

    private static string Start(ApiResponse answer)
    {
        char[] start = new char[256];
        using TextReader text = answer.OpenText();
        return new string(start, 0, text.ReadBlock(start, 0, start.Length));
    }

    private static RetellSerializationException NotReadable(ApiCall call, string message, JsonException? cause = null, string? excerpt = null) =>
        new(call.Mask.Apply(message), cause is null ? null : call.Mask.Apply(cause))
        {
            OperationId = call.Operation.Id,
            Attempts = call.Attempts,
            JsonPath = cause is null ? "" : call.Mask.Apply(RetellSerializationException.PathOf(cause)),
            Excerpt = call.Mask.ApplyOrNull(excerpt),
        };

    private static RetellException Unreadable(ApiCall call, (RetellFile File, Exception Cause) failure, Exception thrown) =>
        new(
            call.Mask.Apply($"{call.Operation.Id}: the file \"{failure.File.FileName}\" could not be read: {failure.Cause.Message}"),
            call.Mask.Apply(thrown))
        {
            OperationId = call.Operation.Id,
            Attempts = call.Attempts,
        };

    private static RetellTimeoutException TimedOut(ApiCall call, Exception cause, TimeSpan? limit)
    {
        string time = limit is TimeSpan span ? FormattableString.Invariant($"within {span.TotalSeconds:0.###} s") : "within the time limit of the HttpClient";
        return new(call.Mask.Apply($"{call.Operation.Id}: no complete answer came {time} ({call.AttemptsText}). {Outlook(call)}"), call.Mask.Apply(cause))
        {
            OperationId = call.Operation.Id,
            Attempts = call.Attempts,
            Timeout = limit,
        };
    }

    private static RetellConnectionException Broken(ApiCall call, Exception cause, bool isAnswering)
    {
        bool isNeverSent = !isAnswering && TransportFailure.IsNeverSent(cause);
        string host = call.Uri.GetLeftPart(UriPartial.Authority);
        string what = isNeverSent ? $"no connection to {host}"
            : isAnswering ? $"the answer of {host} broke off"
            : $"the connection to {host} broke";
        string message = $"{call.Operation.Id}: {what}: {Innermost(cause)} ({call.AttemptsText}). {(isNeverSent ? "Nothing was sent." : Outlook(call))}";
        return new(call.Mask.Apply(message), call.Mask.Apply(cause))
        {
            OperationId = call.Operation.Id,
            Attempts = call.Attempts,
            MayHaveBeenSent = !isNeverSent,
        };
    }

    private static string Outlook(ApiCall call) => call.IsRepeatable
        ? "It is safe to call it again."
        : "The API may have carried it out all the same; it is not repeated by itself, look before you call it again.";

    /// <summary>"An error occurred, see the inner exception" helps nobody.</summary>
    private static string Innermost(Exception cause)
    {
        string outer = cause.Message.TrimEnd('.');
        string inner = cause.GetBaseException().Message.TrimEnd('.');
        return outer.Contains(inner) ? outer : $"{outer}: {inner}";
    }

    private static ApiCall CallOf(ResilienceContext context) => context.Properties.GetValue(s_call, null!);

    private ResiliencePipeline<ApiResponse> CreatePipeline() =>
        new ResiliencePipelineBuilder<ApiResponse> { Name = "Retell", TimeProvider = _options.TimeProvider }
            .AddTimeout(new TimeoutStrategyOptions
            {
                Name = "TotalTimeout",
                TimeoutGenerator = _ => new(_options.TotalTimeout ?? Timeout.InfiniteTimeSpan),
            })
            .AddRetry(new RetryStrategyOptions<ApiResponse>
            {
                Name = "Retry",
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = arguments => new(ShouldRetry(CallOf(arguments.Context), arguments.Outcome)),
                DelayGenerator = arguments => new(CallOf(arguments.Context).NextWait),
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                Name = "AttemptTimeout",
                TimeoutGenerator = arguments => new(CallOf(arguments.Context).Timeout),
            })
            .Build();

    private bool ShouldRetry(ApiCall call, Outcome<ApiResponse> outcome)
    {
        TimeSpan? wait = RetryRules.GetWait(call, outcome, _options.TimeProvider.GetUtcNow(), _options.Random);
        call.NextWait = wait ?? TimeSpan.Zero;
        if (wait is null)
        {
            return false;
        }

        string reason = outcome.Exception is Exception e ? call.Mask.Apply(e.Message) : $"{(int)outcome.Result!.StatusCode} {outcome.Result.ReasonPhrase}".TrimEnd();
        CallLog.Retrying(_log, call.Operation.Id, call.Attempts, reason, call.NextWait.TotalSeconds);
        return true;
    }
}
