using Retell.Models;

namespace Retell;

public partial class AppsResource
{
    /// <summary>Creates an app.</summary>
    /// <param name="type">The type of the app.</param>
    /// <param name="provider">The provider of the app.</param>
    /// <param name="name">The name of the app, or null for none.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The created app.</returns>
    /// <exception cref="ArgumentException"><paramref name="type"/> or <paramref name="provider"/> has no value.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-app</c> (<c>createApp</c>).</remarks>
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

    /// <summary>Returns the schema of the input and output of an app tool.</summary>
    /// <param name="appId">The ID of the app.</param>
    /// <param name="templateName">The name of the tool's template.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The schema of the input and output.</returns>
    /// <exception cref="ArgumentException"><paramref name="appId"/> or <paramref name="templateName"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /get-app-tool-schema/{app_id}</c> (<c>getAppToolSchema</c>).</remarks>
    public virtual Task<AppToolSchema> GetToolSchemaAsync(string appId, string templateName, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        GetToolSchemaAsync(
            appId,
            Made(new GetAppToolSchemaRequest { AppToolTemplateName = NotEmpty(templateName) }, (nameof(GetAppToolSchemaRequest.AppToolTemplateName), nameof(templateName))),
            options: options,
            cancellationToken: cancellationToken);
}
