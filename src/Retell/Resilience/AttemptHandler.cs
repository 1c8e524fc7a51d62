using Polly.Timeout;
using Retell.Http;

namespace Retell.Resilience;

/// <summary>
/// Makes one attempt: sends the request and reads the response to its end, so that the timeout and the retries around it cover the whole of it.
/// What it throws are the exceptions that resilience strategies know.
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
            // Handlers report it in many ways; who cancelled is settled further out.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (call.UploadFailure is not null)
        {
            throw CallErrors.Unreadable(call, call.UploadFailure, e);
        }
        catch (OperationCanceledException e)
        {
            // The timeout of an HttpClient or of a handler of the application.
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

    /// <summary>Sends, and notes how that ends where the guard did not see it.</summary>
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
