using Microsoft.Extensions.Options;

namespace Retell.AspNetCore.Webhooks;

/// <summary>Remembers in memory the handlers that run, and for a time those that succeeded.</summary>
internal sealed class MemoryWebhookDeduplicator(IOptions<RetellWebhookOptions> options, WebhookClock clock) : IRetellWebhookDeduplicator
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset ForgottenAt)> _completed = [];

    public ValueTask<bool> TryBeginAsync(string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Forget();
            return new(_keys.Add(key));
        }
    }

    public ValueTask CompleteAsync(string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _completed.Enqueue((key, clock.Provider.GetUtcNow() + options.Value.DuplicateWindow));
            Forget();
        }

        return default;
    }

    public ValueTask ReleaseAsync(string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _keys.Remove(key);
        }

        return default;
    }

    private void Forget()
    {
        while (_completed.TryPeek(out (string Key, DateTimeOffset ForgottenAt) oldest)
            && (_completed.Count > options.Value.DuplicateCapacity || oldest.ForgottenAt <= clock.Provider.GetUtcNow()))
        {
            _keys.Remove(_completed.Dequeue().Key);
        }
    }
}
