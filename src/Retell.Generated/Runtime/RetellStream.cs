using System.Text;

namespace Retell;

/// <summary>The content of a response that is not JSON, such as audio or text. It is read from the connection as it arrives. Dispose it after use.</summary>
public sealed class RetellStream : Stream
{
    private readonly Stream _content;
    private readonly IDisposable _response;

    internal RetellStream(Stream content, string? contentType, string? charSet, string? fileName, long? contentLength, IDisposable response)
    {
        (_content, _response) = (content, response);
        (ContentType, CharSet, FileName, ContentLength) = (contentType, charSet, fileName, contentLength);
    }

    /// <summary>Gets the media type, such as <c>audio/mpeg</c>, or null if the response has none.</summary>
    public string? ContentType { get; }

    /// <summary>Gets the file name that the server suggests, or null if it suggests none.</summary>
    public string? FileName { get; }

    /// <summary>Gets the size in bytes, or null if it is not known.</summary>
    public long? ContentLength { get; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always thrown. See <see cref="ContentLength"/>.</exception>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always thrown.</exception>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gets the character set that the response specifies.</summary>
    internal string? CharSet { get; }

    /// <summary>Reads the content to its end as text, in the character set that the response specifies, or else in UTF-8.</summary>
    /// <param name="cancellationToken">The token that cancels the read.</param>
    /// <returns>The text.</returns>
    public async Task<string> ReadTextAsync(CancellationToken cancellationToken = default)
    {
        using var bytes = new MemoryStream();
        await _content.CopyToAsync(bytes, 81920, cancellationToken).ConfigureAwait(false);
        bytes.Position = 0;
        using var reader = new StreamReader(bytes, Encoding());
        return reader.ReadToEnd();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => _content.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _content.ReadAsync(buffer, offset, count, cancellationToken);

#if NET
    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _content.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => _content.Read(buffer);
#endif

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always thrown.</exception>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always thrown.</exception>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always thrown.</exception>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _response.Dispose();
        }

        base.Dispose(disposing);
    }

    private Encoding Encoding()
    {
        try
        {
            return CharSet is { Length: > 0 } name ? System.Text.Encoding.GetEncoding(name.Trim('"')) : System.Text.Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return System.Text.Encoding.UTF8;
        }
    }
}
