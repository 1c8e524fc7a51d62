namespace Retell.Http;

/// <summary>Sends a buffer that outlives the attempt, or an empty body if there is no buffer.</summary>
internal sealed class BufferContent(ApiCall call, PooledBuffer? buffer) : ApiContent(call)
{
    protected override Task WriteAsync(Stream stream, CancellationToken cancellationToken) =>
        buffer?.CopyToAsync(stream, cancellationToken) ?? Task.CompletedTask;

    protected override bool TryComputeLength(out long length)
    {
        length = buffer?.Length ?? 0;
        return true;
    }
}
