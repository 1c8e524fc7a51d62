using Retell.Http;
using Retell.Models;
using Retell.Monitoring;

namespace Retell;

public partial class CallsResource
{
    /// <summary>The default time to wait. The API ends a call after two hours; dialing and ending are added.</summary>
    private static readonly TimeSpan s_longestCall = TimeSpan.FromHours(3);

    /// <summary>Creates an outbound phone call.</summary>
    /// <param name="fromNumber">The number of the account to call from, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="toNumber">The number to dial, in E.164 format.</param>
    /// <param name="agentId">The ID of the agent, or null for the outbound agent of <paramref name="fromNumber"/>.</param>
    /// <param name="dynamicVariables">The values of dynamic variables, by name, or null for none.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request. A number that is already being dialed continues to ring.</param>
    /// <returns>The call, which is registered but not yet dialed.</returns>
    /// <exception cref="ArgumentException"><paramref name="fromNumber"/> or <paramref name="toNumber"/> is not a valid E.164 phone number.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>
    /// Calls <c>POST /v2/create-phone-call</c> (<c>createPhoneCall</c>). The request carries a new idempotency key, so that a retry does not dial
    /// twice.
    /// </remarks>
    public virtual Task<PhoneCall> CreatePhoneCallAsync(
        string fromNumber,
        string toNumber,
        string? agentId = null,
        IDictionary<string, string>? dynamicVariables = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreatePhoneCallAsync(
            Made(new CreatePhoneCallRequest
            {
                FromNumber = PhoneNumber(fromNumber),
                ToNumber = PhoneNumber(toNumber),
                OverrideAgentId = agentId,
                RetellLlmDynamicVariables = dynamicVariables,
            }, (nameof(CreatePhoneCallRequest.OverrideAgentId), nameof(agentId)), (nameof(CreatePhoneCallRequest.RetellLlmDynamicVariables), nameof(dynamicVariables))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Creates an outbound phone call.</summary>
    /// <param name="request">The numbers, the agent and its dynamic variables. It is not changed.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request. A number that is already being dialed continues to ring.</param>
    /// <returns>The call, which is registered but not yet dialed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>
    /// Calls <c>POST /v2/create-phone-call</c> (<c>createPhoneCall</c>). The request carries an idempotency key, so that a retry does not dial
    /// twice. A new key is created unless the request or the options have one.
    /// </remarks>
    public virtual Task<PhoneCall> CreatePhoneCallAsync(CreatePhoneCallRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreatePhoneCallAsync(body: WithIdempotencyKey(Body(request), options), options: options, cancellationToken: cancellationToken);

    /// <summary>Creates a web call, for a browser to join.</summary>
    /// <param name="agentId">The ID of the agent.</param>
    /// <param name="dynamicVariables">The values of dynamic variables, by name, or null for none.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The ID of the call, and the access token with which the browser joins before it expires.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /v3/create-web-call</c> (<c>createWebCall</c>).</remarks>
    public virtual Task<WebCallConnection> CreateWebCallAsync(
        string agentId,
        IDictionary<string, string>? dynamicVariables = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateWebCallAsync(
            Made(
                new CreateWebCallRequest { AgentId = NotEmpty(agentId), RetellLlmDynamicVariables = dynamicVariables },
                (nameof(CreateWebCallRequest.RetellLlmDynamicVariables), nameof(dynamicVariables))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Registers a call of a custom telephony, which must be dialed by SIP within 5 minutes.</summary>
    /// <param name="agentId">The ID of the agent.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The call. Its ID is the user part of the SIP address.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /v2/register-phone-call</c> (<c>registerPhoneCall</c>).</remarks>
    public virtual Task<PhoneCall> RegisterPhoneCallAsync(string agentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        RegisterPhoneCallAsync(Made(new RegisterPhoneCallRequest { AgentId = NotEmpty(agentId) }), options: options, cancellationToken: cancellationToken);

    /// <summary>Lets a listener of a live call take over from the agent, which is silent from then on.</summary>
    /// <param name="callId">The ID of the call.</param>
    /// <param name="participantId">The participant ID of the listener, as returned by <see cref="ListenAsync"/>.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The outcome of the takeover.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> or <paramref name="participantId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /v2/take-over-live-call/{call_id}</c> (<c>takeOverLiveCall</c>).</remarks>
    public virtual Task<TakeOverLiveCallResponse> TakeOverAsync(
        string callId,
        string participantId,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        TakeOverAsync(callId, Made(new TakeOverLiveCallRequest { ParticipantId = NotEmpty(participantId) }), options: options, cancellationToken: cancellationToken);

    /// <summary>Waits until a call has ended, was not connected or failed.</summary>
    /// <param name="callId">The ID of the call.</param>
    /// <param name="timeout">The maximum time to wait, or null for the default of 3 hours. <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <param name="progress">The object that receives the state after each read, or null for none.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The call, with the status and the disconnection reason. Its analysis can follow later.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty, or <paramref name="timeout"/> is zero, negative or more than 24 days.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    /// <exception cref="RetellTimeoutException">The time to wait has elapsed. The message contains the last status.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>The status is read at once, again after 1 second, and then less and less often, up to every 10 seconds.</remarks>
    public virtual Task<ICall> WaitUntilEndedAsync(
        string callId,
        TimeSpan? timeout = null,
        IProgress<ICall>? progress = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        NotEmpty(callId);
        return Waiter.WaitAsync(
            new WaitGoal<ICall>(
                $"Call \"{callId}\"",
                "ended",
                call => call.CallStatus.Value,
                HasEnded),
            token => GetAsync(callId, options: options, cancellationToken: token),
            timeout ?? s_longestCall,
            progress,
            cancellationToken);
    }

    /// <summary>Streams the transcript of a live call while it happens, until the call has ended.</summary>
    /// <param name="callId">The ID of the call.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration and closes the connection.</param>
    /// <returns>
    /// The events: a <see cref="MonitorSnapshotEvent"/> for each connection, a <see cref="MonitorUpdatedEvent"/> for each change, and a
    /// <see cref="MonitorEndedEvent"/> at the end. Each of them has the transcript so far, ordered by time.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty, or the options for the requests are not valid.</exception>
    /// <exception cref="OperationCanceledException">The enumeration was canceled.</exception>
    /// <exception cref="RetellCallNotLiveException">The call was not live within <see cref="MonitorOptions.NotLiveTimeout"/>.</exception>
    /// <exception cref="RetellMonitorException">The API refused the connection, for example because of the API key.</exception>
    /// <exception cref="RetellConnectionException">The API could not be reached after <see cref="MonitorOptions.MaxReconnects"/> reconnections.</exception>
    /// <exception cref="RetellException">A message cannot be read or is too large, or the call does not exist.</exception>
    /// <remarks>
    /// Opens the WebSocket <c>/v2/monitor-call/{call_id}</c>, which is not in the spec. The API key needs the permission to edit calls. It is sent
    /// in the <c>Authorization</c> header and, if the API refuses it there with 401, 403, 4001 or 4003, once more as the subprotocols
    /// <c>bearer</c> and the key; never in the URL. A connection that is lost is replaced after a growing delay, unless <see cref="GetAsync"/>
    /// tells that the call has ended. Events are read when the loop asks for them, so that nothing piles up; a loop that is busy for longer
    /// than the keep-alive timeouts can lose the connection, and the next snapshot contains what it missed. In the .NET Standard 2.0 build, the
    /// connection does not use the HttpClient or handler of the client.
    /// </remarks>
    public virtual IAsyncEnumerable<MonitorEvent> MonitorAsync(string callId, MonitorOptions? options = null, CancellationToken cancellationToken = default)
    {
        PathText(callId);
        return ((ApiTransport)Api.Invoker).MonitorAsync(
            callId, options ?? new MonitorOptions(), token => GetAsync(callId, options: options?.Request, cancellationToken: token), cancellationToken);
    }

    /// <summary>Returns a value indicating whether a call has ended, was not connected or failed.</summary>
    internal static bool HasEnded(ICall call) =>
        call.CallStatus == CallStatus.Ended || call.CallStatus == CallStatus.NotConnected || call.CallStatus == CallStatus.Error;

    private static CreatePhoneCallRequest WithIdempotencyKey(CreatePhoneCallRequest request, RequestOptions? options)
    {
        if (IdempotencyKey.IsSet(request, options))
        {
            return request;
        }

        CreatePhoneCallRequest copy = CopyOf(request);
        copy.IdempotencyKey = Guid.NewGuid().ToString("N");
        return copy;
    }
}
