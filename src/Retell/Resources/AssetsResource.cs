using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Files that agents use, such as on-hold music and pictures.</summary>
public class AssetsResource
{
    private readonly AssetsClient? _raw;

    /// <summary>For test doubles.</summary>
    protected AssetsResource()
    {
    }

    internal AssetsResource(AssetsClient raw) => _raw = raw;

    private AssetsClient Raw => Resource.Required(_raw);

    /// <summary>Uploads a file. Calls <c>createAsset</c>.</summary>
    /// <param name="file">The file, at most 10 MB; audio at most 210 seconds.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The asset and its address.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Asset> CreateAsync(RetellFile file, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(new CreateAssetRequest { File = Resource.NotNull(file) }, options, cancellationToken);

    /// <summary>Uploads a file. Calls <c>createAsset</c>.</summary>
    /// <param name="request">The file.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The asset and its address.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Asset> CreateAsync(CreateAssetRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateAssetAsync(Resource.NotNull(request), options, cancellationToken);
}
