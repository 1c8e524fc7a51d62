using Retell.Models;

namespace Retell;

public partial class PhoneNumbersResource
{
    /// <summary>Buys a US phone number and assigns agents to it.</summary>
    /// <param name="areaCode">The area code: three digits, such as 415.</param>
    /// <param name="inboundAgentId">The ID of the agent for inbound calls, or null for none.</param>
    /// <param name="outboundAgentId">The ID of the default agent for outbound calls, or null for none.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The phone number.</returns>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>
    /// Calls <c>POST /create-phone-number</c> (<c>createPhoneNumber</c>). The operation costs money. It is retried only if the API certainly did
    /// not process the request.
    /// </remarks>
    public virtual Task<PhoneNumber> CreateAsync(
        long areaCode,
        string? inboundAgentId = null,
        string? outboundAgentId = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var request = Made(new CreatePhoneNumberRequest { AreaCode = areaCode });
        if (inboundAgentId is not null)
        {
            // Null has a meaning here, and would be sent.
            request.InboundAgents = [new AgentWeight { AgentId = inboundAgentId, Weight = 1 }];
        }

        if (outboundAgentId is not null)
        {
            request.OutboundAgents = [new AgentWeight { AgentId = outboundAgentId, Weight = 1 }];
        }

        return CreateAsync(request, options: options, cancellationToken: cancellationToken);
    }

    /// <summary>Imports a phone number of a custom telephony.</summary>
    /// <param name="phoneNumber">The number, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="terminationUri">The URI to which outbound calls are sent, such as <c>someuri.pstn.twilio.com</c>.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The phone number.</returns>
    /// <exception cref="ArgumentException"><paramref name="phoneNumber"/> or <paramref name="terminationUri"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /import-phone-number</c> (<c>importPhoneNumber</c>).</remarks>
    public virtual Task<PhoneNumber> ImportAsync(string phoneNumber, string terminationUri, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        ImportAsync(
            Made(new ImportPhoneNumberRequest
            {
                PhoneNumber = NotEmpty(phoneNumber),
                TerminationUri = NotEmpty(terminationUri),
            }),
            options: options,
            cancellationToken: cancellationToken);
}
