using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Retell.AspNetCore.Llm;

/// <summary>Checks the network and the secret of a request.</summary>
internal sealed class LlmAccess(RetellLlmOptions options)
{
    /// <summary>Returns the status of the response, which is 101 for a request that may pass, and why it may not.</summary>
    public (int Status, string? Reason) Check(HttpContext context) =>
        !IsAllowed(context.Connection.RemoteIpAddress) ? (StatusCodes.Status403Forbidden, "its address is not in AllowedNetworks")
        : options.Secrets.Count > 0 && !IsSecret(context.GetRouteValue(LlmEndpoint.Secret) as string ?? "") ? (StatusCodes.Status404NotFound, "its secret is wrong")
        : (StatusCodes.Status101SwitchingProtocols, null);

    private bool IsAllowed(IPAddress? address)
    {
        IPAddress? plain = address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address;
        return options.AllowedNetworks.Count == 0 || (plain is not null && options.AllowedNetworks.Any(network => network.Contains(plain)));
    }

    /// <summary>Compares with each secret in a time that depends neither on what is equal nor on the lengths.</summary>
    private bool IsSecret(string sent)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(sent));
        bool isSecret = false;
        foreach (string secret in options.Secrets)
        {
            isSecret |= CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        }

        return isSecret;
    }
}
