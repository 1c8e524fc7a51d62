using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>The API key in use.</summary>
public class ApiKeyResource
{
    private readonly ApiKeyClient? _raw;

    /// <summary>For test doubles.</summary>
    protected ApiKeyResource()
    {
    }

    internal ApiKeyResource(ApiKeyClient raw) => _raw = raw;

    private ApiKeyClient Raw => Resource.Required(_raw);

    /// <summary>Reads whose the API key is; a cheap way to see whether it works. Calls <c>getApiKeyInfo</c>.</summary>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The organization and the name of the key.</returns>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ApiKeyInfo> GetAsync(RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetApiKeyInfoAsync(options, cancellationToken);
}
