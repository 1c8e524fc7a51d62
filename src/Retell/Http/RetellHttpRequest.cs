namespace Retell;

/// <summary>What a resilience handler of your own may want to know of a request of the SDK.</summary>
public static class RetellHttpRequest
{
    private const string Key = "Retell.IsRepeatable";

    /// <summary>
    /// Whether the request may be sent again when nobody knows if the API carried it out. False for what dials, sends, buys,
    /// charges or runs something paid, and for requests that are not the SDK's.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns>Whether it may be sent again.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public static bool IsRepeatable(HttpRequestMessage request)
    {
        _ = request ?? throw new ArgumentNullException(nameof(request));
#if NET
        return request.Options.TryGetValue(new HttpRequestOptionsKey<bool>(Key), out bool isRepeatable) && isRepeatable;
#else
        return request.Properties.TryGetValue(Key, out object? isRepeatable) && isRepeatable is true;
#endif
    }

    internal static void Mark(HttpRequestMessage request, bool isRepeatable) =>
#if NET
        request.Options.Set(new HttpRequestOptionsKey<bool>(Key), isRepeatable);
#else
        request.Properties[Key] = isRepeatable;
#endif
}
