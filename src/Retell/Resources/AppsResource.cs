using Retell.Models;

namespace Retell;

public partial class AppsResource
{
    /// <summary>Creates an app. Calls <c>createApp</c>.</summary>
    /// <param name="type">What kind of app it is.</param>
    /// <param name="provider">Whose app it is.</param>
    /// <param name="name">The name.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The app.</returns>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<App> CreateAsync(AppType type, AppProvider provider, string? name = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateAppRequest
            {
                Type = NotDefault(type),
                Provider = NotDefault(provider),
                Name = name,
            }),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Reads what a tool of an app takes and answers. Calls <c>getAppToolSchema</c>.</summary>
    /// <param name="appId">The id of the app.</param>
    /// <param name="templateName">The name of the tool's template.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>What it takes and answers.</returns>
    /// <exception cref="ArgumentException"><paramref name="appId"/> or <paramref name="templateName"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<AppToolSchema> GetToolSchemaAsync(string appId, string templateName, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        GetToolSchemaAsync(appId, Made(new GetAppToolSchemaRequest { AppToolTemplateName = NotEmpty(templateName) }, (nameof(GetAppToolSchemaRequest.AppToolTemplateName), nameof(templateName))), options: options, cancellationToken: cancellationToken);
}
