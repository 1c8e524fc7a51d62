using System.Net;
using System.Net.Http.Headers;
using Retell.Json;
using Retell.Resilience;

namespace Retell.Http;

/// <summary>A response of the API, which has arrived completely unless the caller reads its content.</summary>
internal sealed class ApiResponse : IDisposable
{
    private readonly HttpResponseMessage _message;
    private bool _isTaken;

    private ApiResponse(ApiCall call, HttpResponseMessage message, PooledBuffer body)
    {
        Call = call;
        _message = message;
        Body = body;
    }

    public ApiCall Call { get; }

    public PooledBuffer Body { get; }

    public HttpStatusCode StatusCode => _message.StatusCode;

    public string? ReasonPhrase => _message.ReasonPhrase;

    public bool IsSuccess => _message.IsSuccessStatusCode;

    public string? MediaType => _message.Content?.Headers.ContentType?.MediaType;

    /// <summary>Takes over what the handlers returned. A handler of the application may have put a content of its own into it.</summary>
    public static async Task<ApiResponse> TakeAsync(ApiCall call, HttpResponseMessage message, CancellationToken cancellationToken)
    {
        await ResponseBody.CompleteAsync(call, message, cancellationToken).ConfigureAwait(false);
        return Share(call, message);
    }

    /// <summary>A response that stays readable when <paramref name="message"/> is disposed.</summary>
    public static ApiResponse Share(ApiCall call, HttpResponseMessage message) =>
        new(call, message, (message.Content as ResponseBody)?.Buffer.Share() ?? new PooledBuffer());

    /// <summary>The same response for another user, who disposes it as well.</summary>
    public ApiResponse Share() => new(Call, _message, Body.Share());

    /// <summary>The body as text from its start, as often as wanted.</summary>
    public TextReader OpenText() => NewtonsoftJson.OpenText(Body.OpenRead(), (int)Math.Min(Math.Max(Body.Length, 128), 16384));

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

    /// <summary>Gets the wait that the server asks for, or null if it asks for none.</summary>
    public TimeSpan? GetRequestedWait(DateTimeOffset now) => ServerAdvice.Of(_message).GetWait(now);

    /// <summary>Opens the content, which from now on is the caller's.</summary>
    public async Task<RetellStream> TakeContentAsync(CancellationToken cancellationToken)
    {
        HttpContentHeaders? headers = _message.Content?.Headers;
        ContentDispositionHeaderValue? disposition = headers?.ContentDisposition;
#if NET
        Stream raw = _message.Content is null ? Stream.Null : await _message.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
        cancellationToken.ThrowIfCancellationRequested();
        Stream raw = _message.Content is null ? Stream.Null : await _message.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
        ICollection<string> encodings = headers?.ContentEncoding ?? (ICollection<string>)[];
        var content = new RetellStream(
            Decompressor.Open(raw, encodings),
            headers?.ContentType?.MediaType,
            headers?.ContentType?.CharSet,
            (disposition?.FileNameStar ?? disposition?.FileName)?.Trim('"'),
            Decompressor.IsKnown(encodings) ? null : headers?.ContentLength,
            _message);
        _isTaken = true;
        return content;
    }

    public void Dispose()
    {
        Body.Dispose();
        if (!_isTaken)
        {
            _message.Dispose();
        }
    }
}
