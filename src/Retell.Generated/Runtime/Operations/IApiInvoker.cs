using Retell.Generated.Json;

namespace Retell.Generated;

/// <summary>Carries out the calls of the operation clients: sending, retries, errors. The facade implements it.</summary>
internal interface IApiInvoker
{
    Task<T> InvokeAsync<T>(ApiRequest request, JsonCodec<T> response, RequestOptions? options, CancellationToken cancellationToken);

    Task InvokeAsync(ApiRequest request, RequestOptions? options, CancellationToken cancellationToken);
}
