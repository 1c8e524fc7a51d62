using Retell.Http;

namespace Retell.Resilience;

/// <summary>Sends each attempt with an HttpClient that the application passed in, in a message of its own, because an HttpClient sends a message once.</summary>
internal sealed class InjectedClientHandler(HttpClient client) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ApiCall call = ApiCall.Of(request)!;
        using HttpRequestMessage attempt = call.CreateMessage();
        call.Gate.BeginUnguarded();
        (attempt.Content as ApiContent)?.AttemptToken = cancellationToken;
        try
        {
            HttpResponseMessage response = await client.SendAsync(attempt, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            call.Gate.OnResponse(response);
            return response;
        }
        catch (Exception e)
        {
            call.Gate.OnFailure(e);
            throw;
        }
    }
}
