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
    public async Task What_dials_is_sent_once_when_nobody_knows([Values(408, 409, 500, 502, 503, 504)] int status)
    {
        using var handler = new StubHandler(() => StubHandler.Error(status));
        using RetellClient client = Client(handler);

        RetellApiException error = await Assert.ThrowsAsync(Is.InstanceOf<RetellApiException>(), () => client.CallAsync(Dial, s_body)) as RetellApiException ?? throw new AssertionException("");

        Assert.That((int)error.StatusCode, Is.EqualTo(status));
        Assert.That(error.Attempts, Is.EqualTo(1));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_repeatable_is_repeated([Values(408, 409, 429, 500, 502, 503, 504)] int status)
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
    public void Other_answers_are_final([Values(301, 400, 401, 402, 403, 404, 412, 422)] int status)
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
    public async Task A_429_is_repeated_for_every_operation_when_the_server_says(string header, string value, double seconds)
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(429, (header, value)), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, time);

        await client.CallAsync(Dial, s_body);

        Assert.That(handler.Sent, Has.Count.EqualTo(2));
        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(seconds) }));
    }

    [Test]
    public async Task The_most_exact_header_wins()
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(429, ("RateLimit-Reset", "9"), ("Retry-After", "7"), ("retry-after-ms", "10")), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, time);

        await client.CallAsync(Dial, s_body);

        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromMilliseconds(10) }));
    }

    [Test]
    public async Task A_429_gives_up_after_two_retries()
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
    public async Task A_wait_of_more_than_a_minute_is_left_to_the_caller(string header, string value, double seconds)
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
    public async Task A_wait_that_makes_no_sense_becomes_the_usual_one(string header, string value)
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(429, (header, value)), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, time, options => options.Resilience.Retry.Randomizer = () => 0);

        await client.CallAsync(Dial, s_body);

        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(0.5) }));
    }

    [Test]
    public async Task The_reset_of_the_rate_limit_says_nothing_about_other_errors()
    {
        var time = new TestTime();
        using var handler = new StubHandler(() => StubHandler.Error(500, ("RateLimit-Reset", "9")), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, time, options => options.Resilience.Retry.Randomizer = () => 0);

        await client.CallAsync(List, s_body);

        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(0.5) }));
    }

    [TestCase(0, new[] { 0.5, 1, 2, 4, 8, 8 })]
    [TestCase(1, new[] { 0.375, 0.75, 1.5, 3, 6, 6 })]
    public async Task Waits_double_up_to_8_s_less_a_quarter_at_most(double random, double[] seconds)
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
    public async Task Waits_differ()
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
    public void The_server_may_forbid_a_retry([Values(429, 500, 503)] int status)
    {
        using var handler = new StubHandler(() => StubHandler.Error(status, ("x-should-retry", "false")));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(List, s_body), Throws.InstanceOf<RetellApiException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ShouldRetry_true_retries_a_repeatable_operation([Values(400, 500)] int status)
    {
        using var handler = new StubHandler(() => StubHandler.Error(status, ("x-should-retry", "true")), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.CallAsync(List, s_body);

        Assert.That(handler.Sent, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ShouldRetry_true_does_not_retry_a_dial([Values(400, 500)] int status)
    {
        using var handler = new StubHandler(() => StubHandler.Error(status, ("x-should-retry", "true")), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        RetellApiException error = (await Assert.CatchAsync<RetellApiException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That((int)error.StatusCode, Is.EqualTo(status));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_success_is_never_repeated()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}", 201, ("x-should-retry", "true"), ("Retry-After", "1")));
        using RetellClient client = Client(handler);

        await client.CallAsync(List, s_body);

        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [TestCase(0, 1)]
    [TestCase(1, 2)]
    [TestCase(5, 6)]
    public void A_call_can_have_a_number_of_retries_of_its_own(int retries, int attempts)
    {
        using var handler = new StubHandler(() => StubHandler.Error(500));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Read, options: new RequestOptions { MaxRetries = retries }), Throws.InstanceOf<RetellServerException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(attempts));
    }

    [Test]
    public async Task What_dials_is_sent_once_when_the_connection_drops_after_reading()
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
    public async Task What_charges_without_a_body_is_sent_once_when_an_old_connection_drops()
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
    public async Task What_is_repeatable_survives_drops_and_cut_answers()
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
    public async Task What_dials_is_sent_once_when_the_answer_breaks_off(string answer)
    {
        using var server = RawServer.Answering(answer);
        using RetellClient client = Client(server.Url);

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That(error.MayHaveBeenSent, Is.True);
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_refused_connection_is_tried_again_by_every_operation()
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
    public async Task A_name_that_does_not_exist_is_tried_again_by_every_operation()
    {
        using RetellClient client = Client(new Uri("https://nobody.invalid"));

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Dial, s_body)))!;

        Assert.That(error.MayHaveBeenSent, Is.False);
        Assert.That(error.Attempts, Is.EqualTo(3));
        Assert.That(error.Message, Does.Contain("nobody.invalid"));
    }

    [Test]
    public async Task A_certificate_that_nobody_trusts_is_tried_again_by_every_operation()
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
    public async Task In_doubt_it_was_sent(SocketError code)
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
    public void The_socket_says_that_nothing_was_sent(SocketError code)
    {
        using var handler = new StubHandler(() => throw new HttpRequestException("broken", new SocketException((int)code)));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Dial, s_body), Throws.InstanceOf<RetellConnectionException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_bug_in_a_handler_is_not_repeated_and_not_hidden()
    {
        using var handler = new StubHandler(() => throw new NotImplementedException("bug"));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Read), Throws.InstanceOf<NotImplementedException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Answers_that_are_not_used_are_given_back()
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
