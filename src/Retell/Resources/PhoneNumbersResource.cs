using Retell.Models;

namespace Retell;

public partial class PhoneNumbersResource
{
    /// <summary>Buys a US phone number and binds agents to it. It costs money and is never repeated unless the API surely did not carry it out. Calls <c>createPhoneNumber</c>.</summary>
    /// <param name="areaCode">The area code, three digits such as 415.</param>
    /// <param name="inboundAgentId">The agent that takes calls to the number; by default none does.</param>
    /// <param name="outboundAgentId">The agent that calls from the number unless a call says otherwise; by default none.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The phone number.</returns>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<PhoneNumber> CreateAsync(long areaCode, string? inboundAgentId = null, string? outboundAgentId = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = Made(new CreatePhoneNumberRequest { AreaCode = areaCode });
        if (inboundAgentId is not null)
        {
            // A null would be sent: it has a meaning there.
            request.InboundAgents = [new AgentWeight { AgentId = inboundAgentId, Weight = 1 }];
        }

        if (outboundAgentId is not null)
        {
            request.OutboundAgents = [new AgentWeight { AgentId = outboundAgentId, Weight = 1 }];
        }

        return CreateAsync(request, options: options, cancellationToken: cancellationToken);
    }

    /// <summary>Imports a phone number of your own telephony. Calls <c>importPhoneNumber</c>.</summary>
    /// <param name="phoneNumber">The number, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="terminationUri">Where your telephony takes outbound calls, such as <c>someuri.pstn.twilio.com</c>.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The phone number.</returns>
    /// <exception cref="ArgumentException">An argument is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
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
