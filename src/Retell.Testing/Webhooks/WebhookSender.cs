using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Retell.Webhooks;

namespace Retell.Testing.Webhooks;

/// <summary>A webhook that is to be sent.</summary>
internal sealed record Webhook(string Event, string Url, string Body, TimeSpan Timeout)
{
    public int Attempt { get; init; } = 1;
}

/// <summary>
/// Sends webhooks in the order in which they were raised, in the background. One that fails is sent again after those that
/// wait by then, so it holds none of them back.
/// </summary>
internal sealed class WebhookSender(FakeRetellServerOptions options, string apiKey, FakeClock clock) : IDisposable
{
    private readonly Queue<Webhook> _queue = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<HttpClient> _client = new(() => options.WebhookHandler is HttpMessageHandler handler
        ? new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }
        : new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan });

    private Task _work = Task.CompletedTask;
    private bool _isWorking;

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

    /// <summary>Sends a webhook whose answer matters until there is one of success, and returns the last attempt.</summary>
    public async Task<FakeWebhookDelivery> AskAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        while (true)
        {
            FakeWebhookDelivery delivery = await AttemptAsync(webhook, cancellationToken).ConfigureAwait(false);
            if (delivery.IsSuccess || webhook.Attempt > options.WebhookRetries)
            {
                return delivery;
            }

            webhook = webhook with { Attempt = webhook.Attempt + 1 };
        }
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
        Forget();
        _stop.Cancel();
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
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
                _isWorking = !_stop.IsCancellationRequested && _queue.Count > 0;
                return _isWorking ? _queue.Dequeue() : null;
            }
        }
    }

    private async Task<FakeWebhookDelivery> AttemptAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [RetellWebhook.SignatureHeader] = RetellWebhook.Sign(webhook.Body, apiKey, options.WebhookClock.GetUtcNow()),
        };
        var delivery = new FakeWebhookDelivery(webhook.Event, webhook.Url, webhook.Body, webhook.Attempt, clock.GetUtcNow(), headers);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, cancellationToken);
        timeout.CancelAfter(webhook.Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Target(webhook.Url));
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(webhook.Body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add(RetellWebhook.SignatureHeader, headers[RetellWebhook.SignatureHeader]);
            using HttpResponseMessage response = await _client.Value.SendAsync(request, timeout.Token).ConfigureAwait(false);
            delivery.Answer = await response.Content.ReadAsStringAsync(timeout.Token).ConfigureAwait(false);
            delivery.Status = (int)response.StatusCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            delivery.Error = $"There was no answer within {webhook.Timeout.TotalMilliseconds} ms.";
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception e)
        {
            // Whatever the receiver throws through its test handler is a failed delivery too.
            delivery.Error = e.Message;
        }

        Log.Add(delivery);
        return delivery;
    }

    private Uri Target(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? target) || target.Scheme is not ("http" or "https"))
        {
            throw new InvalidOperationException($"{url} is no address that a webhook can be sent to.");
        }

        bool isHere = target.IsLoopback || (IPAddress.TryParse(target.Host, out IPAddress? address) && IPAddress.IsLoopback(address));
        return isHere || options.WebhookHandler is not null
            ? target
            : throw new InvalidOperationException(
                $"{target.Host} is another machine: set {nameof(FakeRetellServerOptions.WebhookHandler)} to send webhooks there.");
    }
}
