namespace Retell.Testing.Webhooks;

/// <summary>A webhook that is to be sent.</summary>
internal sealed record Webhook(string Event, string Url, string Body, TimeSpan Timeout)
{
    public int Attempt { get; init; } = 1;

    public FakeSignature Signature { get; init; }

    /// <summary>Whether a test waits for the response.</summary>
    public bool IsAwaited { get; init; }
}

/// <summary>
/// Sends webhooks in the order in which they were raised, in the background. A failed one is sent again after those that are waiting, so
/// that it does not hold them back.
/// </summary>
internal sealed class WebhookSender(FakeRetellServerOptions options, OutboundHttp http, FakeClock clock) : IDisposable
{
    private readonly Queue<Webhook> _queue = new();
    private bool _isStopped;
    private bool _isWorking;
    private Task _work = Task.CompletedTask;

    public FakeWebhookLog Log { get; } = new(options.KeepRequests);

    public void Send(Webhook webhook)
    {
        lock (_queue)
        {
            _queue.Enqueue(webhook);
            if (!_isWorking)
            {
                _isWorking = true;
                _work = Task.Run(WorkAsync);
            }
        }
    }

    /// <summary>Waits until nothing is left to send.</summary>
    public async Task WhenSentAsync(CancellationToken cancellationToken)
    {
        while (Work() is { } work)
        {
            await work.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        Task? Work()
        {
            lock (_queue)
            {
                return _isWorking ? _work : null;
            }
        }
    }

    /// <summary>Sends a webhook at once, until there is a successful response or no retry is left, and returns the attempts.</summary>
    public async Task<IReadOnlyList<FakeWebhookDelivery>> DeliverAsync(Webhook webhook, int retries, CancellationToken cancellationToken)
    {
        var attempts = new List<FakeWebhookDelivery>();
        do
        {
            attempts.Add(await AttemptAsync(webhook with { Attempt = attempts.Count + 1, IsAwaited = true }, cancellationToken).ConfigureAwait(false));
        }
        while (!attempts[^1].IsSuccess && attempts.Count <= retries);

        return attempts;
    }

    public void Forget()
    {
        lock (_queue)
        {
            _queue.Clear();
        }

        Log.Clear();
    }

    public void Dispose()
    {
        lock (_queue)
        {
            _isStopped = true;
        }

        Forget();
    }

    private async Task WorkAsync()
    {
        while (Next() is { } webhook)
        {
            FakeWebhookDelivery delivery = await AttemptAsync(webhook, CancellationToken.None).ConfigureAwait(false);
            if (!delivery.IsSuccess && webhook.Attempt <= options.WebhookRetries)
            {
                lock (_queue)
                {
                    _queue.Enqueue(webhook with { Attempt = webhook.Attempt + 1 });
                }
            }
        }

        Webhook? Next()
        {
            lock (_queue)
            {
                _isWorking = !_isStopped && _queue.Count > 0;
                return _isWorking ? _queue.Dequeue() : null;
            }
        }
    }

    private async Task<FakeWebhookDelivery> AttemptAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        DateTimeOffset sentAt = clock.GetUtcNow();
        var request = new OutboundRequest("POST", webhook.Url, webhook.Body, webhook.Timeout) { Signature = webhook.Signature, IsAwaited = webhook.IsAwaited };
        OutboundResult result = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var delivery = new FakeWebhookDelivery(webhook.Event, webhook.Url, webhook.Body, webhook.Attempt, sentAt, result);
        Log.Add(delivery);
        return delivery;
    }
}
