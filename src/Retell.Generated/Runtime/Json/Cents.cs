namespace Retell.Generated.Json;

/// <summary>Converts between the cents of the API and US dollars. What a decimal cannot hold becomes the nearest value that it can.</summary>
internal static class Cents
{
    private const double Largest = 7.9e28;

    public static decimal ToDollars(double cents) =>
        double.IsNaN(cents) ? 0 : cents >= Largest ? decimal.MaxValue : cents <= -Largest ? decimal.MinValue : (decimal)cents / 100;

    public static decimal? ToDollars(double? cents) => cents is double value ? ToDollars(value) : null;

    public static decimal ToDollars(long cents) => (decimal)cents / 100;

    public static decimal? ToDollars(long? cents) => cents is long value ? ToDollars(value) : null;

    public static double Of(decimal dollars) => Math.Abs(dollars) < 1e26m ? (double)(dollars * 100) : (double)dollars * 100;

    public static double? Of(decimal? dollars) => dollars is decimal value ? Of(value) : null;

    public static long Whole(decimal dollars) => checked((long)Math.Round(dollars * 100, MidpointRounding.AwayFromZero));

    public static long? Whole(decimal? dollars) => dollars is decimal value ? Whole(value) : null;
}
