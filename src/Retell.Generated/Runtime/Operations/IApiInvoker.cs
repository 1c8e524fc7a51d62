using System.Net.ServerSentEvents;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Generated;

/// <summary>Carries out the calls of the operation clients: sending, retries, errors. The facade implements it.</summary>
internal interface IApiInvoker
{
    Task<T> InvokeAsync<T>(ApiRequest request, JsonCodec<T> response, RequestOptions? options, CancellationToken cancellationToken);

    /// <summary>The same where a response may be without a body.</summary>
    Task<T?> InvokeOptionalAsync<T>(ApiRequest request, JsonCodec<T> response, RequestOptions? options, CancellationToken cancellationToken);

    Task InvokeAsync(ApiRequest request, RequestOptions? options, CancellationToken cancellationToken);

    /// <summary>The content of a response that is no JSON.</summary>
    Task<RetellStream> InvokeStreamAsync(ApiRequest request, RequestOptions? options, CancellationToken cancellationToken);

    /// <summary>The server-sent events of a response.</summary>
    IAsyncEnumerable<SseItem<string>> InvokeEventsAsync(ApiRequest request, RequestOptions? options, CancellationToken cancellationToken);
}
