using Retell.Generated.Json;

namespace Retell.Models;

/// <summary>Checks what the factory methods of filters compare with.</summary>
internal static class Operand
{
    public static IList<double> Range(double from, double to, string name) => to >= from ? [from, to] : throw Reversed(from, to, name);

    public static IList<double> Range(DateTimeOffset from, DateTimeOffset to, string name) =>
        to >= from ? [Milliseconds.Of(from), Milliseconds.Of(to)] : throw Reversed(from, to, name);

    public static IList<double> Range(TimeSpan from, TimeSpan to, string name) =>
        to >= from ? [from.TotalMilliseconds, to.TotalMilliseconds] : throw Reversed(from, to, name);

    public static IList<T> Any<T>(IEnumerable<T>? values, string name)
    {
        List<T> list = [.. values ?? throw new ArgumentNullException(name)];
        return list.Count > 0 ? list : throw new ArgumentException("A filter for any of several values needs one value at least.", name);
    }

    private static ArgumentOutOfRangeException Reversed(object from, object to, string name) =>
        new(name, to, FormattableString.Invariant($"The upper bound {to} is less than the lower bound {from}."));
}
