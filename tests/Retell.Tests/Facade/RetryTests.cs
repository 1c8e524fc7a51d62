using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Retell.Generated;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>Never dial twice, and repeat all that may be repeated.</summary>
internal sealed class RetryTests
{
    private static readonly Thing s_body = new() { Id = "x" };

    [Test]
    public async Task CreatePhoneCall_after_error_status_is_not_retried([Values(408, 409, 500, 502, 503, 504)] int status)
    {
        using var handler = new StubHandler(() => StubHandler.Error(status));
        using RetellClient client = Client(handler);

        RetellApiException error = await Assert.ThrowsAsync(Is.InstanceOf<RetellApiException>(), () => client.CallAsync(Dial, s_body)) as RetellApiException
            ?? throw new AssertionException("");

        Assert.That((int)error.StatusCode, Is.EqualTo(status));
        Assert.That(error.Attempts, Is.EqualTo(1));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ListThings_after_retryable_status_is_retried([Values(408, 409, 429, 500, 502, 503, 504)] int status)
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(status), () => StubHandler.Error(status), () => StubHandler.Json("""{"id":"a"}"""));
        using RetellClient client = Client(handler, time);

        Thing thing = await client.CallAsync(List, s_body);

        Assert.That(thing.Id, Is.EqualTo("a"));
        Assert.That(handler.Sent.Select(sent => sent.Body), Is.EqualTo(Enumerable.Repeat("""{"type":"thing","id":"x"}""", 3)));
        Assert.That(time.Waits, Has.Count.EqualTo(2));
    }

    [Test]
    public void ListThings_after_other_error_status_is_not_retried([Values(301, 400, 401, 402, 403, 404, 412, 422)] int status)
    {
        using var handler = new StubHandler(() => StubHandler.Error(status));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(List, s_body), Throws.InstanceOf<RetellApiException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [TestCase("Retry-After", "7", 7)]
    [TestCase("Retry-After", "1.5", 1.5)]
    [TestCase("Retry-After", "Sat, 21 Nov 2026 08:00:20 GMT", 20)]
    [TestCase("retry-after-ms", "250", 0.25)]
    [TestCase("RateLimit-Reset", "9", 9)]
    [TestCase("Retry-After", "60", 60)]
    public async Task CreatePhoneCall_after_429_waits_for_time_in_header_and_retries(string header, string value, double seconds)
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(429, (header, value)), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, time);

        await client.CallAsync(Dial, s_body);

        Assert.That(handler.Sent, Has.Count.EqualTo(2));
        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(seconds) }));
    }

    [Test]
    public async Task Retry_delay_prefers_retry_after_ms_header()
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(429, ("RateLimit-Reset", "9"), ("Retry-After", "7"), ("retry-after-ms", "10")), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, time);

        await client.CallAsync(Dial, s_body);

        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromMilliseconds(10) }));
    }

    [Test]
    public async Task CreatePhoneCall_after_repeated_429_stops_after_two_retries()
    {
        using var handler = new StubHandler(() => StubHandler.Error(429, ("Retry-After", "3")));
        using RetellClient client = Client(handler);

        RetellRateLimitException error = (await Assert.ThrowsAsync<RetellRateLimitException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That(error.Attempts, Is.EqualTo(3));
        Assert.That(error.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(handler.Sent, Has.Count.EqualTo(3));
    }

    [TestCase("Retry-After", "61", 61)]
    [TestCase("Retry-After", "86400", 86400)]
    [TestCase("RateLimit-Reset", "120", 120)]
    [TestCase("Retry-After", "Sat, 21 Nov 2026 09:00:00 GMT", 3600)]
    public async Task Retry_after_longer_than_one_minute_throws_without_retry(string header, string value, double seconds)
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(429, (header, value)));
        using RetellClient client = Client(handler, time);

        RetellRateLimitException error = (await Assert.ThrowsAsync<RetellRateLimitException>(() => client.CallAsync(List, s_body)))!;

        Assert.That(error.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        Assert.That(error.Message, Does.Contain(FormattableString.Invariant($"Wait {seconds} s before the next request.")));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
        Assert.That(time.Waits, Is.Empty);
    }

    [TestCase("Retry-After", "0")]
    [TestCase("Retry-After", "-5")]
    [TestCase("Retry-After", "soon")]
    [TestCase("Retry-After", "NaN")]
    [TestCase("Retry-After", "Sat, 21 Nov 2020 08:00:20 GMT")]
    [TestCase("retry-after-ms", "")]
    public async Task Retry_after_invalid_uses_default_delay(string header, string value)
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(429, (header, value)), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, time, options => options.Resilience.Retry.Randomizer = () => 0);

        await client.CallAsync(Dial, s_body);

        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(0.5) }));
    }

    [Test]
    public async Task RateLimit_Reset_on_500_is_ignored()
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(500, ("RateLimit-Reset", "9")), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, time, options => options.Resilience.Retry.Randomizer = () => 0);

        await client.CallAsync(List, s_body);

        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(0.5) }));
    }

    [TestCase(0, new[] { 0.5, 1, 2, 4, 8, 8 })]
    [TestCase(1, new[] { 0.375, 0.75, 1.5, 3, 6, 6 })]
    public async Task Retry_delay_doubles_up_to_8_seconds_with_25_percent_jitter(double random, double[] seconds)
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(500));
        using RetellClient client = Client(handler, time, options =>
        {
            options.Resilience.Retry.Randomizer = () => random;
            options.MaxRetries = 6;
        });

        RetellServerException error = (await Assert.ThrowsAsync<RetellServerException>(() => client.CallAsync(Read)))!;

        Assert.That(error.Attempts, Is.EqualTo(7));
        Assert.That(time.Waits, Is.EqualTo(seconds.Select(TimeSpan.FromSeconds)));
    }

    [Test]
    public async Task Retry_delay_is_jittered()
    {
        var time = new TestTime();
        using var handler = new StubHandler(attempt => attempt % 2 == 1 ? StubHandler.Error(500) : StubHandler.Json("{}"));
        using RetellClient client = Client(handler, time);
        for (int i = 0; i < 20; i++)
        {
            await client.CallAsync(Read);
        }

        Assert.That(time.Waits, Has.All.InRange(TimeSpan.FromSeconds(0.375), TimeSpan.FromSeconds(0.5)));
        Assert.That(time.Waits.Distinct().Count(), Is.GreaterThan(10));
    }

    [Test]
    public void ShouldRetry_false_prevents_retry([Values(429, 500, 503)] int status)
    {
        using var handler = new StubHandler(() => StubHandler.Error(status, ("x-should-retry", "false")));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(List, s_body), Throws.InstanceOf<RetellApiException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ShouldRetry_true_retries_repeatable_operation([Values(400, 500)] int status)
    {
        using var handler = new StubHandler(() => StubHandler.Error(status, ("x-should-retry", "true")), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.CallAsync(List, s_body);

        Assert.That(handler.Sent, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ShouldRetry_true_does_not_retry_CreatePhoneCall([Values(400, 500)] int status)
    {
        using var handler = new StubHandler(() => StubHandler.Error(status, ("x-should-retry", "true")), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        RetellApiException error = (await Assert.CatchAsync<RetellApiException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That((int)error.StatusCode, Is.EqualTo(status));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Success_with_x_should_retry_is_not_retried()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}", 201, ("x-should-retry", "true"), ("Retry-After", "1")));
        using RetellClient client = Client(handler);

        await client.CallAsync(List, s_body);

        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [TestCase(0, 1)]
    [TestCase(1, 2)]
    [TestCase(5, 6)]
    public void RequestOptions_MaxRetries_sets_number_of_attempts(int retries, int attempts)
    {
        using var handler = new StubHandler(() => StubHandler.Error(500));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Read, options: new RequestOptions { MaxRetries = retries }), Throws.InstanceOf<RetellServerException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(attempts));
    }

    [Test]
    public async Task CreatePhoneCall_after_dropped_connection_is_not_retried()
    {
        using var server = RawServer.Dropping();
        using RetellClient client = Client(server.Url);

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That(server.Requests, Has.Count.EqualTo(1));
        Assert.That(error.MayHaveBeenSent, Is.True);
        Assert.That(error.Attempts, Is.EqualTo(1));
        Assert.That(error.Message, Does.Contain("createPhoneCall").And.Contain("may have been processed"));
    }

    /// <summary>The handler of .NET would send it again by itself when the connection is not new and there is no body.</summary>
    [Test]
    public async Task RerunAnalysis_on_reused_connection_that_drops_is_not_retried()
    {
        using var server = new RawServer(async (number, _, stream, token) =>
        {
            if (number > 1)
            {
                return false;
            }

            await RawServer.WriteAsync(stream, RawServer.Response(200, "{}"), token);
            return true;
        });
        using RetellClient client = Client(server.Url);
        await client.CallAsync(Read);

        Assert.That(() => client.CallAsync(Rerun), Throws.InstanceOf<RetellConnectionException>());

        Assert.That(server.Requests, Has.Count.EqualTo(2));
        Assert.That(server.Connections, Is.EqualTo(1));
        Assert.That(server.Requests[1], Does.Contain("Content-Length: 0").And.Not.Contain("Content-Type"));
    }

    [Test]
    public async Task ListThings_after_dropped_connection_or_truncated_response_is_retried()
    {
        using var server = new RawServer(async (number, _, stream, token) =>
        {
            string answer = number switch
            {
                1 => "",
                2 => RawServer.Response(200, """{"id":"a""", length: 20),
                _ => RawServer.Response(200, """{"id":"a"}"""),
            };
            await RawServer.WriteAsync(stream, answer, token);
            return false;
        });
        using RetellClient client = Client(server.Url);

        Thing thing = await client.CallAsync(List, s_body);

        Assert.That(thing.Id, Is.EqualTo("a"));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"id\":")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Le")]
    public async Task CreatePhoneCall_after_truncated_response_is_not_retried(string answer)
    {
        using var server = RawServer.Answering(answer);
        using RetellClient client = Client(server.Url);

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That(error.MayHaveBeenSent, Is.True);
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CreatePhoneCall_after_refused_connection_is_retried()
    {
        var time = new TestTime();
        using RetellClient client = Client(RawServer.Refusing(), time);

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That(error.MayHaveBeenSent, Is.False);
        Assert.That(error.Attempts, Is.EqualTo(3));
        Assert.That(error.Message, Does.Contain("could not connect to http://127.0.0.1").And.Contain("Nothing was sent"));
        Assert.That(time.Waits, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task CreatePhoneCall_after_unknown_host_is_retried()
    {
        using RetellClient client = Client(new Uri("https://nobody.invalid"));

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That(error.MayHaveBeenSent, Is.False);
        Assert.That(error.Attempts, Is.EqualTo(3));
        Assert.That(error.Message, Does.Contain("nobody.invalid"));
    }

    [Test]
    public async Task CreatePhoneCall_after_untrusted_certificate_is_retried()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var server = new RawServer((_, _, _, _) => Task.FromResult(false), async (stream, token) =>
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, token);
            return tls;
        });
        using RetellClient client = Client(new Uri($"https://127.0.0.1:{server.Port}"));

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That(error.MayHaveBeenSent, Is.False);
        Assert.That(server.Connections, Is.EqualTo(3));
        Assert.That(server.Requests, Is.Empty);
        Assert.That(error.Message, Does.Contain("certificate"));
    }

    [TestCase(SocketError.ConnectionReset)]
    [TestCase(SocketError.TimedOut)]
    [TestCase(SocketError.HostUnreachable)]
    public async Task CreatePhoneCall_after_ambiguous_socket_error_is_not_retried(SocketError code)
    {
        using var handler = new StubHandler(() => throw new HttpRequestException("broken", new IOException("broken", new SocketException((int)code))));
        using RetellClient client = Client(handler);

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That(error.MayHaveBeenSent, Is.True);
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    /// <summary>An injected handler may not say more than the exception of the socket.</summary>
    [TestCase(SocketError.ConnectionRefused)]
    [TestCase(SocketError.HostNotFound)]
    [TestCase(SocketError.TryAgain)]
    public void CreatePhoneCall_after_socket_error_before_sending_is_retried(SocketError code)
    {
        using var handler = new StubHandler(() => throw new HttpRequestException("broken", new SocketException((int)code)));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Dial, s_body), Throws.InstanceOf<RetellConnectionException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(3));
    }

    [Test]
    public void Handler_exception_is_rethrown_and_not_retried()
    {
        using var handler = new StubHandler(() => throw new NotImplementedException("bug"));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Read), Throws.InstanceOf<NotImplementedException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Responses_of_failed_attempts_are_disposed()
    {
        var bodies = new List<TrackedStream>();
        using var handler = new StubHandler(attempt =>
        {
            bodies.Add(new TrackedStream());
            return new HttpResponseMessage(attempt < 3 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK) { Content = new StreamContent(bodies[^1]) };
        });
        using RetellClient client = Client(handler);

        await client.CallAsync(Read);

        Assert.That(bodies.Select(body => body.IsDisposed), Is.EqualTo(new[] { true, true, true }));
    }

    private sealed class TrackedStream() : MemoryStream("{}"u8.ToArray())
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
