namespace Retell.Generated.Json;

/// <summary>Converts between milliseconds, as the API counts time, and the time types of .NET. Values out of range become the nearest value in range.</summary>
internal static class Milliseconds
{
    private static readonly long s_first = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private const double LongestSpan = long.MaxValue / (double)TimeSpan.TicksPerMillisecond;

    public static DateTimeOffset ToTime(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds < s_first ? s_first : milliseconds > s_last ? s_last : milliseconds);

    public static DateTimeOffset? ToTime(long? milliseconds) => milliseconds is long value ? ToTime(value) : null;

    public static DateTimeOffset ToTime(double milliseconds) =>
        double.IsNaN(milliseconds) ? DateTimeOffset.MinValue
        : ToTime(milliseconds <= s_first ? s_first : milliseconds >= s_last ? s_last : (long)milliseconds);

    public static DateTimeOffset? ToTime(double? milliseconds) => milliseconds is double value ? ToTime(value) : null;

    public static TimeSpan ToTimeSpan(double milliseconds) =>
        double.IsNaN(milliseconds) ? TimeSpan.Zero
        : milliseconds <= -LongestSpan ? TimeSpan.MinValue
        : milliseconds >= LongestSpan ? TimeSpan.MaxValue
        : TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));

    public static TimeSpan? ToTimeSpan(double? milliseconds) => milliseconds is double value ? ToTimeSpan(value) : null;

    public static long Of(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? Of(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static long Of(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMillisecond;

    public static long? Of(TimeSpan? span) => span is TimeSpan value ? Of(value) : null;
}
