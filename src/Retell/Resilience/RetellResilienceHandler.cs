using Microsoft.Extensions.Http.Resilience;
using Polly;
using Retell.Http;

namespace Retell.Resilience;

/// <summary>Runs the pipeline of the client that sends the request, under the name of the operation.</summary>
internal sealed class RetellResilienceHandler() : ResilienceHandler(static request => ApiCall.Of(request)?.Pipeline ?? ResiliencePipeline<HttpResponseMessage>.Empty)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (ApiCall.Of(request) is not ApiCall call)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        ResilienceContext context = ResilienceContextPool.Shared.Get(call.Operation.Name, cancellationToken);
        context.Properties.Set(ApiCall.ContextKey, call);
        request.SetResilienceContext(context);
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            request.SetResilienceContext(null);
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
