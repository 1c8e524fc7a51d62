using System.Diagnostics.CodeAnalysis;
using System.Globalization;
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

    public FakeSignature Signature { get; init; }

    /// <summary>
    /// Whether a test waits for the response. Then the time limit also passes by the clock of the server; what is sent in the background would end
    /// whenever a test moves its calls on.
    /// </summary>
    public bool IsAwaited { get; init; }
}

/// <summary>What became of a request to the application under test.</summary>
/// <param name="Headers">The headers that were sent.</param>
/// <param name="Status">The status of the response; null without one.</param>
/// <param name="Body">The body of the response; empty without one.</param>
/// <param name="Error">Why there was no response; null if there was one.</param>
internal sealed record OutboundResult(IReadOnlyDictionary<string, string> Headers, int? Status, string Body, string? Error)
{
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>How long it took by the clock of the server.</summary>
    public TimeSpan Duration { get; init; }
}

/// <summary>
/// Signs and sends webhooks and calls of custom functions to the application under test: through a handler where there is one, else over the
/// network, but then only to this machine and to the hosts of the options.
/// </summary>
internal sealed class OutboundHttp : IDisposable
{
    /// <summary>How far the timestamps of stale and future signatures are away.</summary>
    private static readonly TimeSpan s_tooFar = RetellWebhook.Tolerance + TimeSpan.FromMinutes(1);

    private readonly FakeRetellServerOptions _options;
    private readonly string _key;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<HttpClient> _network = new(() =>
        new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan });

    private volatile HttpClient? _throughHandler;

    /// <param name="options">The options of the server.</param>
    /// <param name="key">The API key that signs.</param>
    /// <param name="clock">The clock of the server.</param>
    public OutboundHttp(FakeRetellServerOptions options, string key, TimeProvider clock)
    {
        (_options, _key, _clock) = (options, key, clock);
        if (options.WebhookHandler is HttpMessageHandler handler)
        {
            Use(handler);
        }
    }

    /// <summary>Sends everything through a handler from now on.</summary>
    public void Use(HttpMessageHandler handler) => _throughHandler = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends a request. What fails is a result too; only the caller's cancellation is an exception.</summary>
    public async Task<OutboundResult> SendAsync(OutboundRequest outbound, CancellationToken cancellationToken)
    {
        DateTimeOffset start = _clock.GetUtcNow();
        OutboundResult result = await AttemptAsync(outbound, cancellationToken).ConfigureAwait(false);
        return result with { Duration = _clock.GetUtcNow() - start };
    }

    private async Task<OutboundResult> AttemptAsync(OutboundRequest outbound, CancellationToken cancellationToken)
    {
        Dictionary<string, string> headers = Headers(outbound);
        using var byClock = outbound.IsAwaited ? new CancellationTokenSource(outbound.Timeout, _clock) : new CancellationTokenSource();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, byClock.Token, cancellationToken);
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
            // What the caller does next must not run inside the call that advances the clock.
            await Task.Yield();
            return new(headers, null, "", $"There was no response within {outbound.Timeout.TotalMilliseconds} ms.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever the application throws through its test handler is a failed delivery too.
            return new(headers, null, "", e.Message);
        }
    }

    /// <exception cref="ArgumentException">The URL is not an absolute http or https URL.</exception>
    public static void ThrowIfNotUrl(string url, string parameter)
    {
        if (!TryParseUrl(url, out _))
        {
            throw new ArgumentException($"\"{url}\" is not an absolute http or https URL.", parameter);
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

    private Dictionary<string, string> Headers(OutboundRequest outbound)
    {
        var headers = new Dictionary<string, string>(outbound.Headers, StringComparer.OrdinalIgnoreCase);
        if (Sign(outbound.Body ?? "", outbound.Signature) is string signature)
        {
            headers[RetellWebhook.SignatureHeader] = signature;
        }

        if (outbound.Body is not null)
        {
            headers["Content-Type"] = "application/json";
        }

        return headers;
    }

    private string? Sign(string body, FakeSignature signature)
    {
        DateTimeOffset now = _options.WebhookClock.GetUtcNow();
        return signature switch
        {
            FakeSignature.Valid => RetellWebhook.Sign(body, _key, now),
            FakeSignature.Missing => null,
            FakeSignature.Malformed => string.Create(CultureInfo.InvariantCulture, $"v={now.ToUnixTimeMilliseconds()}"),
            FakeSignature.Stale => RetellWebhook.Sign(body, _key, now - s_tooFar),
            FakeSignature.Future => RetellWebhook.Sign(body, _key, now + s_tooFar),
            FakeSignature.OtherKey => RetellWebhook.Sign(body, _key + "_other", now),
            FakeSignature.ChangedBody => RetellWebhook.Sign(body + "\n", _key, now),
            _ => throw new ArgumentOutOfRangeException(nameof(signature), signature, "The signature must be a value of FakeSignature."),
        };
    }

    private Uri Target(string url, bool isThroughHandler)
    {
        if (!TryParseUrl(url, out Uri? target))
        {
            throw new InvalidOperationException($"\"{url}\" is not an absolute http or https URL.");
        }

        bool isLocal = target.IsLoopback || (IPAddress.TryParse(target.Host, out IPAddress? address) && IPAddress.IsLoopback(address));
        return isLocal || isThroughHandler || _options.WebhookHosts.Contains(target.Host, StringComparer.OrdinalIgnoreCase)
            ? target
            : throw new InvalidOperationException(
                $"{target.Host} is not this machine. Call {nameof(FakeRetellServer.DeliverWebhooksTo)} to send its requests to the application under test, "
                + $"or add it to {nameof(FakeRetellServerOptions.WebhookHosts)}.");
    }

    private static bool TryParseUrl(string url, [NotNullWhen(true)] out Uri? target) =>
        Uri.TryCreate(url, UriKind.Absolute, out target) && target.Scheme is ("http" or "https");
}
