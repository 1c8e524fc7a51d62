using System.Globalization;

namespace Retell.Cli.Arguments;

/// <summary>Times as they are typed: <c>2026-10-04T15:00Z</c>, milliseconds since 1970, or <c>24h</c> for that long ago.</summary>
internal static class Moment
{
    public const string Format = "Use a time such as 2026-10-04T15:00Z (UTC unless it has an offset), or milliseconds since 1970";

    /// <exception cref="UsageException">The text is not a time.</exception>
    public static DateTimeOffset Parse(string text, string name, TimeProvider clock) =>
        TryParse(text) ?? (text.Length > 1 && char.IsAsciiLetter(text[^1]) && text != Duration.Infinite && Duration.TryParse(text) is TimeSpan ago ? clock.GetUtcNow() - ago
            : throw new UsageException($"{name}: \"{text}\" is not a valid time. {Format}, or 24h or 7d for that long ago."));

    public static DateTimeOffset? TryParse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
