using Retell.Http;
using Retell.Resilience;

namespace Retell;

/// <summary>
/// Refuses to send a request of the SDK a second time if it must not be repeated and may have reached the API. It belongs below every other
/// handler. <c>AddRetell</c> and a client that is given a handler put it there by themselves; add it as the innermost handler of an
/// <see cref="HttpClient"/> that you pass to a client.
/// </summary>
/// <remarks>
/// Requests that may be repeated, and requests that are not the SDK's, pass through. After a refusal, the caller of the SDK sees the outcome of
/// the first attempt.
/// </remarks>
public sealed class RetellSendOnceHandler : DelegatingHandler
{
    /// <summary>Creates a handler for a chain that sets <see cref="DelegatingHandler.InnerHandler"/>, such as the one of IHttpClientFactory.</summary>
    public RetellSendOnceHandler()
    {
    }

    /// <summary>Creates a handler.</summary>
    /// <param name="innerHandler">The handler that sends.</param>
    public RetellSendOnceHandler(HttpMessageHandler innerHandler)
        : base(innerHandler)
    {
    }

    /// <summary>Puts a handler of this kind above the innermost handler of a chain, unless there is one.</summary>
    /// <returns>The chain to send with.</returns>
    internal static HttpMessageHandler Guard(HttpMessageHandler chain)
    {
        if (chain is not DelegatingHandler { InnerHandler: not null } last)
        {
            return new RetellSendOnceHandler(chain);
        }

        while (last is not RetellSendOnceHandler && last.InnerHandler is DelegatingHandler { InnerHandler: not null } next)
        {
            last = next;
        }

        try
        {
            if (last is not RetellSendOnceHandler)
            {
                last.InnerHandler = new RetellSendOnceHandler(last.InnerHandler!);
            }

            return chain;
        }
        catch (InvalidOperationException)
        {
            // The chain has sent requests already and can no longer be changed: above it, the content still counts.
            return new RetellSendOnceHandler(chain);
        }
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        (ApiCall.Of(request) ?? ApiCall.Current) is ApiCall call
            ? call.Gate.SendAsync(request, base.SendAsync, cancellationToken)
            : base.SendAsync(request, cancellationToken);
}
