using Retell.Http;

namespace Retell.Resilience;

/// <summary>Sends each attempt with the HttpClient of the application, as a new message, because an HttpClient sends a message only once.</summary>
internal sealed class InjectedClientHandler(HttpClient client) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ApiCall call = ApiCall.Of(request)!;
        using HttpRequestMessage attempt = call.CreateMessage();
        (attempt.Content as ApiContent)?.AttemptToken = cancellationToken;
        return await call.Gate.TrackAsync(
            attempt, (message, token) => client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken).ConfigureAwait(false);
    }
}
