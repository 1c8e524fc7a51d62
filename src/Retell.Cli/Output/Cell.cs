using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Cli.Output;

/// <summary>A value in a table.</summary>
internal static class Cell
{
    private const long FirstMillisecond = 100_000_000_000;

    public static string Text(string column, JToken? value, int width)
    {
        string text = value switch
        {
            null or { Type: JTokenType.Null } => "",
            JValue { Value: long time and > FirstMillisecond } when IsTime(column) && TimeText(time) is string when => when,
            JValue scalar => Convert.ToString(scalar.Value is bool flag ? (flag ? "true" : "false") : scalar.Value, CultureInfo.InvariantCulture)!,
            _ => value.ToString(Formatting.None),
        };
        text = Plain.Text(text);
        return text.Length <= width ? text : text[..Math.Max(0, width - 1)] + "…";
    }

    private static bool IsTime(string column) => column.EndsWith("_timestamp", StringComparison.Ordinal) || column.EndsWith("_at", StringComparison.Ordinal);

    private static string? TimeText(long milliseconds) => milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : null;
}
