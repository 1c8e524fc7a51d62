using Retell.Http;
using Retell.Models;

namespace Retell;

public partial class CallsResource
{
    /// <summary>Retell ends each call after two hours at the latest; dialling and closing come on top.</summary>
    private static readonly TimeSpan s_longestCall = TimeSpan.FromHours(3);

    /// <summary>
    /// Dials a number. The request carries a new idempotency key: sent again after a dropped connection, it does not dial
    /// twice. Calls <c>createPhoneCall</c>.
    /// </summary>
    /// <param name="fromNumber">A number of the account, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="toNumber">The number to dial, in E.164 format.</param>
    /// <param name="agentId">The agent that speaks; by default the outbound agent of <paramref name="fromNumber"/>.</param>
    /// <param name="dynamicVariables">Values for the variables in prompts and messages, by name.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">Stops the request; a number that is being dialled rings on.</param>
    /// <returns>The call, registered and about to be dialled.</returns>
    /// <exception cref="ArgumentException">A number is no phone number in E.164 format.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<PhoneCall> CreatePhoneCallAsync(string fromNumber, string toNumber, string? agentId = null, IDictionary<string, string>? dynamicVariables = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
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

    /// <summary>
    /// Dials a number. The request carries an idempotency key, a new one unless it has its own: sent again after a dropped
    /// connection, it does not dial twice. Calls <c>createPhoneCall</c>.
    /// </summary>
    /// <param name="request">The numbers, the agent and what it should know. It is not changed.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">Stops the request; a number that is being dialled rings on.</param>
    /// <returns>The call, registered and about to be dialled.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<PhoneCall> CreatePhoneCallAsync(CreatePhoneCallRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreatePhoneCallAsync(body: WithIdempotencyKey(Body(request), options), options: options, cancellationToken: cancellationToken);

    /// <summary>Prepares a call from a browser. Calls <c>createWebCall</c>.</summary>
    /// <param name="agentId">The agent that speaks.</param>
    /// <param name="dynamicVariables">Values for the variables in prompts and messages, by name.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>What the browser needs to connect, in time: the access token expires. The call itself is read by its id.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<WebCallConnection> CreateWebCallAsync(string agentId, IDictionary<string, string>? dynamicVariables = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateWebCallAsync(Made(new CreateWebCallRequest { AgentId = NotEmpty(agentId), RetellLlmDynamicVariables = dynamicVariables }, (nameof(CreateWebCallRequest.RetellLlmDynamicVariables), nameof(dynamicVariables))), options: options, cancellationToken: cancellationToken);

    /// <summary>Registers a call of your own telephony, to be dialled by SIP within 5 minutes. Calls <c>registerPhoneCall</c>.</summary>
    /// <param name="agentId">The agent that speaks.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The call; its id is the user part of the SIP address.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<PhoneCall> RegisterPhoneCallAsync(string agentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        RegisterPhoneCallAsync(Made(new RegisterPhoneCallRequest { AgentId = NotEmpty(agentId) }), options: options, cancellationToken: cancellationToken);

    /// <summary>Lets a listener speak in place of the agent, which stays silent from then on. Calls <c>takeOverLiveCall</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="participantId">The listener, as <see cref="ListenAsync"/> gave it.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Whether it was done.</returns>
    /// <exception cref="ArgumentException">An id is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<TakeOverLiveCallResponse> TakeOverAsync(string callId, string participantId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        TakeOverAsync(callId, Made(new TakeOverLiveCallRequest { ParticipantId = NotEmpty(participantId) }), options: options, cancellationToken: cancellationToken);

    /// <summary>Waits until a call has ended, also one that was never connected or broke off. It is read again after a second, and then less and less often, up to every 10 seconds.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="timeout">How long to wait; by default 3 hours, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="progress">Gets to know what was read, each time.</param>
    /// <param name="options">What the calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The call; its status and disconnection reason say how it ended. Its analysis may follow later.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty, or <paramref name="timeout"/> is not more than zero.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="RetellTimeoutException">The time is over; the message says what was read last.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<ICall> WaitUntilEndedAsync(string callId, TimeSpan? timeout = null, IProgress<ICall>? progress = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        NotEmpty(callId);
        return Waiter.WaitAsync(
            new WaitGoal<ICall>(
                $"Call {callId}",
                "ended",
                call => call.CallStatus.Value,
                call => call.CallStatus == CallStatus.Ended || call.CallStatus == CallStatus.NotConnected || call.CallStatus == CallStatus.Error),
            token => GetAsync(callId, options: options, cancellationToken: token),
            timeout ?? s_longestCall,
            progress,
            cancellationToken);
    }

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
