using Retell.Http;

namespace Retell.Resilience;

/// <summary>
/// Lets the request of a call pass. A request that must not be sent twice passes again only if it certainly was not processed. Every other
/// attempt is refused, and the outcome of the first one is kept.
/// </summary>
internal sealed class SendGate(ApiCall call) : IDisposable
{
    private readonly SemaphoreSlim? _turn = call.IsSentOnce ? new(1, 1) : null;
    private volatile bool _wasRefused;
    private volatile bool _mayHaveBeenSent;
    private volatile bool _isDone;
    private volatile bool _isReached;
    private int _sends;
    private int _copies;

    /// <summary>Gets a value indicating whether an attempt may have reached the server.</summary>
    public bool MayHaveBeenSent => _mayHaveBeenSent;

    /// <summary>Gets a value indicating whether every further attempt will be refused.</summary>
    public bool IsDone => _isDone;

    /// <summary>Gets a value indicating whether an attempt was refused.</summary>
    public bool WasRefused => _wasRefused;

    /// <summary>Gets the response of the attempt that counts, or null if it is not known.</summary>
    public ApiResponse? FirstResponse { get; private set; }

    /// <summary>Gets the failure of the attempt that counts, or null if it is not known.</summary>
    public Exception? FirstFailure { get; private set; }

    /// <summary>Sends the request from below all handlers of the application. An attempt waits for the outcome of the one in progress.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        _isReached = true;
        if (_turn is null)
        {
            return await TrackAsync(request, send, cancellationToken).ConfigureAwait(false);
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return !_isDone
                ? await SendOnceAsync(request, send, cancellationToken).ConfigureAwait(false)
                : throw Refuse();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gets a value indicating whether the current attempt has reached the gate with its call.</summary>
    public bool IsReached => _isReached;

    public void Begin() => _isReached = false;

    /// <summary>Sends the request and records the outcome. The content can be written, and copied before that, as for the first time.</summary>
    public async Task<HttpResponseMessage> TrackAsync(
        HttpRequestMessage request, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _sends, 0);
        Volatile.Write(ref _copies, 0);
        try
        {
            HttpResponseMessage response = await send(request, cancellationToken).ConfigureAwait(false);
            OnResponse(response);
            return response;
        }
        catch (Exception e)
        {
            OnFailure(e);
            throw;
        }
    }

    /// <summary>Records that the content is written to a connection, or copied by a handler.</summary>
    /// <param name="isCopy">Whether the target is in memory.</param>
    /// <param name="isGuarded">Whether a handler below all others counts what is sent.</param>
    public void OnWrite(bool isCopy, bool isGuarded)
    {
        if (!isGuarded && !call.IsRepeatable && (Volatile.Read(ref _sends) > 0 || (isCopy && Interlocked.Increment(ref _copies) > 1)))
        {
            throw Refuse();
        }

        if (!isCopy)
        {
            Interlocked.Increment(ref _sends);
        }
    }

    /// <summary>Records how an attempt failed.</summary>
    public void OnFailure(Exception failure) => _mayHaveBeenSent |= !TransportFailure.IsNeverSent(failure) || Volatile.Read(ref _sends) > 0;

    /// <summary>Records that an attempt received a response.</summary>
    public void OnResponse(HttpResponseMessage response)
    {
        call.IsAnswered = true;
        _mayHaveBeenSent |= !RetryRules.IsUnprocessed(response);
    }

    public Exception Refuse()
    {
        _wasRefused = true;
        return new SendRefusedException(call.Operation.Id);
    }

    public void Dispose() => FirstResponse?.Dispose();

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpRequestMessage request, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        HttpContent? content = request.Content;
        request.Content = content is null ? null : new OnceContent(content, this);
        try
        {
            HttpResponseMessage response = await TrackAsync(request, send, cancellationToken).ConfigureAwait(false);
            if (IsFinal(!RetryRules.IsUnprocessed(response)))
            {
                // Read to its end, so that it can be returned even if the handlers above dispose it.
                await ResponseBody.CompleteAsync(call, response, cancellationToken).ConfigureAwait(false);
                FirstResponse = call.IsStreamed && response.IsSuccessStatusCode ? null : ApiResponse.Share(call, response);
            }

            return response;
        }
        catch (Exception e)
        {
            FirstFailure = IsFinal(_mayHaveBeenSent) ? e : null;
            throw;
        }
        finally
        {
            request.Content = content;
        }
    }

    /// <summary>Closes the gate when the request may have been processed, or cannot be written again.</summary>
    private bool IsFinal(bool mayHaveBeenProcessed) => _isDone = !call.CanBeSentAgain || (!call.IsRepeatable && mayHaveBeenProcessed);
}
