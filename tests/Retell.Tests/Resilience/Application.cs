using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;

namespace Retell.Tests.Resilience;

/// <summary>An application that stacks resilience on the client in its own way.</summary>
internal sealed class Application : IDisposable
{
    private readonly IDisposable? _container;

    private Application(RetellClient client, IDisposable? container = null) => (Client, _container) = (client, container);

    public RetellClient Client { get; }

    /// <summary>Applications below whose handlers the SDK has its guard, and so knows the first failure.</summary>
    public static IReadOnlyDictionary<string, Func<Site, Application>> Guarded { get; } = new Dictionary<string, Func<Site, Application>>
    {
        ["client alone"] = site => new(new RetellClient(Options(site))),
        ["AddRetell"] = site => Container(site),
        ["defaults with the standard handler"] = site => Container(site, defaults: http => http.AddStandardResilienceHandler(site.Configure)),
        ["defaults with hedging"] = site => Container(site, defaults: http => http.AddStandardHedgingHandler().Configure(site.Configure)),
        ["defaults with a resilience handler"] = site => Container(site, defaults: http => http.AddResilienceHandler("mine", site.Configure)),
        ["defaults with a retrying handler"] = site => Container(site, defaults: http => http.AddHttpMessageHandler(() => new RetryingHandler())),
        ["defaults with a cloning handler"] = site => Container(site, defaults: http => http.AddHttpMessageHandler(() => new CloningHandler())),
        ["standard handler"] = site => Container(site, http => http.AddStandardResilienceHandler(site.Configure)),
        ["hedging"] = site => Container(site, http => http.AddStandardHedgingHandler().Configure(site.Configure)),
        ["resilience handler"] = site => Container(site, http => http.AddResilienceHandler("mine", site.Configure)),
        ["retrying handler"] = site => Container(site, http => http.AddHttpMessageHandler(() => new RetryingHandler())),
        ["retrying handler that swallows every exception"] = site => Container(site, http => http.AddHttpMessageHandler(() => new RetryingHandler(_ => true))),
        ["cloning handler"] = site => Container(site, http => http.AddHttpMessageHandler(() => new CloningHandler())),
        ["cloning handler that loses the options"] = site => Container(site, http => http.AddHttpMessageHandler(() => new CloningHandler(keepsOptions: false))),
        ["Polly in a handler"] = site => Container(site, http => http.AddHttpMessageHandler(() => new PollyHandler())),
        ["buffering handler and retries"] = site =>
            Container(site, http => http.AddHttpMessageHandler(() => new BufferingHandler()).AddHttpMessageHandler(() => new RetryingHandler())),
        ["retries in the primary handler"] = site =>
            Container(site, http => http.ConfigurePrimaryHttpMessageHandler(() => new RetryingHandler { InnerHandler = new SocketsHttpHandler() })),
        ["handler added twice"] = site => Container(site, http => http.AddStandardResilienceHandler(site.Configure).Configure(_ => { }), twice: true),
        ["keyed client with the standard handler"] = site => Container(site, http => http.AddStandardResilienceHandler(site.Configure), name: "sales"),
        ["without resilience, with the standard handler"] = site =>
            Container(site, http => http.AddStandardResilienceHandler(site.Configure), configure: options => options.WithoutResilience()),
#pragma warning disable EXTEXP0001 // What an application may call although it is experimental.
        ["handlers of the SDK removed, standard handler"] = site => Container(site, http => http.RemoveAllResilienceHandlers().AddStandardResilienceHandler(site.Configure)),
#pragma warning restore EXTEXP0001
        ["retries in the message handler"] = site =>
            new(new RetellClient(Options(site, options => options.HttpMessageHandler = new RetryingHandler { InnerHandler = new SocketsHttpHandler() }))),
        ["clones in the message handler"] = site =>
            new(new RetellClient(Options(site, options => options.HttpMessageHandler = new CloningHandler(keepsOptions: false) { InnerHandler = new SocketsHttpHandler() }))),
        ["HttpClient with the send-once handler and clones"] = site => new(new RetellClient(Options(
            site, options => options.HttpClient = new HttpClient(new CloningHandler { InnerHandler = new RetellSendOnceHandler(new SocketsHttpHandler()) })))),
        ["HttpClient of the factory with the send-once handler and hedging"] = site =>
            Injected(site, http => http.AddStandardHedgingHandler().Configure(site.Configure), guard: true),
    };

    /// <summary>Applications whose handlers hide the first failure.</summary>
    public static IReadOnlyDictionary<string, Func<Site, Application>> Unguarded { get; } = new Dictionary<string, Func<Site, Application>>
    {
        ["message handler that retries with a client of its own"] = site =>
            new(new RetellClient(Options(site, options => options.HttpMessageHandler = new WrappingHandler(isCopying: false)))),
        ["message handler that sends copies with a client of its own"] = site =>
            new(new RetellClient(Options(site, options => options.HttpMessageHandler = new WrappingHandler(isCopying: true)))),
        ["retries in a message handler that has sent before"] = site =>
            new(new RetellClient(Options(site, options => options.HttpMessageHandler = Started(new RetryingHandler { InnerHandler = new SocketsHttpHandler() })))),
        ["HttpClient with retries"] = site =>
            new(new RetellClient(Options(site, options => options.HttpClient = new HttpClient(new RetryingHandler { InnerHandler = new SocketsHttpHandler() })))),
        ["HttpClient with clones"] = site =>
            new(new RetellClient(Options(site, options => options.HttpClient = new HttpClient(new CloningHandler { InnerHandler = new SocketsHttpHandler() })))),
        ["HttpClient of the factory with the standard handler"] = site => Injected(site, http => http.AddStandardResilienceHandler(site.Configure), guard: false),
        ["HttpClient of the factory with defaults"] = site => Injected(site, http => http.AddResilienceHandler("mine", site.Configure), guard: false),
    };

    public void Dispose()
    {
        Client.Dispose();
        _container?.Dispose();
    }

    private static RetellClientOptions Options(Site site, Action<RetellClientOptions>? configure = null)
    {
        var options = new RetellClientOptions();
        Apply(options, site, configure);
        return options;
    }

    private static void Apply(RetellClientOptions options, Site site, Action<RetellClientOptions>? configure)
    {
        options.ApiKey = "key_test";
        options.BaseUrl = site.Url;
        options.Timeout = 2 * site.Attempt;
        options.Resilience.Retry.Delay = TimeSpan.FromMilliseconds(1);
        configure?.Invoke(options);
    }

    private static Application Container(
        Site site, Action<IHttpClientBuilder>? build = null, Action<IHttpClientBuilder>? defaults = null, string? name = null, Action<RetellClientOptions>? configure = null, bool twice = false)
    {
        var services = new ServiceCollection();
        if (defaults is not null)
        {
            services.ConfigureHttpClientDefaults(defaults);
        }

        for (int i = 0; i < (twice ? 2 : 1); i++)
        {
            IHttpClientBuilder http = name is null
                ? services.AddRetell(options => Apply(options, site, configure))
                : services.AddRetell(name, options => Apply(options, site, configure));
            build?.Invoke(http);
        }

        ServiceProvider provider = services.BuildServiceProvider();
        return new(name is null ? provider.GetRequiredService<RetellClient>() : provider.GetRequiredKeyedService<RetellClient>(name), provider);
    }

    private static Application Injected(Site site, Action<IHttpClientBuilder> build, bool guard)
    {
        var services = new ServiceCollection();
        IHttpClientBuilder http = services.AddHttpClient("mine");
        build(http);
        if (guard)
        {
            http.AddHttpMessageHandler(() => new RetellSendOnceHandler());
        }

        ServiceProvider provider = services.BuildServiceProvider();
        HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("mine");
        return new(new RetellClient(Options(site, options => options.HttpClient = client)), provider);
    }

    /// <summary>A chain that can no longer be changed.</summary>
    private static DelegatingHandler Started(DelegatingHandler chain)
    {
        using var invoker = new HttpMessageInvoker(chain, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, Facade.Doubles.RawServer.Refusing());
        _ = invoker.SendAsync(request, new CancellationToken(canceled: true)).ContinueWith(sent => sent.Exception, TaskScheduler.Default);
        Assert.That(() => chain.InnerHandler = new SocketsHttpHandler(), Throws.InvalidOperationException);
        return chain;
    }

    /// <summary>Sends the same message up to three times.</summary>
    private sealed class RetryingHandler(Func<Exception, bool>? swallows = null) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
                    if (response.IsSuccessStatusCode || attempt == 3)
                    {
                        return response;
                    }

                    response.Dispose();
                }
                catch (Exception e) when (attempt < 3 && (swallows?.Invoke(e) ?? e is HttpRequestException))
                {
                }
            }
        }
    }

    /// <summary>Sends up to three copies.</summary>
    private sealed class CloningHandler(bool keepsOptions = true) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    HttpResponseMessage response = await base.SendAsync(await CloneAsync(request, cancellationToken), cancellationToken);
                    if (response.IsSuccessStatusCode || attempt == 3)
                    {
                        return response;
                    }
                }
                catch (HttpRequestException) when (attempt < 3)
                {
                }
            }
        }

        private async Task<HttpRequestMessage> CloneAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var clone = new HttpRequestMessage(request.Method, request.RequestUri);
            if (request.Content is HttpContent content)
            {
                var copy = new MemoryStream();
                await content.CopyToAsync(copy, cancellationToken);
                copy.Position = 0;
                clone.Content = new StreamContent(copy);
                foreach (KeyValuePair<string, IEnumerable<string>> header in content.Headers)
                {
                    clone.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
                }
            }

            foreach (KeyValuePair<string, IEnumerable<string>> header in request.Headers)
            {
                clone.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            foreach (KeyValuePair<string, object?> option in keepsOptions ? request.Options : Enumerable.Empty<KeyValuePair<string, object?>>())
            {
                ((IDictionary<string, object?>)clone.Options)[option.Key] = option.Value;
            }

            return clone;
        }
    }

    /// <summary>No delegating handler: below it is another client, with handlers of its own.</summary>
    private sealed class WrappingHandler(bool isCopying) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(
            isCopying ? new CloningHandler { InnerHandler = new SocketsHttpHandler() } : new RetryingHandler { InnerHandler = new SocketsHttpHandler() });

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _invoker.SendAsync(request, cancellationToken);
    }

    /// <summary>Reads the body, as a handler that logs does.</summary>
    private sealed class BufferingHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _ = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class PollyHandler : DelegatingHandler
    {
        private readonly ResiliencePipeline<HttpResponseMessage> _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                Delay = TimeSpan.Zero,
                ShouldHandle = arguments => new(arguments.Outcome.Exception is not null || !arguments.Outcome.Result!.IsSuccessStatusCode),
            })
            .Build();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            await _pipeline.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken);
    }
}

/// <summary>Where an application sends to, and for how long its handlers wait for each attempt; the client waits twice as long.</summary>
internal sealed record Site(Uri Url, TimeSpan Attempt)
{
    public void Configure(HttpStandardResilienceOptions options)
    {
        options.AttemptTimeout.Timeout = Attempt;
        options.CircuitBreaker.SamplingDuration = 3 * Attempt;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
    }

    public void Configure(HttpStandardHedgingResilienceOptions options)
    {
        options.Endpoint.Timeout.Timeout = Attempt;
        options.Endpoint.CircuitBreaker.SamplingDuration = 3 * Attempt;
        options.Hedging.Delay = TimeSpan.FromMilliseconds(50);
        options.Hedging.MaxHedgedAttempts = 2;
    }

    public void Configure(ResiliencePipelineBuilder<HttpResponseMessage> builder) =>
        builder.AddRetry(new HttpRetryStrategyOptions { Delay = TimeSpan.FromMilliseconds(1), MaxRetryAttempts = 2 }).AddTimeout(Attempt);
}
