using System.Net.ServerSentEvents;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Generated;

/// <summary>Sends the requests of the raw clients, with retries and errors. The facade implements it.</summary>
internal interface IApiInvoker
{
    Task<T> InvokeAsync<T>(ApiRequest request, JsonCodec<T> response, RequestOptions? options, CancellationToken cancellationToken);

    /// <summary>Sends a request whose response can have no body.</summary>
    Task<T?> InvokeOptionalAsync<T>(ApiRequest request, JsonCodec<T> response, RequestOptions? options, CancellationToken cancellationToken);

    Task InvokeAsync(ApiRequest request, RequestOptions? options, CancellationToken cancellationToken);

    /// <summary>Sends a request and returns the content of a response that is not JSON.</summary>
    Task<RetellStream> InvokeStreamAsync(ApiRequest request, RequestOptions? options, CancellationToken cancellationToken);

    /// <summary>Sends a request and returns the server-sent events of the response.</summary>
    IAsyncEnumerable<SseItem<string>> InvokeEventsAsync(ApiRequest request, RequestOptions? options, CancellationToken cancellationToken);
}
