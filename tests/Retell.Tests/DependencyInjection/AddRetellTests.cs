using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.DependencyInjection;

/// <summary>The client in an application's container.</summary>
internal sealed class AddRetellTests
{
    [Test]
    public async Task AddRetell_client_sends_through_HttpClientFactory_with_options()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        var services = new ServiceCollection();
        IHttpClientBuilder builder = services.AddRetell(options =>
        {
            options.ApiKey = "key_di";
            options.BaseUrl = new Uri("https://di.example/v");
        });
        builder.ConfigurePrimaryHttpMessageHandler(() => handler).AddHttpMessageHandler(() => new AddHeader("X-Mine", "1"));
        await using ServiceProvider provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<RetellClient>();
        await client.Concurrency.GetAsync();

        Assert.That(handler.Sent[0].Uri, Is.EqualTo(new Uri("https://di.example/v/get-concurrency")));
        Assert.That(handler.Sent[0].Headers["Authorization"], Is.EqualTo("Bearer key_di"));
        Assert.That(handler.Sent[0].Headers["X-Mine"], Is.EqualTo("1"));
        Assert.That(provider.GetRequiredService<RetellClient>(), Is.SameAs(client));
    }

    [Test]
    public async Task AddRetell_with_name_registers_keyed_client()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        var services = new ServiceCollection();
        services.AddRetell("sales", options => options.ApiKey = "key_sales").ConfigurePrimaryHttpMessageHandler(() => handler);
        services.AddRetell("support", Configuration(("ApiKey", "key_support"))).ConfigurePrimaryHttpMessageHandler(() => handler);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<RetellClient>("sales").Concurrency.GetAsync();
        await provider.GetRequiredKeyedService<RetellClient>("support").Concurrency.GetAsync();

        Assert.That(handler.Sent.Select(sent => sent.Headers["Authorization"]), Is.EqualTo(new[] { "Bearer key_sales", "Bearer key_support" }));
        Assert.That(provider.GetService<RetellClient>(), Is.Null);
    }

    [Test]
    public void AddRetell_configuration_sets_every_option()
    {
        var services = new ServiceCollection();
        services.AddRetell(Configuration(
            ("ApiKey", "key_c"), ("BaseUrl", "https://c.example"), ("Timeout", "00:00:07"), ("TotalTimeout", "00:01:00"), ("MaxRetries", "5"), ("LogBodies", "true"), ("DefaultHeaders:X-A", "b")));
        using ServiceProvider provider = services.BuildServiceProvider();

        RetellClientOptions options = provider.GetRequiredService<IOptions<RetellClientOptions>>().Value;

        Assert.That(options.ApiKey, Is.EqualTo("key_c"));
        Assert.That(options.BaseUrl, Is.EqualTo(new Uri("https://c.example")));
        Assert.That(options.Timeout, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(options.TotalTimeout, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(options.MaxRetries, Is.EqualTo(5));
        Assert.That(options.LogBodies, Is.True);
        Assert.That(options.DefaultHeaders, Is.EqualTo(new Dictionary<string, string> { ["X-A"] = "b" }));
    }

    [Test]
    public void AddRetell_configuration_sets_resilience_options()
    {
        var services = new ServiceCollection();
        services.AddRetell(Configuration(
            ("ApiKey", "key_c"),
            ("MaxResponseSize", "1000"),
            ("Resilience:TotalRequestTimeout:Timeout", "00:02:00"),
            ("Resilience:Retry:MaxRetryAttempts", "4"),
            ("Resilience:Retry:BackoffType", "linear"),
            ("Resilience:Retry:UseJitter", "false"),
            ("Resilience:Retry:Delay", "00:00:01"),
            ("Resilience:Retry:MaxDelay", "00:00:05"),
            ("Resilience:Retry:ShouldRetryAfterHeader", "false"),
            ("Resilience:CircuitBreaker:FailureRatio", "0.4"),
            ("Resilience:CircuitBreaker:MinimumThroughput", "20"),
            ("Resilience:CircuitBreaker:SamplingDuration", "00:01:00"),
            ("Resilience:CircuitBreaker:BreakDuration", "00:00:09"),
            ("Resilience:RateLimiter:DefaultRateLimiterOptions:PermitLimit", "10"),
            ("Resilience:RateLimiter:DefaultRateLimiterOptions:QueueLimit", "3"),
            ("Resilience:AttemptTimeout:Timeout", "00:00:08")));
        using ServiceProvider provider = services.BuildServiceProvider();

        RetellClientOptions options = provider.GetRequiredService<IOptions<RetellClientOptions>>().Value;

        Assert.That((options.MaxResponseSize, options.TotalTimeout, options.Timeout, options.MaxRetries), Is.EqualTo((1000L, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(8), 4)));
        HttpRetryStrategyOptions retry = options.Resilience.Retry;
        Assert.That(
            (retry.BackoffType, retry.UseJitter, retry.Delay, retry.MaxDelay, retry.ShouldRetryAfterHeader),
            Is.EqualTo((DelayBackoffType.Linear, false, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), false)));
        HttpCircuitBreakerStrategyOptions breaker = options.Resilience.CircuitBreaker!;
        Assert.That(
            (breaker.FailureRatio, breaker.MinimumThroughput, breaker.SamplingDuration, breaker.BreakDuration),
            Is.EqualTo((0.4, 20, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(9))));
        Assert.That(options.Resilience.RateLimiter!.DefaultRateLimiterOptions, Has.Property("PermitLimit").EqualTo(10).And.Property("QueueLimit").EqualTo(3));
    }

    [TestCase("MaxRetrys", "3", "The setting \"Retell:MaxRetrys\" does not exist. Did you mean \"MaxRetries\"?")]
    [TestCase("Resilience:Retry:MaxRetryAttempt", "3", "Did you mean \"Resilience:Retry:MaxRetryAttempts\"?")]
    [TestCase("Retry:MaxRetryAttempts", "3", "Did you mean \"Resilience:Retry:MaxRetryAttempts\"?")]
    [TestCase("Resilience:CircuitBreaker:FailureRatio", "7", "FailureRatio")]
    [TestCase("Weather", "sunny", "The settings are ApiKey, WebhookKey, BaseUrl")]
    [TestCase("BaseUrl", "not a url", "Retell:BaseUrl")]
    [TestCase("Timeout", "20", "hh:mm:ss")]
    [TestCase("Timeout", "00:00:00", "more than zero")]
    [TestCase("MaxRetries", "many", "Retell:MaxRetries")]
    [TestCase("MaxRetries", "-1", "negative")]
    [TestCase("LogBodies", "perhaps", "Retell:LogBodies")]
    [TestCase("ApiKey", "key with space", "Copy it again from the dashboard")]
    public async Task AddRetell_invalid_setting_fails_host_start_and_names_setting(string setting, string value, string message)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Retell:ApiKey"] = "key_c", [$"Retell:{setting}"] = value });
        builder.Services.AddRetell(builder.Configuration.GetSection("Retell"));
        using IHost host = builder.Build();

        Exception error = (await Assert.CatchAsync(() => host.StartAsync()))!;

        Assert.That(error.Message, Does.Contain(message).And.Not.Contain("key with space"));
    }

    [Test]
    public async Task AddRetell_changed_configuration_is_used_by_next_operation()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Retell:ApiKey"] = "key_old", ["Retell:BaseUrl"] = "https://one.example" });
        builder.Services.AddRetell(builder.Configuration.GetSection("Retell")).ConfigurePrimaryHttpMessageHandler(() => handler);
        using IHost host = builder.Build();
        var client = host.Services.GetRequiredService<RetellClient>();

        await client.Concurrency.GetAsync();
        builder.Configuration["Retell:ApiKey"] = "key_new";
        builder.Configuration["Retell:BaseUrl"] = "https://two.example";
        ((IConfigurationRoot)builder.Configuration).Reload();
        await client.Concurrency.GetAsync();

        Assert.That(
            handler.Sent.Select(sent => (sent.Uri.Host, sent.Headers["Authorization"])),
            Is.EqualTo(new[] { ("one.example", "Bearer key_old"), ("two.example", "Bearer key_new") }));
        Assert.That(client.BaseUrl.Host, Is.EqualTo("two.example"));
    }

    [Test]
    public async Task AddRetell_default_resilience_handlers_are_removed_and_logged_once()
    {
        var lines = new List<string>();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new ListProvider(lines)));
        services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        int handlers = 0;
        services.AddRetell(options => options.ApiKey = "key_di")
            .SetHandlerLifetime(TimeSpan.FromSeconds(1))
            .ConfigurePrimaryHttpMessageHandler(() =>
            {
                handlers++;
                return new StubHandler(() => StubHandler.Error(400));
            });
        await using ServiceProvider provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<RetellClient>();

        DateTime end = DateTime.UtcNow.AddSeconds(30);
        while (handlers < 2 && DateTime.UtcNow < end)
        {
            await Assert.ThrowsAsync<RetellBadRequestException>(() => client.Concurrency.GetAsync());
            await Task.Delay(100);
        }

        Assert.That(handlers, Is.EqualTo(2));
        Assert.That(lines.Where(line => line.StartsWith("Removed", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "Removed 1 resilience handler(s) that ConfigureHttpClientDefaults added to the HTTP client \"Retell\", because the SDK retries requests itself",
        }));
    }

    [Test]
    public async Task AddRetell_RemoveAllResilienceHandlers_disables_retries()
    {
        using var handler = new StubHandler(() => StubHandler.Error(503));
        var services = new ServiceCollection();
#pragma warning disable EXTEXP0001 // What an application may call although it is experimental.
        services.AddRetell(options => options.ApiKey = "key_di").RemoveAllResilienceHandlers().ConfigurePrimaryHttpMessageHandler(() => handler);
#pragma warning restore EXTEXP0001
        await using ServiceProvider provider = services.BuildServiceProvider();

        await Assert.ThrowsAsync<RetellServerException>(() => provider.GetRequiredService<RetellClient>().Concurrency.GetAsync());

        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AddRetell_explicit_system_TimeProvider_is_kept()
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(503, ("retry-after-ms", "5")), () => StubHandler.Json("{}"));
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddRetell(options =>
        {
            options.ApiKey = "key_di";
            options.TimeProvider = TimeProvider.System;
        }).ConfigurePrimaryHttpMessageHandler(() => handler);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<RetellClient>().Concurrency.GetAsync();

        Assert.That(handler.Sent, Has.Count.EqualTo(2));
        Assert.That(time.Waits, Is.Empty);
    }

    [Test]
    public async Task AddRetell_disposing_container_ends_call_without_retry()
    {
        using var server = RawServer.Silent(out Task reached);
        var services = new ServiceCollection();
        services.AddRetell(options => (options.ApiKey, options.BaseUrl) = ("key_di", server.Url));
        ServiceProvider provider = services.BuildServiceProvider();
        Task call = provider.GetRequiredService<RetellClient>().Concurrency.GetAsync();
        await reached;

        await provider.DisposeAsync();

        Assert.That(async () => await call, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void AddRetell_HttpClient_and_handler_together_fail_host_start()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddRetell("both", options =>
        {
            options.ApiKey = "key";
            options.HttpClient = new HttpClient();
            options.HttpMessageHandler = new HttpClientHandler();
        });
        using IHost host = builder.Build();

        Assert.That(
            () => host.StartAsync(),
            Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("The client \"both\"").And.Message.Contains("HttpClient and HttpMessageHandler are both set"));
    }

    [Test]
    public async Task AddRetell_uses_logger_and_TimeProvider_of_container()
    {
        using var handler = new StubHandler(() => StubHandler.Error(503), () => StubHandler.Json("{}"));
        var time = new TestTime();
        var lines = new List<string>();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new ListProvider(lines)));
        services.AddRetell(options =>
        {
            options.ApiKey = "key_di";
            options.Timeout = TestTime.AttemptTimeout;
        }).ConfigurePrimaryHttpMessageHandler(() => handler);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<RetellClient>().Concurrency.GetAsync();

        Assert.That(time.Waits, Has.Count.EqualTo(1), "the wait was the test clock's");
        Assert.That(lines, Has.Count.EqualTo(2).And.All.Contains("getConcurrency"), "one line a call and one a retry, and none of the factory's");
    }

    [Test]
    public async Task AddRetell_handler_is_replaced_after_handler_lifetime()
    {
        int handlers = 0;
        var services = new ServiceCollection();
        services.AddRetell(options => options.ApiKey = "key_di")
            .SetHandlerLifetime(TimeSpan.FromSeconds(1))
            .ConfigurePrimaryHttpMessageHandler(() =>
            {
                handlers++;
                return new StubHandler(() => StubHandler.Json("{}"));
            });
        await using ServiceProvider provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<RetellClient>();

        await client.Concurrency.GetAsync();
        await client.Concurrency.GetAsync();
        Assert.That(handlers, Is.EqualTo(1));

        // The factory's timer is its own.
        DateTime end = DateTime.UtcNow.AddSeconds(30);
        while (handlers == 1 && DateTime.UtcNow < end)
        {
            await Task.Delay(200);
            await client.Concurrency.GetAsync();
        }

        Assert.That(handlers, Is.EqualTo(2), "the same client, a new handler");
    }

    [Test]
    public async Task AddRetell_WithoutResilience_custom_handler_retries()
    {
        using var handler = new StubHandler(() => StubHandler.Error(503), () => StubHandler.Json("{}"));
        var seen = new List<bool>();
        var services = new ServiceCollection();
        services.AddRetell(options =>
        {
            options.ApiKey = "key_di";
            options.WithoutResilience();
        }).ConfigurePrimaryHttpMessageHandler(() => handler).AddHttpMessageHandler(() => new RetryOnce(seen));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<RetellClient>().Concurrency.GetAsync();

        Assert.That(handler.Sent, Has.Count.EqualTo(2));
        Assert.That(seen, Is.EqualTo(new[] { true }));
    }

    [Test]
    public void AddRetell_invalid_arguments_throw()
    {
        var services = new ServiceCollection();

        Assert.That(() => services.AddRetell("", options => { }), Throws.ArgumentException);
        Assert.That(() => services.AddRetell((IConfiguration)null!), Throws.ArgumentNullException);
        Assert.That(() => RetellServiceCollectionExtensions.AddRetell(null!), Throws.ArgumentNullException);
    }

    private static IConfigurationSection Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>($"Retell:{setting.Key}", setting.Value)))
        .Build()
        .GetSection("Retell");

    private sealed class AddHeader(string name, string value) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add(name, value);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class RetryOnce(List<bool> seen) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add(RetellHttpRequest.IsRepeatable(request));
            HttpResponseMessage first = await base.SendAsync(request, cancellationToken);
            return first.IsSuccessStatusCode ? first : await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class ListProvider(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }

    [TestCase("true", true)]
    [TestCase("false", false)]
    public void AddRetell_AllowInsecureHttp_is_read_from_configuration(string value, bool isAllowed)
    {
        var services = new ServiceCollection();
        services.AddRetell(Configuration(("ApiKey", "key_c"), ("BaseUrl", "http://retell.internal"), ("AllowInsecureHttp", value)));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(
            () => provider.GetRequiredService<RetellClient>(),
            isAllowed ? Throws.Nothing : Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("AllowInsecureHttp"));
    }

    [Test]
    public void AddRetell_base_URL_with_password_is_not_echoed()
    {
        var services = new ServiceCollection();
        services.AddRetell(Configuration(("ApiKey", "key_c"), ("BaseUrl", "https://jane:s3cret@api.example.com")));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(
            () => provider.GetRequiredService<RetellClient>(),
            Throws.InstanceOf<RetellException>()
                .With.Message.Contains("The value \"https://***@api.example.com\" of the setting \"Retell:BaseUrl\"")
                .And.Message.Not.Contains("s3cret"));
    }
}
