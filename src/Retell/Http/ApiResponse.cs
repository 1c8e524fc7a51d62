using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Retell.Models;

namespace Retell.Http;

/// <summary>An answer of the API that has arrived completely.</summary>
internal sealed class ApiResponse : IDisposable
{
    /// <summary>An error page may be of any size; nobody reads more than this.</summary>
    private const int ErrorLimit = 65536;

    private readonly HttpResponseMessage _message;
    private Stream? _content;

    private ApiResponse(ApiCall call, HttpResponseMessage message, PooledBuffer body, Stream? content = null)
    {
        Call = call;
        _message = message;
        _content = content;
        Body = body;
    }

    public ApiCall Call { get; }

    public PooledBuffer Body { get; }

    /// <summary>Whether it holds content that the caller reads.</summary>
    public bool HasContent => _content is not null;

    public HttpStatusCode StatusCode => _message.StatusCode;

    public string? ReasonPhrase => _message.ReasonPhrase;

    public bool IsSuccess => _message.IsSuccessStatusCode;

    public string? MediaType => _message.Content?.Headers.ContentType?.MediaType;

    /// <summary>What the server says about sending the request again; null when it does not.</summary>
    public bool? ShouldRetry => bool.TryParse(Header("x-should-retry"), out bool answer) ? answer : null;

    public static async Task<ApiResponse> ReadAsync(ApiCall call, HttpResponseMessage message, CancellationToken cancellationToken)
    {
        var body = new PooledBuffer();
        try
        {
            if (message.Content is HttpContent content)
            {
#if NET
                Stream raw = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
                // Not every platform of netstandard2.0 looks at the token while it reads.
                using CancellationTokenRegistration abort = cancellationToken.Register(message.Dispose);
                Stream raw = await content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
                Stream plain = Decompress(raw, content.Headers.ContentEncoding);
                if (call.IsStreamed && message.IsSuccessStatusCode)
                {
                    return new ApiResponse(call, message, body, plain);
                }

                using Stream read = plain;
                await body.FillAsync(read, message.IsSuccessStatusCode ? long.MaxValue : ErrorLimit, cancellationToken).ConfigureAwait(false);
            }

            return new ApiResponse(call, message, body);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>The body as text from its start, as often as wanted.</summary>
    public TextReader OpenText() => RetellJson.OpenText(Body.OpenRead(), (int)Math.Min(Math.Max(Body.Length, 128), 16384));

    /// <summary>All headers, without the API key.</summary>
    public Dictionary<string, IReadOnlyList<string>> GetHeaders()
    {
        var headers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (HttpHeaders? group in new HttpHeaders?[] { _message.Headers, _message.Content?.Headers })
        {
            foreach (KeyValuePair<string, IEnumerable<string>> header in group ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            {
                headers[header.Key] = [.. header.Value.Select(Call.Mask.Apply)];
            }
        }

        return headers;
    }

    /// <summary>How long the server asks to wait; null when it does not, or not in a way that anybody understands.</summary>
    public TimeSpan? GetRequestedWait(DateTimeOffset now)
    {
        TimeSpan? wait = Duration("retry-after-ms", 1)
            ?? Duration("Retry-After", 1000)
            ?? Until("Retry-After", now)
            ?? ((int)StatusCode == 429 ? Duration("RateLimit-Reset", 1000) : null);
        return wait > TimeSpan.Zero ? wait : null;
    }

    /// <summary>The content, which from now on is the caller's.</summary>
    public RetellStream TakeContent()
    {
        HttpContentHeaders? headers = _message.Content?.Headers;
        ContentDispositionHeaderValue? disposition = headers?.ContentDisposition;
        var content = new RetellStream(
            _content ?? Stream.Null,
            headers?.ContentType?.MediaType,
            headers?.ContentType?.CharSet,
            (disposition?.FileNameStar ?? disposition?.FileName)?.Trim('"'),
            _content is GZipStream ? null : headers?.ContentLength,
            _message);
        _content = null;
        return content;
    }

    public void Dispose()
    {
        Body.Dispose();
        if (_content is not null)
        {
            _content.Dispose();
            _message.Dispose();
        }
    }

    private static Stream Decompress(Stream raw, ICollection<string> encodings) => encodings.LastOrDefault()?.ToLowerInvariant() switch
    {
        // The handlers do it themselves, but an injected one may not be set up for it.
        "gzip" or "x-gzip" => new GZipStream(raw, CompressionMode.Decompress),
#if NET
        "br" => new BrotliStream(raw, CompressionMode.Decompress),
        "deflate" => new ZLibStream(raw, CompressionMode.Decompress),
#endif
        _ => raw,
    };

    private TimeSpan? Duration(string header, double milliseconds) =>
        double.TryParse(Header(header), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0
            ? TimeSpan.FromMilliseconds(Math.Min(value * milliseconds, int.MaxValue))
            : null;

    private TimeSpan? Until(string header, DateTimeOffset now) =>
        DateTimeOffset.TryParse(Header(header), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? date - now : null;

    private string? Header(string name) => _message.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}
