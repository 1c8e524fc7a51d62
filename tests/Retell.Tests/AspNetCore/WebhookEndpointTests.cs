using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Retell.AspNetCore;
using Retell.Webhooks;

namespace Retell.Tests.AspNetCore;

/// <summary>The webhook endpoint, over a socket.</summary>
internal sealed class WebhookEndpointTests
{
    private const string Body = """{"event":"call_ended","call":{"call_type":"phone_call","call_id":"call_1","from_number":"+14155550100"}}""";

    private static IEnumerable<TestCaseData> WrongSignatures()
    {
        string valid = RetellWebhook.Sign(Body, WebhookApplication.Key);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        yield return new("", 401);
        yield return new("x", 401);
        yield return new("v=1,d=", 401);
        yield return new(valid[..^1], 401);
        yield return new(valid + "0", 401);
        yield return new(valid + "," + valid, 401);
        yield return new(RetellWebhook.Sign(Body, "key_b"), 401);
        yield return new(RetellWebhook.Sign(Body + " ", WebhookApplication.Key), 401);
        yield return new(RetellWebhook.Sign("\uFEFF" + Body, WebhookApplication.Key), 401);
        yield return new(RetellWebhook.Sign("", WebhookApplication.Key), 401);
        yield return new(RetellWebhook.Sign(Body, WebhookApplication.Key, now.AddMinutes(-6)), 401);
        yield return new(RetellWebhook.Sign(Body, WebhookApplication.Key, now.AddHours(1)), 401);
        yield return new(RetellWebhook.Sign(Body.Replace(":", ": ", StringComparison.Ordinal), WebhookApplication.Key), 401);
        yield return new(RetellWebhook.Sign(Body, WebhookApplication.Key.ToUpperInvariant()), 401);
        yield return new(valid.Replace(",d=", ", d=", StringComparison.Ordinal), 401);
        yield return new(valid[valid.IndexOf('d', StringComparison.Ordinal)..], 401);
        yield return new("Bearer " + WebhookApplication.Key, 401);
    }

    [TestCaseSource(nameof(WrongSignatures))]
    public async Task Webhook_with_a_wrong_signature_reaches_no_handler(string signature, int expected)
    {
        int handled = 0;
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<WebhookEvent>((_, _, _) => Task.FromResult(handled++)));

        (int status, string body) = await app.SendAsync(HttpMethod.Post, "/hook", Encoding.UTF8.GetBytes(Body), signature);

        Assert.That((status, body, handled), Is.EqualTo((expected, "", 0)));
        Assert.That(app.Log.Text, Does.Contain("signature").And.Not.Contain("+14155550100").And.Not.Contain(WebhookApplication.Key));
    }

    [TestCase("no JSON", 400)]
    [TestCase("", 400)]
    [TestCase("[]", 400)]
    [TestCase("[{\"event\":\"call_ended\"}]", 400)]
    [TestCase("\"text\"", 400)]
    [TestCase("null", 400)]
    [TestCase("{\"event\":", 400)]
    [TestCase("{\"event\":\"call_ended\"}{}", 400)]
    [TestCase("event=call_ended", 400)]
    [TestCase("<event>call_ended</event>", 400)]
    public async Task Webhook_with_a_signed_body_that_is_no_object_returns_400(string body, int expected)
    {
        int handled = 0;
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<WebhookEvent>((_, _, _) => Task.FromResult(handled++)));

        Assert.That((await app.PostAsync(body)).Status, Is.EqualTo(expected));
        Assert.That(handled, Is.Zero);
    }

    [Test]
    public async Task Webhook_that_is_too_large_compressed_or_has_another_method_reaches_no_handler()
    {
        int handled = 0;
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<WebhookEvent>((_, _, _) => Task.FromResult(handled++)));
        byte[] large = new byte[10 * 1024 * 1024];
        byte[] raw = Encoding.UTF8.GetBytes(Body);
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(raw);
        }

        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", large, chunked: true)).Status, Is.EqualTo(413));
        Assert.That(
            (await app.SendAsync(
                HttpMethod.Post, "/hook", zipped.ToArray(), RetellWebhook.Sign(raw, WebhookApplication.Key), headers: content => content.ContentEncoding.Add("gzip"))).Status,
            Is.EqualTo(401));
        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", zipped.ToArray(), headers: content => content.ContentEncoding.Add("gzip"))).Status, Is.EqualTo(400));
        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", large)).Status, Is.EqualTo(413));
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete, HttpMethod.Head, HttpMethod.Options])
        {
            Assert.That((await app.SendAsync(method, "/hook", raw)).Status, Is.EqualTo(405));
        }

        Assert.That(handled, Is.Zero);
    }

    [TestCase(null)]
    [TestCase("text/plain")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase("nonsense")]
    public async Task Webhook_with_an_odd_content_type_or_chunks_is_handled(string? contentType)
    {
        var handled = new ConcurrentQueue<string>();
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<CallEndedEvent>((webhook, _, _) =>
        {
            handled.Enqueue(webhook.Call.CallId!);
            return Task.CompletedTask;
        }));

        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", Encoding.UTF8.GetBytes(Body), contentType: contentType, chunked: true)).Status, Is.EqualTo(204));
        Assert.That(handled, Is.EqualTo(new[] { "call_1" }));
    }

    [Test]
    public async Task Webhook_with_a_signed_body_that_is_not_UTF_8_is_handled_with_replaced_characters()
    {
        string? handled = null;
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<CallEndedEvent>((webhook, _, _) => Task.FromResult(handled = webhook.Call.CallId)));

        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", Encoding.Latin1.GetBytes(Body.Replace("call_1", "é", StringComparison.Ordinal)))).Status, Is.EqualTo(204));
        Assert.That(handled, Is.EqualTo("\uFFFD"));
    }

    [TestCase("utf-8")]
    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    [TestCase("utf-32")]
    public async Task Webhook_with_a_signed_byte_order_mark_is_handled(string charset)
    {
        string? handled = null;
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<CallEndedEvent>((webhook, _, _) => Task.FromResult(handled = webhook.Call.CallId)));
        var encoding = Encoding.GetEncoding(charset);

        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", [.. encoding.GetPreamble(), .. encoding.GetBytes(Body)])).Status, Is.EqualTo(204));
        Assert.That(handled, Is.EqualTo("call_1"));
    }

    [Test]
    public async Task Webhooks_delivered_repeatedly_and_at_the_same_time_are_handled_once()
    {
        var handled = new ConcurrentDictionary<string, int>();
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<CallEndedEvent>((webhook, _, _) =>
        {
            handled.AddOrUpdate(webhook.Call.CallId!, 1, (_, count) => count + 1);
            return Task.CompletedTask;
        }));
        var statuses = new ConcurrentBag<int>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
            statuses.Add((await app.PostAsync(WebhookApplication.Ended($"call_{i % 400}"))).Status));

        Assert.That(statuses, Has.Count.EqualTo(1000).And.All.EqualTo(204));
        Assert.That(handled, Has.Count.EqualTo(400));
        Assert.That(handled.Values, Is.All.EqualTo(1));
    }

    [Test]
    public async Task Inline_handler_that_fails_returns_500_and_runs_again_and_the_others_do_not()
    {
        (int failing, int other) = (0, 0);
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks
            .On<CallEndedEvent>((_, _, _) => Task.FromResult(other++))
            .On<CallWebhookEvent>((_, _, _) => failing++ == 0 ? throw new InvalidOperationException("+14155550100") : Task.CompletedTask));

        int[] statuses = [(await app.PostAsync(Body)).Status, (await app.PostAsync(Body)).Status, (await app.PostAsync(Body)).Status];

        Assert.That(statuses, Is.EqualTo(new[] { 500, 204, 204 }));
        Assert.That((failing, other), Is.EqualTo((2, 1)));
        Assert.That(app.Log.Text, Does.Contain("InvalidOperationException").And.Not.Contain("+14155550100"));
    }

    [Test]
    public async Task Queued_handler_does_not_delay_the_response_and_shutdown_waits_for_the_queue()
    {
        var gate = new TaskCompletionSource();
        var handled = new ConcurrentQueue<string>();
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<CallEndedEvent>(
            async (webhook, _, _) =>
            {
                await gate.Task;
                handled.Enqueue(webhook.Call.CallId!);
            },
            Delivery.Queued));

        for (int i = 0; i < 50; i++)
        {
            Assert.That((await app.PostAsync(WebhookApplication.Ended($"call_{i}"))).Status, Is.EqualTo(204));
        }

        Assert.That(handled, Is.Empty);
        Task stop = app.App.StopAsync();
        gate.SetResult();
        await stop;
        Assert.That(handled.Order(), Is.EqualTo(Enumerable.Range(0, 50).Select(i => $"call_{i}").Order()));
    }

    [Test]
    public async Task Full_queue_returns_503_and_the_next_delivery_is_accepted()
    {
        var gate = new TaskCompletionSource();
        var started = new SemaphoreSlim(0);
        var settings = new Dictionary<string, string?>
        {
            ["Webhooks:SigningKeys:0"] = WebhookApplication.Key,
            ["Webhooks:QueueCapacity"] = "1",
            ["Webhooks:QueueConcurrency"] = "1",
        };
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks => webhooks.On<CallEndedEvent>(
                async (_, _, _) =>
                {
                    started.Release();
                    await gate.Task;
                },
                Delivery.Queued),
            settings: settings);

        Assert.That((await app.PostAsync(WebhookApplication.Ended("a"))).Status, Is.EqualTo(204));
        await started.WaitAsync();
        Assert.That((await app.PostAsync(WebhookApplication.Ended("b"))).Status, Is.EqualTo(204));
        Assert.That((await app.PostAsync(WebhookApplication.Ended("c"))).Status, Is.EqualTo(503));
        gate.SetResult();
        await started.WaitAsync();
        Assert.That((await app.PostAsync(WebhookApplication.Ended("c"))).Status, Is.EqualTo(204));
        await started.WaitAsync();
    }

    [Test]
    public async Task Signing_keys_are_read_for_each_request()
    {
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.OnUnhandled((_, _, _) => Task.CompletedTask));
        byte[] body = Encoding.UTF8.GetBytes(Body);
        string signature = RetellWebhook.Sign(body, "key_b");
        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", body, signature)).Status, Is.EqualTo(401));

        app.App.Configuration["Webhooks:SigningKeys:1"] = "key_b";
        ((IConfigurationRoot)app.App.Configuration).Reload();

        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", body, signature)).Status, Is.EqualTo(204));
        Assert.That((await app.PostAsync(Body)).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task Endpoint_takes_filters_rate_limits_and_hosts()
    {
        int filtered = 0;
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks => webhooks.OnUnhandled((_, _, _) => Task.CompletedTask),
            map =>
            {
                map.UseRateLimiter();
                map.MapRetellWebhooks("/filtered").AddEndpointFilter((context, next) =>
                {
                    filtered++;
                    return next(context);
                });
                map.MapRetellWebhooks("/limited").RequireRateLimiting("one");
                map.MapRetellWebhooks("/elsewhere").RequireHost("example.com");
            },
            services: services => services.AddRateLimiter(options => options.AddFixedWindowLimiter("one", one => (one.PermitLimit, one.Window) = (1, TimeSpan.FromDays(1)))));

        Assert.That((await app.PostAsync(Body, "/filtered")).Status, Is.EqualTo(204));
        Assert.That(filtered, Is.EqualTo(1));
        Assert.That((await app.PostAsync(Body, "/limited")).Status, Is.EqualTo(204));
        Assert.That((await app.PostAsync(Body, "/limited")).Status, Is.EqualTo(503));
        Assert.That((await app.PostAsync(Body, "/elsewhere")).Status, Is.EqualTo(404));
    }
}
