using System.Net;
using Retell.Resilience;

namespace Retell.Http;

/// <summary>The content of a response that has been read completely.</summary>
internal sealed class ResponseBody : HttpContent
{
    /// <summary>The maximum number of bytes that are read from an error response.</summary>
    private const int ErrorLimit = 65536;

    private int _isDisposed;

    private ResponseBody(PooledBuffer buffer) => Buffer = buffer;

    public PooledBuffer Buffer { get; }

    /// <summary>Reads the response to its end, within the limit of the client, unless the caller reads it as a stream.</summary>
    /// <exception cref="RetellException">The response is larger than the client allows.</exception>
    public static async Task CompleteAsync(ApiCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is null or ResponseBody || (call.IsStreamed && response.IsSuccessStatusCode))
        {
            return;
        }

        var buffer = new PooledBuffer(response.Content.Headers.ContentLength);
        try
        {
            using HttpContent content = response.Content;
            await FillAsync(call, response, buffer, cancellationToken).ConfigureAwait(false);
            var body = new ResponseBody(buffer);
            bool wasCompressed = Decompressor.IsKnown(content.Headers.ContentEncoding);
            HttpHeaderCopy.Add(content.Headers, body.Headers, wasCompressed ? static name => name is "Content-Encoding" or "Content-Length" : null);
            response.Content = body;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Buffer.CopyToAsync(stream, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = Buffer.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Buffer.Dispose();
        }

        base.Dispose(disposing);
    }

    private static async Task FillAsync(ApiCall call, HttpResponseMessage response, PooledBuffer buffer, CancellationToken cancellationToken)
    {
        HttpContent content = response.Content!;
        try
        {
#if NET
            Stream raw = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
            // Some platforms of netstandard2.0 ignore the token while they read.
            using CancellationTokenRegistration abort = cancellationToken.Register(response.Dispose);
            Stream raw = await content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
            using Stream plain = Decompressor.Open(raw, content.Headers.ContentEncoding);
            if (await buffer.FillAsync(plain, response.IsSuccessStatusCode ? call.MaxResponseSize + 1 : ErrorLimit, cancellationToken).ConfigureAwait(false)
                || !response.IsSuccessStatusCode)
            {
                return;
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("The response was cut off.", e);
        }

        throw CallErrors.TooLarge(call);
    }
}
