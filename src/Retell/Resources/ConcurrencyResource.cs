using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>How many calls can go on at the same time.</summary>
public class ConcurrencyResource
{
    private readonly ConcurrencyClient? _raw;

    /// <summary>For test doubles.</summary>
    protected ConcurrencyResource()
    {
    }

    internal ConcurrencyResource(ConcurrencyClient raw) => _raw = raw;

    private ConcurrencyClient Raw => Resource.Required(_raw);

    /// <summary>Reads how many calls go on and how many can. Calls <c>getConcurrency</c>.</summary>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ConcurrencyInfo> GetAsync(RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetConcurrencyAsync(options, cancellationToken);
}
