namespace Retell;

/// <summary>
/// A file to upload. Each attempt opens the content again, so that an upload can be retried. A stream that the caller opened is not disposed.
/// </summary>
public sealed class RetellFile
{
    private readonly Func<CancellationToken, Task<Stream>> _open;

    private RetellFile(string fileName, string? contentType, long? length, bool isRepeatable, Func<CancellationToken, Task<Stream>> open)
    {
        if (string.IsNullOrWhiteSpace(fileName))
        {
            throw new ArgumentException("The file name is empty. Use a name with an extension, such as \"manual.pdf\".", nameof(fileName));
        }

        FileName = fileName;
        ContentType = contentType ?? MediaType.FromFileName(fileName);
        Length = length;
        IsRepeatable = isRepeatable;
        _open = open;
    }

    /// <summary>Gets the file name that is sent to the API.</summary>
    public string FileName { get; }

    /// <summary>Gets the media type, such as <c>application/pdf</c>.</summary>
    public string ContentType { get; }

    /// <summary>Gets the size in bytes, or null if it is not known in advance.</summary>
    public long? Length { get; }

    /// <summary>Gets a value indicating whether the content can be read again for a retry.</summary>
    internal bool IsRepeatable { get; }

    /// <summary>Creates a file to upload from a path. The file is opened for each attempt.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="contentType">The media type, or null to derive it from the extension of the file name.</param>
    /// <returns>The file to upload.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static RetellFile FromPath(string path, string? contentType = null)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ArgumentException("The path of the file to upload is empty. Use the path of an existing file.", nameof(path));
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"The file \"{path}\" does not exist.", path);
        }

        return new RetellFile(file.Name, contentType, file.Length, true, _ => Task.FromResult<Stream>(
            new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 81920, useAsync: true)));
    }

    /// <summary>Creates a file to upload from content in memory.</summary>
    /// <param name="content">The content. It is not copied.</param>
    /// <param name="fileName">The file name that is sent to the API.</param>
    /// <param name="contentType">The media type, or null to derive it from the extension of the file name.</param>
    /// <returns>The file to upload.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="fileName"/> is null or empty.</exception>
    public static RetellFile FromBytes(byte[] content, string fileName, string? contentType = null)
    {
        _ = content ?? throw new ArgumentNullException(nameof(content));
        return new RetellFile(fileName, contentType, content.Length, true, _ => Task.FromResult<Stream>(new MemoryStream(content, writable: false)));
    }

    /// <summary>
    /// Creates a file to upload from a stream of the caller, which is read from its current position and not disposed. Only a stream that can
    /// seek can be sent again in a retry.
    /// </summary>
    /// <param name="content">The stream.</param>
    /// <param name="fileName">The file name that is sent to the API.</param>
    /// <param name="contentType">The media type, or null to derive it from the extension of the file name.</param>
    /// <returns>The file to upload.</returns>
    /// <exception cref="ArgumentException"><paramref name="content"/> cannot be read, or <paramref name="fileName"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    public static RetellFile FromStream(Stream content, string fileName, string? contentType = null)
    {
        _ = content ?? throw new ArgumentNullException(nameof(content));
        if (!content.CanRead)
        {
            throw new ArgumentException("The stream to upload cannot be read, because it is closed or write-only. Pass an open, readable stream.", nameof(content));
        }

        long start = content.CanSeek ? content.Position : 0;
        long? length = content.CanSeek ? content.Length - start : null;
        bool isSpent = false;
        return new RetellFile(fileName, contentType, length, content.CanSeek, _ =>
        {
            if (content.CanSeek)
            {
                content.Position = start;
            }
            else if (isSpent)
            {
                throw new IOException($"The stream of \"{fileName}\" was already read and cannot seek to its start. Pass a new stream, or use RetellFile.FromFactory.");
            }

            isSpent = true;

            return Task.FromResult<Stream>(new LeaveOpenStream(content));
        });
    }

    /// <summary>Creates a file to upload whose content is opened for each attempt. The opened stream is disposed after the attempt.</summary>
    /// <param name="open">The function that opens the content.</param>
    /// <param name="fileName">The file name that is sent to the API.</param>
    /// <param name="contentType">The media type, or null to derive it from the extension of the file name.</param>
    /// <returns>The file to upload.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="open"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="fileName"/> is null or empty.</exception>
    public static RetellFile FromFactory(Func<CancellationToken, Task<Stream>> open, string fileName, string? contentType = null) =>
        new(fileName, contentType, null, true, open ?? throw new ArgumentNullException(nameof(open)));

    /// <summary>Opens the content for one attempt. The caller disposes the stream.</summary>
    internal Task<Stream> OpenAsync(CancellationToken cancellationToken) => _open(cancellationToken);
}
