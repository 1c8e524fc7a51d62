using System.Net;
using System.Net.Http.Headers;
using Retell.Json;
using Retell.Resilience;

namespace Retell.Http;

/// <summary>A response of the API. It is complete unless the caller reads its content as a stream.</summary>
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

    /// <summary>Completes the response that the handlers returned, whose content a handler of the application may have replaced.</summary>
    public static async Task<ApiResponse> TakeAsync(ApiCall call, HttpResponseMessage message, CancellationToken cancellationToken)
    {
        await ResponseBody.CompleteAsync(call, message, cancellationToken).ConfigureAwait(false);
        return Share(call, message);
    }

    /// <summary>Returns a response that stays readable after <paramref name="message"/> is disposed.</summary>
    public static ApiResponse Share(ApiCall call, HttpResponseMessage message) =>
        new(call, message, (message.Content as ResponseBody)?.Buffer.Share() ?? new PooledBuffer());

    /// <summary>Returns the same response for another owner, who disposes it too.</summary>
    public ApiResponse Share() => new(Call, _message, Body.Share());

    /// <summary>Opens the body as text, from its start. It can be opened many times.</summary>
    public TextReader OpenText() => NewtonsoftJson.OpenText(Body.OpenRead(), (int)Math.Min(Math.Max(Body.Length, 128), 16384));

    /// <summary>Returns the headers, in which the API key is masked.</summary>
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

    /// <summary>Returns the wait that the server asks for, or null if it asks for none.</summary>
    public TimeSpan? GetRequestedWait(DateTimeOffset now) => ServerAdvice.Of(_message).GetWait(now);

    /// <summary>Opens the content as a stream that the caller owns.</summary>
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
