using System.Net;

namespace Retell.Http;

/// <summary>Sends a form once: every file is opened when its turn comes and closed after it.</summary>
internal sealed class FormContent : HttpContent
{
    private readonly FormBody _form;
    private readonly CancellationToken _cancellationToken;

    public FormContent(FormBody form, CancellationToken cancellationToken)
    {
        _form = form;
        _cancellationToken = cancellationToken;
        Headers.ContentType = form.MediaType;
    }

    /// <summary>The file that could not be read, and why: the fault is not the connection's.</summary>
    public (RetellFile File, Exception Cause)? Failure { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (FormPart part in _form.Parts)
        {
            await WriteAsync(stream, part.Header, part.Header.Length).ConfigureAwait(false);
            await (part.File is null ? part.Text!.CopyToAsync(stream, _cancellationToken) : CopyAsync(part.File, stream)).ConfigureAwait(false);
            await WriteAsync(stream, _form.Separator, _form.Separator.Length).ConfigureAwait(false);
        }

        await WriteAsync(stream, _form.Closing, _form.Closing.Length).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _form.Closing.Length;
        foreach (FormPart part in _form.Parts)
        {
            if (part.Length is not long size)
            {
                return false;
            }

            length += part.Header.Length + size + _form.Separator.Length;
        }

        return true;
    }

    private async Task CopyAsync(RetellFile file, Stream target)
    {
        byte[] buffer = BytePool.Rent(65536);
        try
        {
            using Stream source = await OpenAsync(file).ConfigureAwait(false);
            long sent = 0;
            for (int read; (read = await ReadAsync(file, source, buffer).ConfigureAwait(false)) > 0; sent += read)
            {
                await WriteAsync(target, buffer, read).ConfigureAwait(false);
            }

            if (file.Length is long promised && sent != promised)
            {
                throw Fail(file, new IOException($"It had {promised} bytes when the upload began, and {sent} when it was read."));
            }
        }
        finally
        {
            BytePool.Return(buffer);
        }
    }

    private async Task<Stream> OpenAsync(RetellFile file)
    {
        try
        {
            _form.IsSpent |= !file.IsRepeatable;
            return await file.OpenAsync(_cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw Fail(file, e);
        }
    }

    private async ValueTask<int> ReadAsync(RetellFile file, Stream source, byte[] buffer)
    {
        try
        {
#if NET
            return await source.ReadAsync(buffer.AsMemory(), _cancellationToken).ConfigureAwait(false);
#else
            return await source.ReadAsync(buffer, 0, buffer.Length, _cancellationToken).ConfigureAwait(false);
#endif
        }
        catch (Exception e)
        {
            throw Fail(file, e);
        }
    }

    private IOException Fail(RetellFile file, Exception cause)
    {
        Failure = (file, cause);
        return new IOException($"{file.FileName} could not be read.", cause);
    }

    /// <summary>A task for each piece would add up in a large file.</summary>
    private ValueTask WriteAsync(Stream stream, byte[] bytes, int count) =>
#if NET
        stream.WriteAsync(bytes.AsMemory(0, count), _cancellationToken);
#else
        new(stream.WriteAsync(bytes, 0, count, _cancellationToken));
#endif
}
