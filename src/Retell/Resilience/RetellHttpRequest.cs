using Retell.Http;

namespace Retell;

/// <summary>Describes a request of the SDK to a handler of the application.</summary>
public static class RetellHttpRequest
{
    private const string Key = "Retell.Call";

    /// <summary>
    /// Returns a value indicating whether the request can be sent again when it is unknown whether the API processed it. It is false for
    /// operations that dial, send, buy, charge or run something paid, and for requests that do not belong to the SDK.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns>Whether the request can be sent again.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public static bool IsRepeatable(HttpRequestMessage request) =>
        CallOf(request ?? throw new ArgumentNullException(nameof(request))) is { IsRepeatable: true, CanBeSentAgain: true };

    internal static ApiCall? CallOf(HttpRequestMessage request) =>
#if NET
        request.Options.TryGetValue(new HttpRequestOptionsKey<ApiCall>(Key), out ApiCall? call) ? call : null;
#else
        request.Properties.TryGetValue(Key, out object? call) ? (ApiCall?)call : null;
#endif

    internal static void Mark(HttpRequestMessage request, ApiCall call) =>
#if NET
        request.Options.Set(new HttpRequestOptionsKey<ApiCall>(Key), call);
#else
        request.Properties[Key] = call;
#endif
}
