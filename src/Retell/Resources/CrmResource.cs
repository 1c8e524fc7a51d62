using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>The settings for contacts, and how they are kept in step with a CRM.</summary>
public class CrmResource
{
    private readonly CrmClient? _raw;

    /// <summary>For test doubles.</summary>
    protected CrmResource()
    {
    }

    internal CrmResource(CrmClient raw) => _raw = raw;

    private CrmClient Raw => Resource.Required(_raw);

    /// <summary>Reads the settings. Calls <c>getCrmConfig</c>.</summary>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<CrmConfig> GetConfigAsync(RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetCrmConfigAsync(options, cancellationToken);

    /// <summary>Changes the settings. Calls <c>updateCrmConfig</c>.</summary>
    /// <param name="change">Sets what is to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The settings as they are now.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<CrmConfig> UpdateConfigAsync(Action<UpdateCrmConfigRequest> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateConfigAsync(Resource.Configured(change), options, cancellationToken);

    /// <summary>Changes the settings. Calls <c>updateCrmConfig</c>.</summary>
    /// <param name="request">What to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The settings as they are now.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<CrmConfig> UpdateConfigAsync(UpdateCrmConfigRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateCrmConfigAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads which fields the CRM has. Calls <c>getCrmSchema</c>.</summary>
    /// <param name="appId">The app to read from; without it the API chooses.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The fields.</returns>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<CrmSchema> GetSchemaAsync(string? appId = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetCrmSchemaAsync(appId, options, cancellationToken);

    /// <summary>Starts to bring contacts in step with the CRM. Calls <c>runSyncJob</c>.</summary>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>How far it is; <see cref="GetSyncStatusAsync"/> says so later.</returns>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<JobStatus> RunSyncAsync(RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.RunSyncJobAsync(options, cancellationToken);

    /// <summary>Reads how far it is with bringing contacts in step. Calls <c>getSyncJobStatus</c>.</summary>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>How far it is.</returns>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<JobStatus> GetSyncStatusAsync(RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetSyncJobStatusAsync(options, cancellationToken);
}
