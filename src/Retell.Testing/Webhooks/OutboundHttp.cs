using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Retell.Webhooks;

namespace Retell.Testing.Webhooks;

/// <summary>A signed request to the application under test.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">The URL.</param>
/// <param name="Body">The body; null for none, which is signed as an empty text.</param>
/// <param name="Timeout">The time limit for the response, with its body.</param>
internal sealed record OutboundRequest(string Method, string Url, string? Body, TimeSpan Timeout)
{
    /// <summary>The headers beside the signature and the content type.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers { get; init; } = [];
}

/// <summary>What became of a request to the application under test.</summary>
/// <param name="Headers">The headers that were sent.</param>
/// <param name="Status">The status of the response; null without one.</param>
/// <param name="Body">The body of the response; empty without one.</param>
/// <param name="Error">Why there was no response; null if there was one.</param>
internal sealed record OutboundResult(IReadOnlyDictionary<string, string> Headers, int? Status, string Body, string? Error)
{
    public bool IsSuccess => Status is >= 200 and <= 299;
}

/// <summary>
/// Sends webhooks and calls of custom functions to the application under test: through a handler where there is one, else over the network, but
/// then only to this machine.
/// </summary>
internal sealed class OutboundHttp : IDisposable
{
    private readonly string _key;
    private readonly TimeProvider _signatureClock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<HttpClient> _network = new(() =>
        new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan });

    private volatile HttpClient? _throughHandler;

    /// <param name="options">The options of the server.</param>
    /// <param name="key">The API key that signs.</param>
    public OutboundHttp(FakeRetellServerOptions options, string key)
    {
        (_key, _signatureClock) = (key, options.WebhookClock);
        if (options.WebhookHandler is HttpMessageHandler handler)
        {
            Use(handler);
        }
    }

    /// <summary>Sends everything through a handler from now on.</summary>
    public void Use(HttpMessageHandler handler) => _throughHandler = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<OutboundResult> SendAsync(OutboundRequest outbound, CancellationToken cancellationToken)
    {
        string signature = RetellWebhook.Sign(outbound.Body ?? "", _key, _signatureClock.GetUtcNow());
        var headers = new Dictionary<string, string>(outbound.Headers, StringComparer.OrdinalIgnoreCase) { [RetellWebhook.SignatureHeader] = signature };
        if (outbound.Body is not null)
        {
            headers["Content-Type"] = "application/json";
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, cancellationToken);
        timeout.CancelAfter(outbound.Timeout);
        try
        {
            HttpClient? throughHandler = _throughHandler;
            using var request = new HttpRequestMessage(new HttpMethod(outbound.Method), Target(outbound.Url, throughHandler is not null));
            if (outbound.Body is not null)
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(outbound.Body));
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            foreach ((string name, string value) in headers.Where(h => !h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using HttpResponseMessage response = await (throughHandler ?? _network.Value).SendAsync(request, timeout.Token).ConfigureAwait(false);
            string body = await response.Content.ReadAsStringAsync(timeout.Token).ConfigureAwait(false);
            return new(headers, (int)response.StatusCode, body, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(headers, null, "", $"There was no response within {outbound.Timeout.TotalMilliseconds} ms.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever the application throws through its test handler is a failed delivery too.
            return new(headers, null, "", e.Message);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _throughHandler?.Dispose();
        if (_network.IsValueCreated)
        {
            _network.Value.Dispose();
        }
    }

    private static Uri Target(string url, bool isThroughHandler)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? target) || target.Scheme is not ("http" or "https"))
        {
            throw new InvalidOperationException($"\"{url}\" is not an absolute http or https URL.");
        }

        bool isLocal = target.IsLoopback || (IPAddress.TryParse(target.Host, out IPAddress? address) && IPAddress.IsLoopback(address));
        return isLocal || isThroughHandler
            ? target
            : throw new InvalidOperationException(
                $"{target.Host} is not this machine. Call {nameof(FakeRetellServer.DeliverWebhooksTo)} to send its requests to the application under test.");
    }
}
