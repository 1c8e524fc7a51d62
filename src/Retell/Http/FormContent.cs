using System.Buffers;
using Retell.Models;
using Retell.Resilience;

namespace Retell.Http;

/// <summary>Sends a form. Each file is opened when it is written, and then closed.</summary>
internal sealed class FormContent : ApiContent
{
    private readonly FormBody _form;

    public FormContent(ApiCall call, FormBody form)
        : base(call)
    {
        _form = form;
        Headers.ContentType = form.MediaType;
    }

    protected override async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_form.IsSpent)
        {
            throw Call.Gate.Refuse();
        }

        foreach (FormPart part in _form.Parts)
        {
            await WriteAsync(stream, part.Header, part.Header.Length, cancellationToken).ConfigureAwait(false);
            await (part.File is null ? part.Text!.CopyToAsync(stream, cancellationToken) : CopyAsync(part.File, stream, cancellationToken)).ConfigureAwait(false);
            await WriteAsync(stream, _form.Separator, _form.Separator.Length, cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(stream, _form.Closing, _form.Closing.Length, cancellationToken).ConfigureAwait(false);
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

    private async Task CopyAsync(RetellFile file, Stream target, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(65536);
        try
        {
            using Stream source = await OpenAsync(file, cancellationToken).ConfigureAwait(false);
            long sent = 0;
            for (int read; (read = await ReadAsync(file, source, buffer, cancellationToken).ConfigureAwait(false)) > 0; sent += read)
            {
                await WriteAsync(target, buffer, read, cancellationToken).ConfigureAwait(false);
            }

            if (file.Length is long promised && sent != promised)
            {
                throw Fail(file, new IOException($"The file had {promised} bytes when the upload started, but {sent} bytes were read."));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<Stream> OpenAsync(RetellFile file, CancellationToken cancellationToken)
    {
        try
        {
            _form.IsSpent |= !file.IsRepeatable;
            return await file.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw Fail(file, e);
        }
    }

    private async ValueTask<int> ReadAsync(RetellFile file, Stream source, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
#if NET
            return await source.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
#else
            return await source.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
#endif
        }
        catch (Exception e)
        {
            throw Fail(file, e);
        }
    }

    private IOException Fail(RetellFile file, Exception cause)
    {
        Call.UploadFailure = new(file, cause);
        return new IOException($"The file \"{file.FileName}\" could not be read.", cause);
    }

    /// <summary>Writes bytes without allocating a task per chunk.</summary>
    private static ValueTask WriteAsync(Stream stream, byte[] bytes, int count, CancellationToken cancellationToken) =>
#if NET
        stream.WriteAsync(bytes.AsMemory(0, count), cancellationToken);
#else
        new(stream.WriteAsync(bytes, 0, count, cancellationToken));
#endif
}

/// <summary>The file that could not be read, and why. It tells such a failure from one of the connection.</summary>
internal sealed record UploadFailure(RetellFile File, Exception Cause);
