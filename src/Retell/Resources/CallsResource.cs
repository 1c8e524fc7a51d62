using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Phone and web calls.</summary>
public class CallsResource
{
    private readonly CallsClient? _raw;

    /// <summary>For test doubles.</summary>
    protected CallsResource()
    {
    }

    internal CallsResource(CallsClient raw) => _raw = raw;

    private CallsClient Raw => Resource.Required(_raw);

    /// <summary>Dials a number. A dial is never repeated unless the API surely did not carry it out. Calls <c>createPhoneCall</c>.</summary>
    /// <param name="fromNumber">A number of the account, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="toNumber">The number to dial, in E.164 format.</param>
    /// <param name="agentId">The agent that speaks; by default the outbound agent of <paramref name="fromNumber"/>.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request; a number that is being dialled rings on.</param>
    /// <returns>The call, registered and about to be dialled.</returns>
    /// <exception cref="ArgumentNullException">A number is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneCall> CreatePhoneCallAsync(string fromNumber, string toNumber, string? agentId = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreatePhoneCallAsync(
            new CreatePhoneCallRequest
            {
                FromNumber = Resource.NotNull(fromNumber, nameof(fromNumber)),
                ToNumber = Resource.NotNull(toNumber, nameof(toNumber)),
                OverrideAgentId = agentId,
            },
            options,
            cancellationToken);

    /// <summary>Dials a number. A dial is never repeated unless the API surely did not carry it out. Calls <c>createPhoneCall</c>.</summary>
    /// <param name="request">The numbers, the agent and what it should know.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request; a number that is being dialled rings on.</param>
    /// <returns>The call, registered and about to be dialled.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneCall> CreatePhoneCallAsync(CreatePhoneCallRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreatePhoneCallAsync(request, options, cancellationToken);

    /// <summary>Prepares a call from a browser. Calls <c>createWebCall</c>.</summary>
    /// <param name="agentId">The agent that speaks.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The call with the access token that the browser needs within 30 seconds.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="agentId"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<WebCall> CreateWebCallAsync(string agentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateWebCallAsync(new CreateWebCallRequest { AgentId = Resource.NotNull(agentId, nameof(agentId)) }, options, cancellationToken);

    /// <summary>Prepares a call from a browser. Calls <c>createWebCall</c>.</summary>
    /// <param name="request">The agent and what it should know.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The call with the access token that the browser needs within 30 seconds.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<WebCall> CreateWebCallAsync(CreateWebCallRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateWebCallAsync(request, options, cancellationToken);

    /// <summary>Registers a call of your own telephony, to be dialled by SIP within 5 minutes. Calls <c>registerPhoneCall</c>.</summary>
    /// <param name="agentId">The agent that speaks.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The call; its id is the user part of the SIP address.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="agentId"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneCall> RegisterPhoneCallAsync(string agentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        RegisterPhoneCallAsync(new RegisterPhoneCallRequest { AgentId = Resource.NotNull(agentId, nameof(agentId)) }, options, cancellationToken);

    /// <summary>Registers a call of your own telephony, to be dialled by SIP within 5 minutes. Calls <c>registerPhoneCall</c>.</summary>
    /// <param name="request">The agent and what it should know.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The call; its id is the user part of the SIP address.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneCall> RegisterPhoneCallAsync(RegisterPhoneCallRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.RegisterPhoneCallAsync(request, options, cancellationToken);

    /// <summary>Reads a call. Calls <c>getCall</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A <see cref="PhoneCall"/>, a <see cref="WebCall"/>, or an <see cref="UnknownVariant"/> where the SDK is older than the API.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ICall> GetAsync(string callId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetCallAsync(callId, options, cancellationToken);

    /// <summary>Lists calls, page by page while the list is enumerated. Calls <c>listCalls</c>.</summary>
    /// <param name="request">Filter, order and page size (<c>Limit</c>); a pagination key there is where the list starts. It is not changed.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The calls; by default the newest first.</returns>
    public virtual Pager<ICall> ListAsync(ListCallsRequest? request = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByLastItem<ICall>(
            (last, token) =>
            {
                ListCallsRequest page = Resource.CopyOf(request);
                page.PaginationKey = last?.CallId ?? page.PaginationKey;
                return Raw.ListCallsAsync(page, options, token);
            },
            call => call.CallId,
            request?.Limit,
            cancellationToken);

    /// <summary>Changes the metadata and the data storage of a call. Calls <c>updateCallMetadata</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="request">What to change; members that are not set stay as they are.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The call as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ICall> UpdateAsync(string callId, UpdateCallMetadataRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateCallMetadataAsync(callId, request, options, cancellationToken);

    /// <summary>Deletes a call and what was stored of it. Calls <c>deleteCall</c>.</summary>
    /// <param name="callId">The id of the call.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the call is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="callId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string callId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteCallAsync(callId, options, cancellationToken);
}
