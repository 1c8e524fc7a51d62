using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.DependencyInjection;

/// <summary>The client in an application's container.</summary>
internal sealed class AddRetellTests
{
    [Test]
    public async Task The_client_sends_through_the_factory_with_the_options()
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
    public async Task Several_accounts_are_keyed_services()
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
    public void Configuration_sets_every_option()
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

    [TestCase("BaseUrl", "not a url", "Retell:BaseUrl")]
    [TestCase("Timeout", "20", "hh:mm:ss")]
    [TestCase("Timeout", "00:00:00", "more than zero")]
    [TestCase("MaxRetries", "many", "Retell:MaxRetries")]
    [TestCase("MaxRetries", "-1", "negative")]
    [TestCase("LogBodies", "perhaps", "Retell:LogBodies")]
    [TestCase("ApiKey", "key with space", "was not copied right")]
    public async Task A_wrong_setting_stops_the_start_with_its_name(string setting, string value, string message)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Retell:ApiKey"] = "key_c", [$"Retell:{setting}"] = value });
        builder.Services.AddRetell(builder.Configuration.GetSection("Retell"));
        using IHost host = builder.Build();

        Exception error = (await Assert.CatchAsync(() => host.StartAsync()))!;

        Assert.That(error.Message, Does.Contain(message).And.Not.Contain("key with space"));
    }

    [Test]
    public void What_contradicts_itself_stops_the_start()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddRetell("both", options =>
        {
            options.ApiKey = "key";
            options.HttpClient = new HttpClient();
            options.HttpMessageHandler = new HttpClientHandler();
        });
        using IHost host = builder.Build();

        Assert.That(() => host.StartAsync(), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("The client \"both\"").And.Message.Contains("not both"));
    }

    [Test]
    public async Task The_container_gives_the_log_and_the_clock()
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
    public async Task A_handler_lives_as_long_as_the_factory_says()
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
    public async Task A_handler_of_ones_own_can_take_over_retries()
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
    public void Arguments_that_cannot_be_meant_are_refused()
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

        Assert.That(() => provider.GetRequiredService<RetellClient>(), isAllowed ? Throws.Nothing : Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("AllowInsecureHttp"));
    }

    [Test]
    public void AddRetell_base_URL_with_password_is_not_echoed()
    {
        var services = new ServiceCollection();
        services.AddRetell(Configuration(("ApiKey", "key_c"), ("BaseUrl", "https://jane:s3cret@api.example.com")));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(
            () => provider.GetRequiredService<RetellClient>(),
            Throws.InstanceOf<RetellException>().With.Message.Contains("BaseUrl \"https://***@api.example.com\"").And.Message.Not.Contains("s3cret"));
    }
}
