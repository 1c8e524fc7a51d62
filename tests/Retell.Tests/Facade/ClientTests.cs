using System.Diagnostics;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>How a client is made, what it owns, and what its options take.</summary>
[NonParallelizable]
internal sealed class ClientTests
{
    [TearDown]
    public void Clear()
    {
        Environment.SetEnvironmentVariable("RETELL_API_KEY", null);
        Environment.SetEnvironmentVariable("RETELL_BASE_URL", null);
    }

    [SetUp]
    public void Start() => Clear();

    [Test]
    public void RetellClient_without_api_key_throws()
    {
        Assert.That(() => new RetellClient(), Throws.InstanceOf<RetellException>().With.Message.Contains("RETELL_API_KEY").And.Message.Contains("new RetellClient("));
        Assert.That(() => new RetellClient(new RetellClientOptions { ApiKey = " " }), Throws.InstanceOf<RetellException>().With.Message.Contains("RETELL_API_KEY"));
        Assert.That(() => new RetellClient((RetellClientOptions)null!), Throws.ArgumentNullException);
    }

    [TestCase("", "is empty")]
    [TestCase(" ", "is empty")]
    [TestCase(null, "is null")]
    [TestCase("key x", "space")]
    public void RetellClient_invalid_key_throws_ArgumentException(string? key, string fault) =>
        Assert.That(() => new RetellClient(key!), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("apiKey").And.Message.Contains(fault));

    [TestCase("http://api.example.com")]
    [TestCase("http://10.0.0.1:8080")]
    [TestCase("http://localhost.example.com")]
    [TestCase("http://128.0.0.1")]
    [TestCase("http://[::2]")]
    public async Task BaseUrl_http_of_remote_host_throws_unless_AllowInsecureHttp(string url)
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        Assert.That(
            () => Client(handler, configure: options => options.BaseUrl = new Uri(url)),
            Throws.InstanceOf<RetellException>().With.Message.Contains("AllowInsecureHttp").And.Message.Contains("https"));
        Environment.SetEnvironmentVariable("RETELL_BASE_URL", url);
        Assert.That(() => new RetellClient("key_x"), Throws.InstanceOf<RetellException>().With.Message.Contains("AllowInsecureHttp"));

        // In any order.
        using RetellClient client = Client(handler, configure: options => (options.AllowInsecureHttp, options.BaseUrl) = (true, new Uri(url)));
        await client.CallAsync(Read);

        Assert.That(handler.Sent.Single().Uri, Is.EqualTo(new Uri(new Uri(url), "/get-thing/thing_1")));
    }

    [TestCase("http://localhost")]
    [TestCase("http://LOCALHOST:8080")]
    [TestCase("http://retell.localhost")]
    [TestCase("http://127.0.0.1:5000")]
    [TestCase("http://127.8.9.10")]
    [TestCase("http://[::1]:8080")]
    public void BaseUrl_http_of_loopback_host_is_allowed(string url)
    {
        using var client = new RetellClient(new RetellClientOptions { ApiKey = "key_x", BaseUrl = new Uri(url) });

        Assert.That(client.BaseUrl, Is.EqualTo(new Uri(url)));
    }

    [TestCase("https://jane:s3cret@api.example.com")]
    [TestCase("https://jane:s3cret@api.example.com/v2?a=b@c")]
    [TestCase("https://s3cret@api.example.com")]
    [TestCase("jane:s3cret@api.example.com")]
    [TestCase("//jane:s3cret@[")]
    public void BaseUrl_with_password_is_not_echoed(string url)
    {
        var options = new RetellClientOptions();
        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? absolute))
        {
            ArgumentException direct = Assert.Throws<ArgumentException>(() => options.BaseUrl = absolute)!;
            Assert.That(direct.ToString(), Does.Not.Contain("s3cret").And.Contain("***@"));
        }

        Environment.SetEnvironmentVariable("RETELL_BASE_URL", url);
        RetellException environment = Assert.Throws<RetellException>(() => _ = new RetellClient("key_x"))!;
        Assert.That(environment.ToString(), Does.Not.Contain("s3cret").And.Contain("RETELL_BASE_URL").And.Contain("***@"));
        Assert.That(options.ToString(), Does.Not.Contain("s3cret"));
    }

    [Test]
    public async Task DefaultHeaders_Authorization_is_masked_in_errors_and_logs([Values] bool isAlsoPerRequest)
    {
        const string Default = "default_5ecret", Own = "own_5ecret";
        var log = new CapturedLog();
        using var handler = new StubHandler(() => StubHandler.Json($$"""{"message":"bad: {{Default}} {{Own}} {{Key}}"}""", 400, ("X-Echo", Default + Own)));
        using RetellClient client = Client(handler, configure: options =>
        {
            options.DefaultHeaders["authorization"] = "Bearer " + Default;
            options.LoggerFactory = log;
            options.LogBodies = true;
        });
        RetellResponse? response = null;
        var request = new RequestOptions { ResponseReceived = received => response = received };
        if (isAlsoPerRequest)
        {
            request.Headers["Authorization"] = "Bearer " + Own;
        }

        RetellException failure = (await Assert.ThrowsAsync<RetellBadRequestException>(() => client.CallAsync(Read, options: request)))!;

        Assert.That(handler.Sent[0].Headers["Authorization"], Is.EqualTo("Bearer " + (isAlsoPerRequest ? Own : Default)));
        string shown = string.Join("\n", [failure.ToString(), ((RetellApiException)failure).RawBody, .. response!.Headers.SelectMany(header => header.Value), .. log.Lines]);
        Assert.That(shown, Does.Not.Contain(Default).And.Not.Contain(Key).And.Contain("***"));
        Assert.That(shown.Contains(Own, StringComparison.Ordinal), Is.Not.EqualTo(isAlsoPerRequest));
    }

    [Test]
    public void RetellClient_resources_read_by_many_threads_are_one_instance()
    {
        for (int round = 0; round < 50; round++)
        {
            using var client = new RetellClient("key_x");
            using var start = new Barrier(4);
            var seen = new System.Collections.Concurrent.ConcurrentBag<(CallsResource, Retell.Generated.RetellRaw, Retell.Generated.CallsClient)>();
            Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                seen.Add((client.Calls, client.Raw, client.Raw.Calls));
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());

            Assert.That(seen.Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task RetellClient_without_options_reads_api_key_and_base_url_from_environment()
    {
        using var server = RawServer.Answering(RawServer.Response(200, "{}"));
        Environment.SetEnvironmentVariable("RETELL_API_KEY", "key_env\n");
        Environment.SetEnvironmentVariable("RETELL_BASE_URL", server.Url + "prefix/");
        using var client = new RetellClient();

        await client.CallAsync(Read);

        Assert.That(server.Requests[0], Does.StartWith("GET /prefix/get-thing/thing_1 HTTP/1.1\r\n").And.Contain("Authorization: Bearer key_env\r\n"));
    }

    [Test]
    public async Task RetellClient_options_override_environment_variables()
    {
        Environment.SetEnvironmentVariable("RETELL_API_KEY", "key_env");
        Environment.SetEnvironmentVariable("RETELL_BASE_URL", "https://env.invalid");
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, configure: options =>
        {
            options.ApiKey = " key_own ";
            options.BaseUrl = new Uri("https://own.invalid");
        });

        await client.CallAsync(Read);

        Assert.That(handler.Sent[0].Uri, Is.EqualTo(new Uri("https://own.invalid/get-thing/thing_1")));
        Assert.That(handler.Sent[0].Headers["Authorization"], Is.EqualTo("Bearer key_own"));
    }

    [Test]
    public void BaseUrl_default_is_api_retellai_com()
    {
        using var client = new RetellClient("key_x");

        Assert.That(client.BaseUrl, Is.EqualTo(new Uri("https://api.retellai.com")));
    }

    [TestCase("RETELL_BASE_URL", "api.retellai.com")]
    [TestCase("RETELL_BASE_URL", "ftp://api.retellai.com")]
    [TestCase("RETELL_API_KEY", "key x")]
    public void RetellClient_invalid_environment_variable_throws_and_names_variable(string variable, string value)
    {
        Environment.SetEnvironmentVariable("RETELL_API_KEY", "key_x");
        Environment.SetEnvironmentVariable(variable, value);

        Assert.That(() => new RetellClient(), Throws.InstanceOf<RetellException>().With.Message.Contains(variable));
    }

    [TestCase("https://x.invalid")]
    [TestCase("https://x.invalid/")]
    public async Task BaseUrl_with_slash_or_path_prefix_is_joined_with_path(string host)
    {
        foreach ((string prefix, string path) in new[] { ("", ""), (host.EndsWith('/') ? "a/b" : "/a/b", "/a/b"), (host.EndsWith('/') ? "a/b/" : "/a/b/", "/a/b") })
        {
            using var handler = new StubHandler(() => StubHandler.Json("{}"));
            using RetellClient client = Client(handler, configure: options => options.BaseUrl = new Uri(host + prefix));

            await client.CallAsync(Read);

            Assert.That(handler.Sent[0].Uri.AbsoluteUri, Is.EqualTo($"https://x.invalid{path}/get-thing/thing_1"));
        }
    }

    [Test]
    public void RetellClientOptions_invalid_value_throws_when_set()
    {
        var options = new RetellClientOptions();

        Assert.Multiple(() =>
        {
            Assert.That(() => options.ApiKey = "key\r\nX: y", Throws.ArgumentException.With.Message.Not.Contains("X: y"));
            Assert.That(() => options.ApiKey = "kéy", Throws.ArgumentException);
            Assert.That(() => options.ApiKey = "\"key\"", Throws.ArgumentException);
            Assert.That(() => options.BaseUrl = new Uri("/v2", UriKind.Relative), Throws.ArgumentException.With.Message.Contains("absolute"));
            Assert.That(() => options.BaseUrl = new Uri("ws://x"), Throws.ArgumentException);
            Assert.That(() => options.BaseUrl = new Uri("https://x?y=z"), Throws.ArgumentException);
            Assert.That(() => options.BaseUrl = new Uri("https://user@x"), Throws.ArgumentException);
            Assert.That(() => options.Timeout = TimeSpan.Zero, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("InfiniteTimeSpan"));
            Assert.That(() => options.Timeout = TimeSpan.MaxValue, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => options.TotalTimeout = TimeSpan.FromSeconds(-5), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => options.MaxRetries = -1, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("negative"));
            Assert.That(() => options.Resilience = null!, Throws.ArgumentNullException);
            Assert.That(() => options.MaxResponseSize = 0, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => options.Timeout = Timeout.InfiniteTimeSpan, Throws.Nothing);
            Assert.That(() => options.TotalTimeout = null, Throws.Nothing);
        });
    }

    [TestCase("a b", "x")]
    [TestCase("", "x")]
    [TestCase("a:b", "x")]
    [TestCase("a", "x\r\nb: y")]
    [TestCase("a", "ü")]
    public void Headers_invalid_name_or_value_throws(string name, string value)
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(() => Client(handler, configure: options => options.DefaultHeaders[name] = value), Throws.ArgumentException);
        Assert.That(() => client.CallAsync(Read, options: new RequestOptions { Headers = { [name] = value } }), Throws.ArgumentException);
        Assert.That(handler.Sent, Is.Empty);
    }

    [Test]
    public void RequestOptions_invalid_timeout_or_retries_throws()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Read, options: new RequestOptions { Timeout = TimeSpan.Zero }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => client.CallAsync(Read, options: new RequestOptions { MaxRetries = -1 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void RetellClient_HttpClient_and_handler_together_throw()
    {
        using var http = new HttpClient();
        using var handler = new StubHandler(() => StubHandler.Json("{}"));

        Assert.That(() => new RetellClient(new RetellClientOptions { ApiKey = "k", HttpClient = http, HttpMessageHandler = handler }),
            Throws.InstanceOf<RetellException>().With.Message.Contains("HttpClient and HttpMessageHandler are both set"));
    }

    [Test]
    public async Task RetellClient_injected_HttpClient_is_not_disposed_or_changed()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using var http = new HttpClient(handler, disposeHandler: false);
        Client(handler).Dispose();
        using (RetellClient client = Client(handler, configure: options => (options.HttpMessageHandler, options.HttpClient) = (null, http)))
        {
            await client.CallAsync(Read);
        }

        Assert.That(handler.IsDisposed, Is.False);
        Assert.That((await http.GetAsync(new Uri("http://x.invalid"))).IsSuccessStatusCode, Is.True);
        Assert.That(http.DefaultRequestHeaders, Is.Empty);
        Assert.That(http.Timeout, Is.EqualTo(TimeSpan.FromSeconds(100)));
        Assert.That(http.BaseAddress, Is.Null);
    }

    [Test]
    public async Task RetellClientOptions_changes_after_construction_are_ignored()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        RetellClientOptions? mine = null;
        using RetellClient client = Client(handler, configure: options =>
        {
            mine = options;
            options.DefaultHeaders["X-A"] = "1";
        });
        mine!.ApiKey = "key_other";
        mine.DefaultHeaders["X-A"] = "2";

        await client.CallAsync(Read);

        Assert.That(handler.Sent[0].Headers["Authorization"], Is.EqualTo("Bearer " + Key));
        Assert.That(handler.Sent[0].Headers["X-A"], Is.EqualTo("1"));
    }

    [Test]
    public void RetellClient_ToString_does_not_contain_api_key()
    {
        var options = new RetellClientOptions { ApiKey = Key };
        using var client = new RetellClient(options);

        Assert.That(options.ToString(), Does.Not.Contain(Key).And.Contain("***"));
        Assert.That(client.ToString(), Is.EqualTo("RetellClient (https://api.retellai.com/)"));
        Assert.That(typeof(RetellClient).GetCustomAttributes(typeof(DebuggerDisplayAttribute), true), Is.Empty);
    }

    private sealed class CapturedLog : Microsoft.Extensions.Logging.ILoggerFactory, Microsoft.Extensions.Logging.ILogger
    {
        public List<string> Lines { get; } = [];

        public void AddProvider(Microsoft.Extensions.Logging.ILoggerProvider provider)
        {
        }

        public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel,
            Microsoft.Extensions.Logging.EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }

    [Test]
    public async Task RetellClient_sequential_requests_reuse_connection()
    {
        using var server = new RawServer(async (_, _, stream, token) =>
        {
            await RawServer.WriteAsync(stream, RawServer.Response(200, "{}"), token);
            return true;
        });
        using RetellClient client = Client(server.Url);
        for (int i = 0; i < 5; i++)
        {
            await client.CallAsync(Read);
        }

        Assert.That(server.Requests, Has.Count.EqualTo(5));
        Assert.That(server.Connections, Is.EqualTo(1));
    }
}
