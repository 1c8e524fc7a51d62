using Retell.Models;

namespace Retell;

public partial class AssetsResource
{
    /// <summary>Uploads a file. Calls <c>createAsset</c>.</summary>
    /// <param name="file">The file, at most 10 MB; audio at most 210 seconds.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The asset and its address.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<Asset> CreateAsync(RetellFile file, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(Made(new CreateAssetRequest { File = NotNull(file) }), options: options, cancellationToken: cancellationToken);
}
