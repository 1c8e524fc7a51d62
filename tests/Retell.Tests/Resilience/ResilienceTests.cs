using System.IO.Compression;
using System.Net;
using System.Security.Authentication;
using Microsoft.Extensions.Http.Resilience;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Resilience;

/// <summary>The pipeline and its options, the limits of a call, and what is known of a request that failed.</summary>
internal sealed class ResilienceTests
{
    private static readonly Thing s_body = new() { Id = "x" };

    private static IEnumerable<Exception> Doubtful =>
    [
        new HttpRequestException("x", new TimeoutRejectedException("x")),
        new TimeoutRejectedException("x"),
        new TimeoutException("x"),
        new HttpRequestException("x", new AuthenticationException("x")),
        new HttpRequestException("x", new BrokenCircuitException("x")),
        new HttpRequestException("x", new TimeoutException("x", new System.Net.Sockets.SocketException(111))),
    ];

    [TestCaseSource(nameof(Doubtful))]
    public async Task CreatePhoneCall_after_ambiguous_exception_is_not_retried(Exception failure)
    {
        using var handler = new StubHandler(() => throw failure);
        using RetellClient client = Client(handler);

        RetellException error = (await Assert.CatchAsync<RetellException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That(handler.Sent, Has.Count.EqualTo(1));
        Assert.That(error.Message, Does.Not.Contain("Nothing was sent").And.Contain("may have been processed"));
    }

    [Test]
    public async Task ConnectionException_after_earlier_sent_attempt_may_have_been_sent()
    {
        using var handler = new StubHandler(
            () => StubHandler.Error(503),
            () => throw new HttpRequestException("refused", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused)));
        using RetellClient client = Client(handler);

        RetellConnectionException error = (await Assert.CatchAsync<RetellConnectionException>(() => client.CallAsync(List, s_body)))!;

        Assert.That(error.MayHaveBeenSent, Is.True);
        Assert.That(error.Message, Does.Not.Contain("Nothing was sent"));
    }

    [Test]
    public async Task Delete_after_lost_response_treats_404_of_retry_as_success()
    {
        using var server = new RawServer(async (number, _, stream, token) =>
        {
            await RawServer.WriteAsync(stream, number == 1 ? "" : RawServer.Response(404, """{"message":"not found"}""", "Connection: close\r\n"), token);
            return false;
        });
        using RetellClient client = Client(server.Url);

        await client.VoidAsync(Delete);

        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void Delete_404_throws_RetellNotFoundException([Values] bool afterServerError)
    {
        using var handler = new StubHandler(attempt => StubHandler.Error(afterServerError && attempt == 1 ? 429 : 404));
        using RetellClient client = Client(handler);

        Assert.That(() => client.VoidAsync(Delete), Throws.InstanceOf<RetellNotFoundException>());
    }

    [Test]
    public async Task Upload_of_consumed_stream_reports_first_failure()
    {
        using var handler = new StubHandler(() => StubHandler.Error(500));
        using RetellClient client = Client(handler);

        RetellServerException error = (await Assert.CatchAsync<RetellServerException>(
            () => client.CallAsync(Upload, new Thing { File = RetellFile.FromStream(new OnceStream(), "a.txt") })))!;

        Assert.That(error.ErrorMessage, Does.Contain("500"));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [TestCase("Retry-After", "30")]
    [TestCase("retry-after-ms", "20001")]
    public void RetryAfter_longer_than_TotalTimeout_throws_immediately(string header, string value)
    {
        using var handler = new StubHandler(() => StubHandler.Error(429, (header, value)));
        using RetellClient client = Client(handler, configure: options => (options.TimeProvider, options.TotalTimeout) = (TimeProvider.System, TimeSpan.FromSeconds(20)));

        Assert.That(() => client.CallAsync(List, s_body), Throws.InstanceOf<RetellRateLimitException>().With.Property(nameof(RetellRateLimitException.RetryAfter)).Not.Null);
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public void RetryAfter_longer_than_remaining_TotalTimeout_throws_immediately()
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(429, ("Retry-After", "50")));
        using RetellClient client = Client(handler, time, options => options.TotalTimeout = TimeSpan.FromSeconds(95));

        Assert.That(() => client.CallAsync(List, s_body), Throws.InstanceOf<RetellRateLimitException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(2));
        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(50) }));
    }

    [Test]
    public async Task MaxResponseSize_exceeded_throws([Values("plain", "gzip")] string encoding)
    {
        using var handler = new StubHandler(() => Large(encoding, 3000));
        using RetellClient client = Client(handler, configure: options => options.MaxResponseSize = 2999);

        RetellException error = (await Assert.CatchAsync<RetellException>(() => client.CallAsync(Read)))!;

        Assert.That(error.Message, Does.Contain("larger than 2999 bytes").And.Contain("MaxResponseSize"));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task MaxResponseSize_reached_exactly_is_read([Values("plain", "gzip")] string encoding)
    {
        using var handler = new StubHandler(() => Large(encoding, 3000));
        using RetellClient client = Client(handler, configure: options => options.MaxResponseSize = 3000);

        Assert.That((await client.CallAsync(Read)).Id, Has.Length.EqualTo(3000 - """{"id":""}""".Length));
    }

    [Test]
    public async Task Dispose_with_injected_HttpClient_ends_call_without_retry([Values] bool isHttpClient)
    {
        using var server = RawServer.Silent(out Task reached);
        using var http = new HttpClient();
        using var handler = new SocketsHttpHandler();
        var client = new RetellClient(new RetellClientOptions
        {
            ApiKey = Key,
            BaseUrl = server.Url,
            HttpClient = isHttpClient ? http : null,
            HttpMessageHandler = isHttpClient ? null : handler,
        });
        Task<Thing> call = client.CallAsync(List, s_body);
        await reached;

        client.Dispose();

        Assert.That(async () => await call, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    /// <summary>The response of a request that is sent once is kept for its caller, but not where the caller reads it.</summary>
    [Test]
    public async Task RetellStream_of_non_repeatable_request_stays_open()
    {
        using var server = RawServer.Answering(RawServer.Response(200, "sound", "Connection: close\r\n"));
        using RetellClient client = Client(server.Url);

        using RetellStream stream = await client.Transport.InvokeStreamAsync(new Retell.Generated.ApiRequest(Dial).WithBody(s_body), null, default);

        Assert.That(await stream.ReadTextAsync(), Is.EqualTo("sound"));
    }

    [Test]
    public async Task Dispose_during_retry_delay_ends_call()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handler = new StubHandler(() =>
        {
            answered.TrySetResult();
            return StubHandler.Error(503, ("Retry-After", "50"));
        });
        var client = new RetellClient(new RetellClientOptions { ApiKey = Key, HttpMessageHandler = handler });
        Task<Thing> call = client.CallAsync(List, s_body);
        await answered.Task;

        client.Dispose();

        Assert.That(async () => await call, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public void RetellClientOptions_MaxRetries_and_timeouts_map_to_Resilience()
    {
        var options = new RetellClientOptions { MaxRetries = 5, Timeout = TimeSpan.FromSeconds(7), TotalTimeout = TimeSpan.FromSeconds(70) };
        Assert.That(options.Resilience.Retry.MaxRetryAttempts, Is.EqualTo(5));
        Assert.That(options.Resilience.AttemptTimeout.Timeout, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(options.Resilience.TotalRequestTimeout!.Timeout, Is.EqualTo(TimeSpan.FromSeconds(70)));

        options.Resilience = new RetellResilienceOptions();
        Assert.That((options.MaxRetries, options.Timeout, options.TotalTimeout), Is.EqualTo((2, TimeSpan.FromSeconds(60), (TimeSpan?)null)));
    }

    [Test]
    public async Task Retry_ShouldHandle_selects_which_failures_are_retried()
    {
        using var handler = new StubHandler(() => StubHandler.Error(404), () => StubHandler.Json("{}"), () => StubHandler.Error(503));
        using RetellClient client = Client(handler, configure: options =>
            options.Resilience.Retry.ShouldHandle = arguments => new(arguments.Outcome.Result?.StatusCode == HttpStatusCode.NotFound));

        await client.CallAsync(List, s_body);
        Assert.That(handler.Sent, Has.Count.EqualTo(2), "404 is retried");
        Assert.That(() => client.CallAsync(List, s_body), Throws.InstanceOf<RetellServerException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(3), "503 is not");
    }

    [Test]
    public void Retry_ShouldHandle_true_does_not_retry_CreatePhoneCall()
    {
        using var handler = new StubHandler(() => StubHandler.Error(500));
        using RetellClient client = Client(handler, configure: options => options.Resilience.Retry.ShouldHandle = _ => new(true));

        Assert.That(() => client.CallAsync(Dial, s_body), Throws.InstanceOf<RetellServerException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Retry_DelayGenerator_and_OnRetry_are_called()
    {
        var time = new TestTime();
        var retries = new List<(int Attempt, TimeSpan Delay, string? Operation)>();
        using var handler = new StubHandler(() => StubHandler.Error(503), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, time, options =>
        {
            options.Resilience.Retry.DelayGenerator = _ => new((TimeSpan?)TimeSpan.FromSeconds(3));
            options.Resilience.Retry.OnRetry = arguments =>
            {
                retries.Add((arguments.AttemptNumber, arguments.RetryDelay, arguments.Context.OperationKey));
                return default;
            };
        });

        await client.CallAsync(List, s_body);

        Assert.That(retries, Is.EqualTo(new[] { (0, TimeSpan.FromSeconds(3), "listThings") }));
        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(3) }));
    }

    [Test]
    public async Task CircuitBreaker_open_throws_and_sends_nothing()
    {
        using var handler = new StubHandler(() => StubHandler.Error(503));
        using RetellClient client = Client(handler, configure: options =>
        {
            options.MaxRetries = 0;
            options.Resilience.CircuitBreaker = new HttpCircuitBreakerStrategyOptions { MinimumThroughput = 2, FailureRatio = 0.5 };
        });
        for (int i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<RetellServerException>(() => client.CallAsync(List, s_body));
        }

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That(handler.Sent, Has.Count.EqualTo(2));
        Assert.That(error.MayHaveBeenSent, Is.False);
        Assert.That(error.Message, Does.Contain("circuit breaker is open").And.Contain("Nothing was sent"));
    }

    [Test]
    public async Task RateLimiter_is_shared_by_calls_with_own_MaxRetries()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new RawServer(async (_, _, stream, token) =>
        {
            await release.Task.WaitAsync(token);
            await RawServer.WriteAsync(stream, RawServer.Response(200, "{}", "Connection: close\r\n"), token);
            return false;
        });
        using RetellClient client = Client(server.Url, configure: options =>
            options.Resilience.RateLimiter = new HttpRateLimiterStrategyOptions { DefaultRateLimiterOptions = { PermitLimit = 1, QueueLimit = 0 } });
        Task<Thing> first = client.CallAsync(List, s_body);

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Dial, s_body, new RequestOptions { MaxRetries = 0 })))!;
        release.SetResult();
        await first;

        Assert.That(error.MayHaveBeenSent, Is.False);
        Assert.That(error.Message, Does.Contain("limiter"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void RetellClient_invalid_resilience_option_throws()
    {
        Assert.That(
            () => Create(options => options.Resilience.CircuitBreaker = new() { FailureRatio = 2 }),
            Throws.InstanceOf<RetellException>().With.Message.Contains("FailureRatio"));
        Assert.That(() => Create(options => options.Resilience.Retry.MaxRetryAttempts = -1), Throws.InstanceOf<ArgumentException>().With.Message.Contains("negative"));
        Assert.That(
            () => Create(options => options.Resilience.AttemptTimeout.Timeout = TimeSpan.Zero),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("more than zero"));

        static RetellClient Create(Action<RetellClientOptions> configure)
        {
            var options = new RetellClientOptions { ApiKey = Key };
            configure(options);
            return new RetellClient(options);
        }
    }

    private static HttpResponseMessage Large(string encoding, int size)
    {
        byte[] json = System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{new string('a', size - """{"id":""}""".Length)}}"}""");
        if (encoding == "plain")
        {
            return new HttpResponseMessage { Content = new ByteArrayContent(json) };
        }

        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(json);
        }

        return new HttpResponseMessage { Content = new ByteArrayContent(compressed.ToArray()) { Headers = { ContentEncoding = { "gzip" } } } };
    }

    private sealed class OnceStream() : MemoryStream("text"u8.ToArray())
    {
        public override bool CanSeek => false;
    }
}
