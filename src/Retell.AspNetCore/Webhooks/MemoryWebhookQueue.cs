using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Retell.AspNetCore.Webhooks;

/// <summary>A bounded queue in memory.</summary>
internal sealed class MemoryWebhookQueue(IOptions<RetellWebhookOptions> options) : IRetellWebhookQueue
{
    private readonly Channel<QueuedWebhook> _channel = Channel.CreateBounded<QueuedWebhook>(options.Value.QueueCapacity);

    public ValueTask<bool> TryEnqueueAsync(QueuedWebhook webhook, CancellationToken cancellationToken) => new(_channel.Writer.TryWrite(webhook));

    public async ValueTask<QueuedWebhook?> DequeueAsync(CancellationToken cancellationToken)
    {
        while (await _channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_channel.Reader.TryRead(out QueuedWebhook? webhook))
            {
                return webhook;
            }
        }

        return null;
    }

    public ValueTask SettleAsync(QueuedWebhook webhook, Exception? failure, CancellationToken cancellationToken) => default;

    public void Complete() => _channel.Writer.TryComplete();
}
