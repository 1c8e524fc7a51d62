using System.Net;
using Retell.Resilience;

namespace Retell.Http;

/// <summary>The content of a request, which is written for each attempt and counted.</summary>
internal abstract class ApiContent(ApiCall call) : HttpContent
{
    /// <summary>Gets or sets the token of the current attempt, for platforms that do not pass it on.</summary>
    public CancellationToken AttemptToken { get; set; }

    protected ApiCall Call { get; } = call;

#if NET
    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        BeginAsync(stream, cancellationToken.CanBeCanceled ? cancellationToken : AttemptToken);
#endif

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => BeginAsync(stream, AttemptToken);

    protected abstract Task WriteAsync(Stream stream, CancellationToken cancellationToken);

    /// <summary>
    /// Returns a value indicating whether a handler copies the content into memory, to log or clone the request. Some copies use a private class
    /// of HttpContent.
    /// </summary>
    public static bool IsCopy(Stream stream) => stream is MemoryStream || stream.GetType().DeclaringType == typeof(HttpContent);

    private Task BeginAsync(Stream stream, CancellationToken cancellationToken)
    {
        Call.Gate.OnWrite(IsCopy(stream), Call.IsGuarded);
        return WriteAsync(stream, cancellationToken);
    }
}
