using System.Globalization;

namespace Retell.Resilience;

/// <summary>The headers of a response about sending the request again.</summary>
internal readonly struct ServerAdvice
{
    private readonly HttpResponseMessage? _response;

    private ServerAdvice(HttpResponseMessage? response) => _response = response;

    /// <summary>Gets the value of <c>x-should-retry</c>, or null if there is none.</summary>
    public bool? ShouldRetry => bool.TryParse(Header("x-should-retry"), out bool value) ? value : null;

    public static ServerAdvice Of(HttpResponseMessage? response) => new(response);

    /// <summary>Returns the wait that the server asks for, or null if there is none, or none that can be read.</summary>
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
