namespace Retell.Resilience;

/// <summary>
/// The handlers of a client: the pipeline, one attempt and, below all others, the guard. For AddRetell, IHttpClientFactory builds the same
/// chain.
/// </summary>
internal sealed class HandlerChain : IDisposable
{
    private readonly Func<HttpClient>? _source;
    private readonly HttpMessageInvoker? _invoker;
    private readonly HttpClient? _injected;

    public HandlerChain(RetellClientOptions options)
    {
        IsGuarded = options.HttpClient is null;
        _source = options.HttpClientSource;
        _injected = options.HttpClient;
        if (_source is not null)
        {
            return;
        }

        HttpMessageHandler sender = options.HttpClient is HttpClient client
            ? new InjectedClientHandler(client)
            : RetellSendOnceHandler.Guard(options.HttpMessageHandler ?? RetellHttpHandler.Create());
        bool isOwn = options.HttpClient is null && options.HttpMessageHandler is null;
        _invoker = new HttpMessageInvoker(new RetellResilienceHandler { InnerHandler = new AttemptHandler { InnerHandler = sender } }, isOwn);
    }

    /// <summary>Gets a value indicating whether a guard counts what is sent. With an HttpClient of the application, the content counts instead.</summary>
    public bool IsGuarded { get; }

    /// <summary>Returns the sender of requests that do not belong to an operation, such as the handshake of a WebSocket. They pass the handlers once.</summary>
    public HttpMessageInvoker GetPlainInvoker() => _source?.Invoke() ?? _injected ?? _invoker!;

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _source is null
            ? _invoker!.SendAsync(request, cancellationToken)
            : _source().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose() => _invoker?.Dispose();
}
