using Retell.Http;

namespace Retell;

public partial class RetellClient
{
    /// <summary>
    /// Calls an endpoint that the SDK does not know yet, with its authorization, retries, errors and JSON. A GET is repeated
    /// like every read; anything else only with <see cref="RequestOptions.IsRepeatable"/>.
    /// </summary>
    /// <typeparam name="T">
    /// What to read the answer as: a class of the API, a class of your own, or <see cref="Newtonsoft.Json.Linq.JToken"/>.
    /// </typeparam>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path such as <c>/v2/get-call/call_1</c>, percent-encoded, with or without a query.</param>
    /// <param name="body">
    /// What to send: an object of the API, JSON, an anonymous object or null for none. A dictionary with a
    /// <see cref="RetellFile"/> in it is sent as a form.
    /// </param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">The path is no path of the API, or null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<T> SendAsync<T>(HttpMethod method, string path, object? body = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Transport.InvokeAsync(CustomRequest.Create(method, path, body), CustomCodec<T>.Instance, options, cancellationToken);

    /// <summary>Calls an endpoint that the SDK does not know yet and whose answer does not matter.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path such as <c>/v2/delete-call/call_1</c>, percent-encoded, with or without a query.</param>
    /// <param name="body">What to send, as in <see cref="SendAsync{T}"/>.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the API has answered.</returns>
    /// <exception cref="ArgumentException">The path is no path of the API, or null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task SendAsync(HttpMethod method, string path, object? body = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Transport.InvokeAsync(CustomRequest.Create(method, path, body), options, cancellationToken);
}
