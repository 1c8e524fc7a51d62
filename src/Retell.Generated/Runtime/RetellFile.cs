namespace Retell;

/// <summary>
/// A file to upload. Each attempt of a request opens a stream of its own, so an upload can be repeated; a stream that
/// the caller opened is never disposed.
/// </summary>
public sealed class RetellFile
{
    private readonly Func<CancellationToken, Task<Stream>> _open;

    private RetellFile(string fileName, string? contentType, long? length, bool isRepeatable, Func<CancellationToken, Task<Stream>> open)
    {
        if (string.IsNullOrWhiteSpace(fileName))
        {
            throw new ArgumentException("A file to upload needs a name with its extension, such as \"manual.pdf\".", nameof(fileName));
        }

        FileName = fileName;
        ContentType = contentType ?? MediaType.FromFileName(fileName);
        Length = length;
        IsRepeatable = isRepeatable;
        _open = open;
    }

    /// <summary>The name that the API gets to see.</summary>
    public string FileName { get; }

    /// <summary>The media type, such as <c>application/pdf</c>; taken from the extension unless given.</summary>
    public string ContentType { get; }

    /// <summary>The size in bytes, when it is known beforehand.</summary>
    public long? Length { get; }

    /// <summary>Whether the content can be sent again when an attempt failed.</summary>
    internal bool IsRepeatable { get; }

    /// <summary>A file on disk, opened for each attempt.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="contentType">The media type; from the extension unless given.</param>
    /// <returns>The file to upload.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static RetellFile FromPath(string path, string? contentType = null)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ArgumentException("The path of the file to upload is empty.", nameof(path));
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"The file to upload does not exist: {path}", path);
        }

        return new RetellFile(file.Name, contentType, file.Length, true, _ => Task.FromResult<Stream>(
            new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 81920, useAsync: true)));
    }

    /// <summary>Content that is in memory.</summary>
    /// <param name="content">The bytes; they are not copied.</param>
    /// <param name="fileName">The name that the API gets to see.</param>
    /// <param name="contentType">The media type; from the extension unless given.</param>
    /// <returns>The file to upload.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    public static RetellFile FromBytes(byte[] content, string fileName, string? contentType = null)
    {
        _ = content ?? throw new ArgumentNullException(nameof(content));
        return new RetellFile(fileName, contentType, content.Length, true, _ => Task.FromResult<Stream>(new MemoryStream(content, writable: false)));
    }

    /// <summary>
    /// A stream that the caller owns: it is read from its current position and not disposed. Only a stream that can
    /// seek can be sent again when an attempt failed.
    /// </summary>
    /// <param name="content">The stream.</param>
    /// <param name="fileName">The name that the API gets to see.</param>
    /// <param name="contentType">The media type; from the extension unless given.</param>
    /// <returns>The file to upload.</returns>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    public static RetellFile FromStream(Stream content, string fileName, string? contentType = null)
    {
        _ = content ?? throw new ArgumentNullException(nameof(content));
        if (!content.CanRead)
        {
            throw new ArgumentException("The stream to upload cannot be read: it is closed or write-only.", nameof(content));
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
                throw new IOException($"The stream of {fileName} was read before and cannot go back to its start. Open a new one, or use RetellFile.FromFactory.");
            }

            isSpent = true;

            return Task.FromResult<Stream>(new LeaveOpenStream(content));
        });
    }

    /// <summary>Content that is opened anew for each attempt; the opened stream is disposed afterwards.</summary>
    /// <param name="open">Opens the content.</param>
    /// <param name="fileName">The name that the API gets to see.</param>
    /// <param name="contentType">The media type; from the extension unless given.</param>
    /// <returns>The file to upload.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="open"/> is null.</exception>
    public static RetellFile FromFactory(Func<CancellationToken, Task<Stream>> open, string fileName, string? contentType = null) =>
        new(fileName, contentType, null, true, open ?? throw new ArgumentNullException(nameof(open)));

    /// <summary>Opens the content for one attempt; dispose what is returned.</summary>
    internal Task<Stream> OpenAsync(CancellationToken cancellationToken) => _open(cancellationToken);
}
