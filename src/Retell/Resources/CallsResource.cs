using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Phone and web calls.</summary>
public class CallsResource
{
    /// <summary>Retell ends each call after two hours at the latest; dialling and closing come on top.</summary>
    private static readonly TimeSpan s_longestCall = TimeSpan.FromHours(3);

    private readonly CallsClient? _raw;
    private readonly Waiter _waiter = new(TimeProvider.System);

    /// <summary>For test doubles.</summary>
    protected CallsResource()
    {
    }

    internal CallsResource(CallsClient raw, TimeProvider time)
    {
        _raw = raw;
        _waiter = new Waiter(time);
    }

    private CallsClient Raw => Resource.Required(_raw);

    /// <summary>
    /// Dials a number. The request carries a new idempotency key: sent again after a dropped connection, it does not dial
    /// twice. Calls <c>createPhoneCall</c>.
    /// </summary>
    /// <param name="fromNumber">A number of the account, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="toNumber">The number to dial, in E.164 format.</param>
    /// <param name="agentId">The agent that speaks; by default the outbound agent of <paramref name="fromNumber"/>.</param>
    /// <param name="dynamicVariables">Values for the variables in prompts and messages, by name.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request; a number that is being dialled rings on.</param>
    /// <returns>The call, registered and about to be dialled.</returns>
    /// <exception cref="ArgumentException">A number is no phone number in E.164 format.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneCall> CreatePhoneCallAsync(string fromNumber, string toNumber, string? agentId = null, IDictionary<string, string>? dynamicVariables = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreatePhoneCallAsync(
            new CreatePhoneCallRequest
            {
                FromNumber = Resource.PhoneNumber(fromNumber),
                ToNumber = Resource.PhoneNumber(toNumber),
                OverrideAgentId = agentId,
                RetellLlmDynamicVariables = dynamicVariables,
            },
            options,
            cancellationToken);

    /// <summary>
    /// Dials a number. The request carries an idempotency key, a new one unless it has its own: sent again after a dropped
    /// connection, it does not dial twice. Calls <c>createPhoneCall</c>.
    /// </summary>
    /// <param name="request">The numbers, the agent and what it should know. It is not changed.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request; a number that is being dialled rings on.</param>
    /// <returns>The call, registered and about to be dialled.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneCall> CreatePhoneCallAsync(CreatePhoneCallRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreatePhoneCallAsync(WithIdempotencyKey(Resource.NotNull(request), options), options, cancellationToken);

    /// <summary>Prepares a call from a browser. Calls <c>createWebCall</c>.</summary>
    /// <param name="agentId">The agent that speaks.</param>
    /// <param name="dynamicVariables">Values for the variables in prompts and messages, by name.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>What the browser needs to connect, in time: the access token expires. The call itself is read by its id.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<WebCallConnection> CreateWebCallAsync(string agentId, IDictionary<string, string>? dynamicVariables = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateWebCallAsync(new CreateWebCallRequest { AgentId = Resource.NotEmpty(agentId), RetellLlmDynamicVariables = dynamicVariables }, options, cancellationToken);

    /// <summary>Prepares a call from a browser. Calls <c>createWebCall</c>.</summary>
    /// <param name="request">The agent and what it should know.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>What the browser needs to connect, in time: the access token expires. The call itself is read by its id.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<WebCallConnection> CreateWebCallAsync(CreateWebCallRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateWebCallAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Registers a call of your own telephony, to be dialled by SIP within 5 minutes. Calls <c>registerPhoneCall</c>.</summary>
    /// <param name="agentId">The agent that speaks.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The call; its id is the user part of the SIP address.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneCall> RegisterPhoneCallAsync(string agentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        RegisterPhoneCallAsync(new RegisterPhoneCallRequest { AgentId = Resource.NotEmpty(agentId) }, options, cancellationToken);

    /// <summary>Registers a call of your own telephony, to be dialled by SIP within 5 minutes. Calls <c>registerPhoneCall</c>.</summary>
    /// <param name="request">The agent and what it should know.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The call; its id is the user part of the SIP address.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneCall> RegisterPhoneCallAsync(RegisterPhoneCallRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.RegisterPhoneCallAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads a call. Calls <c>getCall</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A <see cref="PhoneCall"/>, a <see cref="WebCall"/>, or an <see cref="UnknownVariant"/> where the SDK is older than the API.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ICall> GetAsync(string callId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetCallAsync(Resource.NotEmpty(callId), options, cancellationToken);

    /// <summary>Lists calls, page by page while the list is enumerated. Calls <c>listCalls</c>.</summary>
    /// <param name="request">Filter, order and page size (<c>Limit</c>); a pagination key there is where the list starts. It is not changed.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The calls, with less than <see cref="GetAsync"/> gives; by default the newest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The page size is not from 1 to 1000.</exception>
    public virtual Pager<ICallSummary> ListAsync(ListCallsRequest? request = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            request?.Limit,
            (key, token) => Raw.ListCallsAsync(Resource.ForPage(request, key, (next, from) => (next.PaginationKey, next.Skip) = (from, null)), options, token),
            page => new Page<ICallSummary>(page.Items, page.PaginationKey, page.HasMore, page.Total),
            cancellationToken,
            nameof(request));

    /// <summary>Lists calls of the retired version of the API. Calls <c>listCallsV2</c>.</summary>
    /// <param name="request">Filter, order and page size (<c>Limit</c>). It is not changed.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The calls.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The page size is not from 1 to 1000.</exception>
    [Obsolete("The API no longer has it. Use ListAsync.")]
    public virtual Pager<ICall> ListV2Async(ListCallsV2Request? request = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByLastItem<ICall>(
            (last, token) => Raw.ListCallsV2Async(Resource.ForPage(request, last?.CallId, (next, from) => next.PaginationKey = from), options, token),
            call => call.CallId,
            Resource.PageSize(request?.Limit, nameof(request)),
            cancellationToken);

    /// <summary>Changes the metadata and the data storage of an ended call. Calls <c>updateCallMetadata</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="change">Sets what is to change; what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The call as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ICall> UpdateAsync(string callId, Action<UpdateCallRequest> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(callId, Resource.Configured(change), options, cancellationToken);

    /// <summary>Changes the metadata and the data storage of a call. Calls <c>updateCallMetadata</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="request">What to change; members that are not set stay as they are.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The call as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ICall> UpdateAsync(string callId, UpdateCallRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateCallMetadataAsync(Resource.NotEmpty(callId), Resource.NotNull(request), options, cancellationToken);

    /// <summary>Deletes a call and what was stored of it. Calls <c>deleteCall</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the call is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string callId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteCallAsync(Resource.NotEmpty(callId), options, cancellationToken);

    /// <summary>Changes a call while it is going on: dynamic variables, metadata, what the agent should know now. Calls <c>updateLiveCall</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="change">Sets what is to change; what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Whether it was done.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<UpdateLiveCallResponse> UpdateLiveAsync(string callId, Action<UpdateLiveCallRequest> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateLiveAsync(callId, Resource.Configured(change), options, cancellationToken);

    /// <summary>Changes a call while it is going on: dynamic variables, metadata, what the agent should know now. Calls <c>updateLiveCall</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="request">What to change.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Whether it was done.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<UpdateLiveCallResponse> UpdateLiveAsync(string callId, UpdateLiveCallRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateLiveCallAsync(Resource.NotEmpty(callId), Resource.NotNull(request), options, cancellationToken);

    /// <summary>Ends a call that is going on. Calls <c>stopCall</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the API has taken the order.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task StopAsync(string callId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.StopCallAsync(Resource.NotEmpty(callId), options, cancellationToken);

    /// <summary>Prepares to listen to a call that is going on. Calls <c>listenLiveCall</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>What a listener needs to connect.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ListenerConnection> ListenAsync(string callId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.ListenLiveCallAsync(Resource.NotEmpty(callId), options, cancellationToken);

    /// <summary>Lets a listener speak in place of the agent, which stays silent from then on. Calls <c>takeOverLiveCall</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="participantId">The listener, as <see cref="ListenAsync"/> gave it.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Whether it was done.</returns>
    /// <exception cref="ArgumentException">An id is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<TakeOverLiveCallResponse> TakeOverAsync(string callId, string participantId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.TakeOverLiveCallAsync(Resource.NotEmpty(callId), new TakeOverLiveCallRequest { ParticipantId = Resource.NotEmpty(participantId) }, options, cancellationToken);

    /// <summary>Runs the analysis of an ended call again. Each run costs money, so it is never repeated unless the API surely did not carry it out. Calls <c>rerunCallAnalysis</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request; an analysis that has begun goes on.</param>
    /// <returns>The call; its analysis follows.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ICall> RerunAnalysisAsync(string callId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.RerunCallAnalysisAsync(Resource.NotEmpty(callId), options, cancellationToken);

    /// <summary>Prepares a call from a browser by the retired version of the API. Calls <c>createWebCallV2</c>.</summary>
    /// <param name="request">The agent and what it should know.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The call with the access token that the browser needs within 30 seconds.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    [Obsolete("The API no longer has it. Use CreateWebCallAsync.")]
    public virtual Task<WebCall> CreateWebCallV2Async(CreateWebCallV2Request request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateWebCallV2Async(Resource.NotNull(request), options, cancellationToken);

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
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ICall> WaitUntilEndedAsync(string callId, TimeSpan? timeout = null, IProgress<ICall>? progress = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Resource.NotEmpty(callId);
        return _waiter.WaitAsync(
            new WaitGoal<ICall>(
                $"Call {callId}",
                "ended",
                call => call.CallStatus.Value,
                call => call.CallStatus == CallStatus.Ended || call.CallStatus == CallStatus.NotConnected || call.CallStatus == CallStatus.Error),
            token => GetAsync(callId, options, token),
            timeout ?? s_longestCall,
            progress,
            cancellationToken);
    }

    private static CreatePhoneCallRequest WithIdempotencyKey(CreatePhoneCallRequest request, RequestOptions? options)
    {
        if ((request.IdempotencyKey ?? options?.IdempotencyKey) is not null)
        {
            return request;
        }

        CreatePhoneCallRequest copy = Resource.CopyOf(request);
        copy.IdempotencyKey = Guid.NewGuid().ToString("N");
        return copy;
    }
}
