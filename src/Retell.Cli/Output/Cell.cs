using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Cli.Output;

/// <summary>A value in a table, in units that people read.</summary>
internal static class Cell
{
    private const long FirstMillisecond = 100_000_000_000;
    private const double CentsPerDollar = 100;

    /// <param name="path">The member, which tells its unit.</param>
    /// <param name="value">The value.</param>
    public static string Text(string path, JToken? value) => Plain.Text(value switch
    {
        null or { Type: JTokenType.Null } => "",
        JValue { Value: long time and > FirstMillisecond } when IsTime(path) && TimeText(time) is string when => when,
        JValue { Value: long or double } number when path.EndsWith("duration_ms", StringComparison.Ordinal) => DurationText((double)number),
        JValue { Value: long or double } number when path.EndsWith("combined_cost", StringComparison.Ordinal) => DollarText((double)number),
        JValue { Value: bool flag } => flag ? "true" : "false",
        JValue scalar => Convert.ToString(scalar.Value, CultureInfo.InvariantCulture)!,
        _ => value.ToString(Formatting.None),
    });

    private static bool IsTime(string path) => path.EndsWith("_timestamp", StringComparison.Ordinal) || path.EndsWith("_at", StringComparison.Ordinal);

    private static string? TimeText(long milliseconds) => milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : null;

    /// <summary>Costs of calls and chats are cents.</summary>
    private static string DollarText(double cents) => string.Create(CultureInfo.InvariantCulture, $"${cents / CentsPerDollar:0.00##}");

    private static string DurationText(double milliseconds)
    {
        var span = TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, int.MaxValue * 1000.0));
        return span.TotalHours >= 1 ? $"{(long)span.TotalHours}h {span.Minutes}m {span.Seconds}s"
            : span.TotalMinutes >= 1 ? $"{span.Minutes}m {span.Seconds}s"
            : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#}s");
    }
}
