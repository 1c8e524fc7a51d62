using Polly.Timeout;
using Retell.Http;

namespace Retell.Resilience;

/// <summary>
/// Makes one attempt: sends the request and reads the response to its end, so that the timeouts and retries around it include the response. It
/// throws the exceptions that resilience strategies handle.
/// </summary>
internal sealed class AttemptHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (ApiCall.Of(request) is not ApiCall call)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        call.BeginAttempt(request, cancellationToken);
        bool isComplete = false;
        try
        {
            HttpResponseMessage response = await SendAsync(call, request, cancellationToken).ConfigureAwait(false);
            try
            {
                await ResponseBody.CompleteAsync(call, response, cancellationToken).ConfigureAwait(false);
                isComplete = true;
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            // Handlers report a cancellation in many ways; the transport finds out who canceled.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (call.UploadFailure is not null)
        {
            throw CallErrors.Unreadable(call, call.UploadFailure, e);
        }
        catch (OperationCanceledException e)
        {
            // The timeout of an HttpClient or a handler of the application.
            throw new TimeoutRejectedException(e.Message, e);
        }
        catch (IOException e)
        {
            throw new HttpRequestException(e.Message, e);
        }
        finally
        {
            call.WasResponseLost |= !isComplete && call.Gate.MayHaveBeenSent;
        }
    }

    /// <summary>Sends the request, and records the outcome if no guard did.</summary>
    private async Task<HttpResponseMessage> SendAsync(ApiCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!call.Gate.IsReached)
            {
                call.Gate.OnResponse(response);
            }

            return response;
        }
        catch (Exception e) when (!call.Gate.IsReached)
        {
            call.Gate.OnFailure(e);
            throw;
        }
    }
}
