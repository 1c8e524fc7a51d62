using Retell.Http;
using Retell.Resilience;

namespace Retell;

/// <summary>Refuses to resend a request of the SDK that must not be sent twice and may have reached the API. It belongs below all other handlers.</summary>
/// <remarks>
/// <c>AddRetell</c> and a client with a handler of the application insert it. Add it as the innermost handler of an <see cref="HttpClient"/>
/// that you pass to a client. Requests that can be retried, and requests that do not belong to the SDK, pass through. After a refusal, the
/// caller of the SDK sees the outcome of the first attempt.
/// </remarks>
public sealed class RetellSendOnceHandler : DelegatingHandler
{
    /// <summary>Creates a handler for a chain that sets <see cref="DelegatingHandler.InnerHandler"/>, such as that of IHttpClientFactory.</summary>
    public RetellSendOnceHandler()
    {
    }

    /// <summary>Creates a handler above another one.</summary>
    /// <param name="innerHandler">The handler that sends the requests.</param>
    public RetellSendOnceHandler(HttpMessageHandler innerHandler)
        : base(innerHandler)
    {
    }

    /// <summary>Inserts a handler of this type above the innermost handler of a chain, unless the chain has one.</summary>
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
            // The chain has sent requests and cannot be changed any more. Above it, the content still counts.
            return new RetellSendOnceHandler(chain);
        }
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        (ApiCall.Of(request) ?? ApiCall.Current) is ApiCall call
            ? call.Gate.SendAsync(request, base.SendAsync, cancellationToken)
            : base.SendAsync(request, cancellationToken);
}
