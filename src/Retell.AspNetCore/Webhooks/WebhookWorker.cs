using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Retell.AspNetCore.Webhooks;

/// <summary>Runs the queued handlers. When the host stops, it handles what is in the queue first.</summary>
internal sealed class WebhookWorker(
    RetellWebhookProcessor processor,
    IRetellWebhookQueue queue,
    WebhookClock clock,
    IOptions<RetellWebhookOptions> options,
    ILogger<RetellWebhookProcessor> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _work = Task.WhenAll(Enumerable.Range(0, options.Value.QueueConcurrency).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        try
        {
            await _work.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            WebhookLog.NotDrained(log);
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => _stop.Dispose();

    [SuppressMessage("Design", "CA1031", Justification = "A queue of the application can throw any exception, and the next event is to be handled.")]
    private async Task WorkAsync()
    {
        CancellationToken stopped = _stop.Token;
        while (!stopped.IsCancellationRequested)
        {
            try
            {
                if (await queue.DequeueAsync(stopped).ConfigureAwait(false) is not QueuedWebhook webhook)
                {
                    return;
                }

                Exception? failure = await processor.RunAsync(webhook, stopped).ConfigureAwait(false);
                await queue.SettleAsync(webhook, failure, CancellationToken.None).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                WebhookLog.QueueFailed(log, e.GetType().Name);
                await Task.Delay(s_pause, clock.Provider, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
