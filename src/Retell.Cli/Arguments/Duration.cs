using System.Globalization;

namespace Retell.Cli.Arguments;

/// <summary>Time spans as they are typed: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, seconds without a unit, <c>00:05:00</c> or <c>infinite</c>.</summary>
internal static class Duration
{
    public const string Infinite = "infinite";

    private static readonly (string Unit, double Milliseconds)[] s_units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("", 1000)];

    /// <exception cref="UsageException">The text is no time span.</exception>
    public static TimeSpan Parse(string text, string name)
    {
        if (text == Infinite)
        {
            return Timeout.InfiniteTimeSpan;
        }

        foreach ((string unit, double milliseconds) in s_units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count)
                && count * milliseconds < int.MaxValue * 1000.0)
            {
                return TimeSpan.FromMilliseconds(count * milliseconds);
            }
        }

        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span)
            ? span
            : throw new UsageException($"{name}: {text} is no duration; write 30s, 5m, 2h, 00:05:00 or {Infinite}.");
    }
}
