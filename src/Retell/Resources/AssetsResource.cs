using Retell.Models;

namespace Retell;

public partial class AssetsResource
{
    /// <summary>Uploads a file.</summary>
    /// <param name="file">The file, at most 10 MB. Audio has at most 210 seconds.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The asset with its URL.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-asset</c> (<c>createAsset</c>).</remarks>
    public virtual Task<Asset> CreateAsync(RetellFile file, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(Made(new CreateAssetRequest { File = NotNull(file) }), options: options, cancellationToken: cancellationToken);
}
