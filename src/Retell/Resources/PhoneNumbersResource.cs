using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Phone numbers that were bought from Retell or imported.</summary>
public class PhoneNumbersResource
{
    private readonly PhoneNumbersClient? _raw;

    /// <summary>For test doubles.</summary>
    protected PhoneNumbersResource()
    {
    }

    internal PhoneNumbersResource(PhoneNumbersClient raw) => _raw = raw;

    private PhoneNumbersClient Raw => Resource.Required(_raw);

    /// <summary>Buys a US phone number and binds agents to it. It costs money and is never repeated unless the API surely did not carry it out. Calls <c>createPhoneNumber</c>.</summary>
    /// <param name="areaCode">The area code, three digits such as 415.</param>
    /// <param name="inboundAgentId">The agent that takes calls to the number; by default none does.</param>
    /// <param name="outboundAgentId">The agent that calls from the number unless a call says otherwise; by default none.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The phone number.</returns>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneNumber> CreateAsync(long areaCode, string? inboundAgentId = null, string? outboundAgentId = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new CreatePhoneNumberRequest { AreaCode = areaCode };
        if (inboundAgentId is not null)
        {
            // A null would be sent: it has a meaning there.
            request.InboundAgents = [new AgentWeight { AgentId = inboundAgentId, Weight = 1 }];
        }

        if (outboundAgentId is not null)
        {
            request.OutboundAgents = [new AgentWeight { AgentId = outboundAgentId, Weight = 1 }];
        }

        return CreateAsync(request, options, cancellationToken);
    }

    /// <summary>Buys a phone number and binds agents to it. It costs money and is never repeated unless the API surely did not carry it out. Calls <c>createPhoneNumber</c>.</summary>
    /// <param name="request">Area, agents and settings.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The phone number.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneNumber> CreateAsync(CreatePhoneNumberRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreatePhoneNumberAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Imports a phone number of your own telephony. Calls <c>importPhoneNumber</c>.</summary>
    /// <param name="phoneNumber">The number, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="terminationUri">Where your telephony takes outbound calls, such as <c>someuri.pstn.twilio.com</c>.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The phone number.</returns>
    /// <exception cref="ArgumentException">An argument is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneNumber> ImportAsync(string phoneNumber, string terminationUri, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        ImportAsync(
            new ImportPhoneNumberRequest
            {
                PhoneNumber = Resource.NotEmpty(phoneNumber),
                TerminationUri = Resource.NotEmpty(terminationUri),
            },
            options,
            cancellationToken);

    /// <summary>Imports a phone number of your own telephony. Calls <c>importPhoneNumber</c>.</summary>
    /// <param name="request">Number, SIP trunk, agents and settings.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The phone number.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneNumber> ImportAsync(ImportPhoneNumberRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.ImportPhoneNumberAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads a phone number. Calls <c>getPhoneNumber</c>.</summary>
    /// <param name="phoneNumber">The number, in E.164 format.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The phone number.</returns>
    /// <exception cref="ArgumentException"><paramref name="phoneNumber"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneNumber> GetAsync(string phoneNumber, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetPhoneNumberAsync(Resource.NotEmpty(phoneNumber), options, cancellationToken);

    /// <summary>Lists the phone numbers, page by page while the list is enumerated. Calls <c>listPhoneNumbers</c>.</summary>
    /// <param name="pageSize">How many numbers one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The phone numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<PhoneNumber> ListAsync(long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListPhoneNumbersAsync(pageSize, sortOrder, key, options, token),
            page => new Page<PhoneNumber>(page.Items, page.PaginationKey, page.HasMore == true),
            cancellationToken);

    /// <summary>Changes a phone number. Calls <c>updatePhoneNumber</c>.</summary>
    /// <param name="phoneNumber">The number, in E.164 format.</param>
    /// <param name="change">Sets what is to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The phone number as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="phoneNumber"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneNumber> UpdateAsync(string phoneNumber, Action<UpdatePhoneNumberRequest> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(phoneNumber, Resource.Configured(change), options, cancellationToken);

    /// <summary>Changes a phone number. Calls <c>updatePhoneNumber</c>.</summary>
    /// <param name="phoneNumber">The number, in E.164 format.</param>
    /// <param name="request">What to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The phone number as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="phoneNumber"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PhoneNumber> UpdateAsync(string phoneNumber, UpdatePhoneNumberRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdatePhoneNumberAsync(Resource.NotEmpty(phoneNumber), Resource.NotNull(request), options, cancellationToken);

    /// <summary>Gives a phone number back. Calls <c>deletePhoneNumber</c>.</summary>
    /// <param name="phoneNumber">The number, in E.164 format.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the number is released.</returns>
    /// <exception cref="ArgumentException"><paramref name="phoneNumber"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string phoneNumber, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeletePhoneNumberAsync(Resource.NotEmpty(phoneNumber), options, cancellationToken);
}
