using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Connections to apps of others, such as CRMs and calendars, for tools of agents.</summary>
public class AppsResource
{
    private readonly AppsClient? _raw;

    /// <summary>For test doubles.</summary>
    protected AppsResource()
    {
    }

    internal AppsResource(AppsClient raw) => _raw = raw;

    private AppsClient Raw => Resource.Required(_raw);

    /// <summary>Creates an app. Calls <c>createApp</c>.</summary>
    /// <param name="type">What kind of app it is.</param>
    /// <param name="provider">Whose app it is.</param>
    /// <param name="name">The name.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The app.</returns>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<App> CreateAsync(AppType type, AppProvider provider, string? name = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateAppRequest
            {
                Type = type,
                Provider = provider,
                Name = name,
            },
            options,
            cancellationToken);

    /// <summary>Creates an app. Calls <c>createApp</c>.</summary>
    /// <param name="request">Kind, provider, and how to sign in.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The app.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<App> CreateAsync(CreateAppRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateAppAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads an app. Calls <c>getApp</c>.</summary>
    /// <param name="appId">The id of the app.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The app.</returns>
    /// <exception cref="ArgumentException"><paramref name="appId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<App> GetAsync(string appId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetAppAsync(Resource.NotEmpty(appId), options, cancellationToken);

    /// <summary>Lists the apps, page by page while the list is enumerated. Calls <c>listApps</c>.</summary>
    /// <param name="pageSize">How many apps one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The apps.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<App> ListAsync(long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListAppsAsync(pageSize, sortOrder, key, options, token),
            page => new Page<App>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);

    /// <summary>Changes an app. Calls <c>updateApp</c>.</summary>
    /// <param name="appId">The id of the app.</param>
    /// <param name="change">Sets what is to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The app as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="appId"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<App> UpdateAsync(string appId, Action<UpdateAppRequest> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(appId, Resource.Configured(change), options, cancellationToken);

    /// <summary>Changes an app. Calls <c>updateApp</c>.</summary>
    /// <param name="appId">The id of the app.</param>
    /// <param name="request">What to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The app as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="appId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<App> UpdateAsync(string appId, UpdateAppRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateAppAsync(Resource.NotEmpty(appId), Resource.NotNull(request), options, cancellationToken);

    /// <summary>Deletes an app. Calls <c>deleteApp</c>.</summary>
    /// <param name="appId">The id of the app.</param>
    /// <param name="forceDelete">Whether to delete it even where something uses it.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the app is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="appId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string appId, bool? forceDelete = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteAppAsync(Resource.NotEmpty(appId), forceDelete, options, cancellationToken);

    /// <summary>Lists what uses an app, page by page while the list is enumerated. Calls <c>listAppUsages</c>.</summary>
    /// <param name="appId">The id of the app.</param>
    /// <param name="pageSize">How many usages one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>What uses the app.</returns>
    /// <exception cref="ArgumentException"><paramref name="appId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<IAppUsage> ListUsagesAsync(string appId, long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Resource.NotEmpty(appId);
        return Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListAppUsagesAsync(appId, pageSize, sortOrder, key, options, token),
            page => new Page<IAppUsage>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);
    }

    /// <summary>Tries to sign in to an app. Calls <c>testAppAuth</c>.</summary>
    /// <param name="appId">The id of the app.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Whether it worked.</returns>
    /// <exception cref="ArgumentException"><paramref name="appId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<AppAuthTestResult> TestAuthAsync(string appId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.TestAppAuthAsync(Resource.NotEmpty(appId), options, cancellationToken);

    /// <summary>Reads what a tool of an app takes and answers. Calls <c>getAppToolSchema</c>.</summary>
    /// <param name="appId">The id of the app.</param>
    /// <param name="templateName">The name of the tool's template.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>What it takes and answers.</returns>
    /// <exception cref="ArgumentException"><paramref name="appId"/> or <paramref name="templateName"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<AppToolSchema> GetToolSchemaAsync(string appId, string templateName, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        GetToolSchemaAsync(appId, new GetAppToolSchemaRequest { AppToolTemplateName = Resource.NotEmpty(templateName) }, options, cancellationToken);

    /// <summary>Reads what a tool of an app takes and answers. Calls <c>getAppToolSchema</c>.</summary>
    /// <param name="appId">The id of the app.</param>
    /// <param name="request">The name of the tool's template, and its parameters.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>What it takes and answers.</returns>
    /// <exception cref="ArgumentException"><paramref name="appId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<AppToolSchema> GetToolSchemaAsync(string appId, GetAppToolSchemaRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetAppToolSchemaAsync(Resource.NotEmpty(appId), Resource.NotNull(request), options, cancellationToken);
}
