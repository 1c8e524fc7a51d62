using System.Net;

namespace Retell.Http;

/// <summary>Sends a buffer that outlives the attempt; with no buffer, a body of no bytes.</summary>
internal sealed class BufferContent(PooledBuffer? buffer, CancellationToken cancellationToken) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        buffer?.CopyToAsync(stream, cancellationToken) ?? Task.CompletedTask;

    protected override bool TryComputeLength(out long length)
    {
        length = buffer?.Length ?? 0;
        return true;
    }
}
