using System.Globalization;

namespace Retell.Resilience;

/// <summary>What a response says about sending the request again.</summary>
internal readonly struct ServerAdvice
{
    private readonly HttpResponseMessage? _response;

    private ServerAdvice(HttpResponseMessage? response) => _response = response;

    /// <summary>Gets what <c>x-should-retry</c> says, or null if it says nothing.</summary>
    public bool? ShouldRetry => bool.TryParse(Header("x-should-retry"), out bool answer) ? answer : null;

    public static ServerAdvice Of(HttpResponseMessage? response) => new(response);

    /// <summary>Gets the wait that the server asks for, or null if it asks for none, or not in a way that can be understood.</summary>
    public TimeSpan? GetWait(DateTimeOffset now)
    {
        TimeSpan? wait = Duration("retry-after-ms", 1)
            ?? Duration("Retry-After", 1000)
            ?? Until("Retry-After", now)
            ?? (_response is { } response && RetryRules.IsUnprocessed(response) ? Duration("RateLimit-Reset", 1000) : null);
        return wait > TimeSpan.Zero ? wait : null;
    }

    private TimeSpan? Duration(string header, double milliseconds) =>
        double.TryParse(Header(header), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0
            ? TimeSpan.FromMilliseconds(Math.Min(value * milliseconds, int.MaxValue))
            : null;

    private TimeSpan? Until(string header, DateTimeOffset now) =>
        DateTimeOffset.TryParse(Header(header), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? date - now : null;

    private string? Header(string name) =>
        _response is not null && _response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}
