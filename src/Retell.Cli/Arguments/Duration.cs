using System.Globalization;

namespace Retell.Cli.Arguments;

/// <summary>Durations as they are typed: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>7d</c>, seconds without a unit, <c>00:05:00</c> or <c>infinite</c>.</summary>
internal static class Duration
{
    public const string Infinite = "infinite";

    private static readonly (string Unit, double Milliseconds)[] s_units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("", 1000)];

    /// <exception cref="UsageException">The text is not a duration.</exception>
    public static TimeSpan Parse(string text, string name) => text == Infinite ? Timeout.InfiniteTimeSpan
        : TryParse(text) ?? throw new UsageException($"{name}: \"{text}\" is not a valid duration. Use a duration such as 30s, 5m, 2h, 00:05:00 or {Infinite}.");

    /// <exception cref="UsageException">The text is not a duration that ends.</exception>
    public static TimeSpan ParseFinite(string text, string name) =>
        TryParse(text) ?? throw new UsageException($"{name}: \"{text}\" is not a valid duration. Use a duration such as 30s, 5m, 2h or 00:05:00.");

    public static TimeSpan? TryParse(string text)
    {
        foreach ((string unit, double milliseconds) in s_units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count)
                && count * milliseconds < int.MaxValue * 1000.0)
            {
                return TimeSpan.FromMilliseconds(count * milliseconds);
            }
        }

        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) ? span : null;
    }
}
