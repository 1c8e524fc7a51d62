using System.Net;
using Retell.Http;

namespace Retell.Resilience;

/// <summary>
/// Content that can be written to a connection once, and copied once before that, even if the sending handler follows a redirect or uses another
/// client.
/// </summary>
internal sealed class OnceContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly SendGate _gate;
    private int _writes;
    private int _copies;

    public OnceContent(HttpContent content, SendGate gate)
    {
        (_content, _gate) = (content, gate);
        HttpHeaderCopy.Add(content.Headers, Headers);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength ?? 0;
        return _content.Headers.ContentLength is not null;
    }

#if NET
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Begin(stream);
        return _content.CopyToAsync(stream, context, cancellationToken);
    }
#endif

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        Begin(stream);
        return _content.CopyToAsync(stream, context);
    }

    private void Begin(Stream stream)
    {
        bool isCopy = ApiContent.IsCopy(stream);
        if (Interlocked.Increment(ref isCopy ? ref _copies : ref _writes) > 1)
        {
            throw _gate.Refuse();
        }
    }
}
