using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Retell.AspNetCore;
using Retell.Tests.Support;
using Retell.Webhooks;

namespace Retell.Tests.AspNetCore;

/// <summary>Deliveries of the same event.</summary>
internal sealed class DuplicateTests
{
    private const string Transfer =
        """{"event":"transfer_started","call":{"call_type":"phone_call","call_id":"a","start_timestamp":1},"transfer_destination":{"number":"+14155550100"}}""";

    [TestCase("""{"event":"call_ended","call":{"call_type":"phone_call","call_id":"a"}}""", 1)]
    [TestCase("""{"event":"chat_ended","chat":{"chat_id":"a"}}""", 1)]
    [TestCase("""{"event":"alert_triggered","alert":{"alert_incident_id":"a"}}""", 1)]
    [TestCase(Transfer, 1)]
    [TestCase("""{"event":"transcript_updated","call":{"call_type":"phone_call","call_id":"a"}}""", 2)]
    [TestCase("""{"event":"call_ended","call":{"call_type":"phone_call"}}""", 2)]
    [TestCase("""{"event":"newer","thing":{"id":"a"}}""", 2)]
    public async Task Event_delivered_twice_is_handled_by_its_key(string body, int expected)
    {
        int handled = 0;
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<WebhookEvent>((_, _, _) => Task.FromResult(++handled)));

        Assert.That((await app.PostAsync(body)).Status, Is.EqualTo(204));
        Assert.That((await app.PostAsync(body)).Status, Is.EqualTo(204));

        Assert.That(handled, Is.EqualTo(expected));
    }

    [TestCase("\"call_id\":\"a\"", "\"call_id\":\"b\"")]
    [TestCase("transfer_started", "transfer_bridged")]
    [TestCase("\"start_timestamp\":1", "\"start_timestamp\":2")]
    [TestCase("+14155550100", "+14155550101")]
    public async Task Event_that_differs_in_its_key_is_handled_too(string part, string other)
    {
        int handled = 0;
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<TransferWebhookEvent>((_, _, _) => Task.FromResult(++handled)));

        await app.PostAsync(Transfer);
        await app.PostAsync(Transfer.Replace(part, other, StringComparison.Ordinal));

        Assert.That(handled, Is.EqualTo(2));
    }

    [Test]
    public async Task Duplicate_is_forgotten_after_the_window()
    {
        var time = new FixedTime(DateTimeOffset.UtcNow);
        int handled = 0;
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks => webhooks.On<CallEndedEvent>((_, _, _) => Task.FromResult(++handled)), services: services => services.AddSingleton<TimeProvider>(time));

        foreach ((int minutes, int expected) in ((int, int)[])[(0, 1), (59, 1), (60, 2)])
        {
            time.Now = DateTimeOffset.UtcNow.AddMinutes(minutes);
            string body = WebhookApplication.Ended("a");
            await app.SendAsync(HttpMethod.Post, "/hook", System.Text.Encoding.UTF8.GetBytes(body), RetellWebhook.Sign(body, WebhookApplication.Key, time.Now));
            Assert.That(handled, Is.EqualTo(expected), $"{minutes} minutes");
        }
    }

    [Test]
    public async Task Delivery_during_the_handler_gets_the_status_of_the_handler([Values] bool fails)
    {
        var entered = new SemaphoreSlim(0);
        var gate = new TaskCompletionSource();
        int handled = 0;
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<CallEndedEvent>(async (_, _, _) =>
        {
            handled++;
            entered.Release();
            await gate.Task;
            if (fails && handled == 1)
            {
                throw new InvalidOperationException();
            }
        }));

        Task<(int Status, string Body)> first = app.PostAsync(WebhookApplication.Ended("a"));
        await entered.WaitAsync();
        Task<(int Status, string Body)> second = app.PostAsync(WebhookApplication.Ended("a"));
        await Task.WhenAny(second, Task.Delay(100));
        bool isAnswered = second.IsCompleted;
        gate.SetResult();

        int expected = fails ? 500 : 204;
        Assert.That(isAnswered, Is.False, "a response before the handler has ended could lose the event");
        Assert.That(((await first).Status, (await second).Status, handled), Is.EqualTo((expected, expected, 1)));
        Assert.That((await app.PostAsync(WebhookApplication.Ended("a"))).Status, Is.EqualTo(204));
        Assert.That(handled, Is.EqualTo(fails ? 2 : 1));
    }

    [Test]
    public async Task Deduplicator_of_the_application_decides()
    {
        var deduplicator = new ApplicationDeduplicator();
        int handled = 0;
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks => webhooks.On<CallEndedEvent>((webhook, _, _) => handled++ == 0 ? throw new InvalidOperationException() : Task.CompletedTask),
            services: services => services.AddSingleton<IRetellWebhookDeduplicator>(deduplicator));

        int[] statuses = [(await app.PostAsync(WebhookApplication.Ended("a"))).Status, (await app.PostAsync(WebhookApplication.Ended("a"))).Status];
        deduplicator.IsKnown = true;
        statuses = [.. statuses, (await app.PostAsync(WebhookApplication.Ended("b"))).Status];

        const string A = "a|call_ended|CallEndedEvent";
        Assert.That((statuses, handled), Is.EqualTo((new[] { 500, 204, 204 }, 2)));
        Assert.That(deduplicator.Log, Is.EqualTo(new[] { $"begin {A}", $"release {A}", $"begin {A}", $"complete {A}", "begin b|call_ended|CallEndedEvent" }));
    }

    private sealed class ApplicationDeduplicator : IRetellWebhookDeduplicator
    {
        public bool IsKnown { get; set; }

        public ConcurrentQueue<string> Log { get; } = [];

        public ValueTask<bool> TryBeginAsync(string key, CancellationToken cancellationToken) => new(Note("begin", key) && !IsKnown);

        public async ValueTask CompleteAsync(string key, CancellationToken cancellationToken) => await new ValueTask<bool>(Note("complete", key));

        public async ValueTask ReleaseAsync(string key, CancellationToken cancellationToken) => await new ValueTask<bool>(Note("release", key));

        private bool Note(string what, string key)
        {
            Log.Enqueue($"{what} {key}");
            return true;
        }
    }
}
