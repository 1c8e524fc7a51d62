using Retell.Http;

namespace Retell;

public partial class RetellClient
{
    /// <summary>Calls an endpoint that has no method in this version of the SDK, with the authentication, retries, errors and JSON of the SDK.</summary>
    /// <typeparam name="T">The type of the response: a class of the API, a class of the application, or <see cref="Newtonsoft.Json.Linq.JToken"/>.</typeparam>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The percent-encoded path, such as <c>/v2/get-call/call_1</c>, with or without a query.</param>
    /// <param name="body">
    /// The request body: an object of the API, JSON or an object to serialize, or null for none. A dictionary that contains a
    /// <see cref="RetellFile"/> is sent as multipart/form-data.
    /// </param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The response, read as <typeparamref name="T"/>.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="path"/> is not a valid path of the API, <paramref name="method"/> or <paramref name="path"/> is null, or a GET or HEAD
    /// request has a body.
    /// </exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>
    /// GET and HEAD requests are retried like other reads. Other requests are retried only if the API certainly did not process them, unless
    /// <see cref="RequestOptions.IsRepeatable"/> is true.
    /// </remarks>
    public virtual Task<T> SendAsync<T>(HttpMethod method, string path, object? body = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Transport.InvokeAsync(CustomRequest.Create(method, path, body), CustomCodec<T>.Instance, options, cancellationToken);

    /// <summary>Calls an endpoint that has no method in this version of the SDK, and ignores the content of the response.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The percent-encoded path, such as <c>/v2/delete-call/call_1</c>, with or without a query.</param>
    /// <param name="body">The request body, as in <see cref="SendAsync{T}"/>.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the API has responded.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="path"/> is not a valid path of the API, <paramref name="method"/> or <paramref name="path"/> is null, or a GET or HEAD
    /// request has a body.
    /// </exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task SendAsync(HttpMethod method, string path, object? body = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Transport.InvokeAsync(CustomRequest.Create(method, path, body), options, cancellationToken);
}
