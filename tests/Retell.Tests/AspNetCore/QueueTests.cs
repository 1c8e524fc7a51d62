using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Retell.AspNetCore;
using Retell.Webhooks;

namespace Retell.Tests.AspNetCore;

/// <summary>Queued handlers, and queues of the application.</summary>
internal sealed class QueueTests
{
    [Test]
    public async Task Queued_handler_that_fails_is_logged_and_the_next_event_is_handled()
    {
        var handled = new ConcurrentQueue<string>();
        var second = new TaskCompletionSource();
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.On<CallEndedEvent>(
            (webhook, _, _) =>
            {
                handled.Enqueue(webhook.Call.CallId!);
                if (handled.Count == 1)
                {
                    throw new InvalidOperationException("+14155550100");
                }

                second.TrySetResult();
                return Task.CompletedTask;
            },
            Delivery.Queued));

        Assert.That((await app.PostAsync(WebhookApplication.Ended("a"))).Status, Is.EqualTo(204));
        Assert.That((await app.PostAsync(WebhookApplication.Ended("b"))).Status, Is.EqualTo(204));
        await second.Task;
        await app.App.StopAsync();

        Assert.That(handled.Order(), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(app.Log.Text, Does.Contain("The handler CallEndedEvent failed with InvalidOperationException").And.Not.Contain("+14155550100"));
    }

    [Test]
    public async Task Shutdown_that_takes_too_long_cancels_the_handler_and_is_logged()
    {
        var started = new TaskCompletionSource();
        var canceled = new TaskCompletionSource();
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks => webhooks.On<CallEndedEvent>(
                async (_, _, token) =>
                {
                    started.SetResult();
                    try
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, token);
                    }
                    finally
                    {
                        canceled.SetResult();
                    }
                },
                Delivery.Queued),
            services: services => services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200)));
        await app.PostAsync(WebhookApplication.Ended("a"));
        await started.Task;

        await app.App.StopAsync();
        await canceled.Task;

        Assert.That(app.Log.Text, Does.Contain("The host stopped before all queued events were handled"));
    }

    [Test]
    public async Task Queue_of_the_application_receives_events_and_outcomes([Values] bool fails, [Values] bool isFirst)
    {
        using var queue = new ApplicationQueue();
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks =>
            {
                webhooks.On<CallEndedEvent>((_, _, _) => fails ? throw new InvalidOperationException() : Task.CompletedTask, Delivery.Queued);
                if (!isFirst)
                {
                    webhooks.Services.AddSingleton<IRetellWebhookQueue>(queue);
                }
            },
            services: services =>
            {
                if (isFirst)
                {
                    services.AddSingleton<IRetellWebhookQueue>(queue);
                }
            });

        Assert.That((await app.PostAsync(WebhookApplication.Ended("a"))).Status, Is.EqualTo(204));
        (QueuedWebhook webhook, Exception? failure) = await queue.Settled.Task;

        Assert.That(Encoding.UTF8.GetString(webhook.Body.Span), Is.EqualTo(WebhookApplication.Ended("a")));
        Assert.That((webhook.Handler, webhook.Key), Is.EqualTo(("CallEndedEvent", "a|call_ended|CallEndedEvent")));
        Assert.That(webhook.ToString(), Is.EqualTo("QueuedWebhook (CallEndedEvent)"));
        Assert.That(failure, fails ? Is.InstanceOf<InvalidOperationException>() : Is.Null);
    }

    [Test]
    public async Task Handler_name_does_not_depend_on_other_handlers()
    {
        using var queue = new ApplicationQueue();
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks => webhooks
                .On<ChatEndedEvent>((_, _, _) => Task.CompletedTask)
                .On<CallEndedEvent>((_, _, _) => Task.CompletedTask)
                .On<CallEndedEvent>((_, _, _) => Task.CompletedTask, Delivery.Queued)
                .On<CallEndedEvent, Handler>(Delivery.Queued),
            services: services => services.AddSingleton<IRetellWebhookQueue>(queue));

        await app.PostAsync(WebhookApplication.Ended("a"));

        Assert.That(queue.Accepted, Is.EqualTo(new[] { "CallEndedEvent#2", "Handler:CallEndedEvent" }));
    }

    private sealed class Handler : IRetellWebhookHandler<CallEndedEvent>
    {
        public Task HandleAsync(CallEndedEvent webhook, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class ApplicationQueue : IRetellWebhookQueue, IDisposable
    {
        private readonly SemaphoreSlim _waiting = new(0);
        private readonly ConcurrentQueue<QueuedWebhook> _queue = [];
        private readonly CancellationTokenSource _complete = new();

        public TaskCompletionSource<(QueuedWebhook Webhook, Exception? Failure)> Settled { get; } = new();

        public ConcurrentQueue<string> Accepted { get; } = [];

        public ValueTask<bool> TryEnqueueAsync(QueuedWebhook webhook, CancellationToken cancellationToken)
        {
            Accepted.Enqueue(webhook.Handler);
            _queue.Enqueue(webhook);
            _waiting.Release();
            return new(true);
        }

        public async ValueTask<QueuedWebhook?> DequeueAsync(CancellationToken cancellationToken)
        {
            try
            {
                await _waiting.WaitAsync(_complete.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            return _queue.TryDequeue(out QueuedWebhook? webhook) ? webhook : null;
        }

        public ValueTask SettleAsync(QueuedWebhook webhook, Exception? failure, CancellationToken cancellationToken)
        {
            Settled.TrySetResult((webhook, failure));
            return default;
        }

        public void Complete() => _complete.Cancel();

        public void Dispose()
        {
            _waiting.Dispose();
            _complete.Dispose();
        }
    }
}
