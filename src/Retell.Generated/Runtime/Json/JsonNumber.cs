using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>Reads JSON numbers, which can have more digits than a number of C#.</summary>
internal static class JsonNumber
{
    /// <summary>The number of digits up to which every decimal number is a distinct double, and is written back with the same digits.</summary>
    private const int DigitsOfADouble = 15;

    /// <summary>The length of the longest integer that Newtonsoft.Json reads.</summary>
    private const int LongestInteger = 380;

    private static readonly double[] s_powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];

    /// <summary>Returns the nearest double.</summary>
    /// <param name="literal">The JSON number.</param>
    /// <param name="isExact">Whether the double is written back with the value of the literal.</param>
    public static double ToDouble(ReadOnlySpan<byte> literal, out bool isExact)
    {
        if (TryFast(literal, out double fast))
        {
            isExact = true;
            return fast;
        }

        double value = Parse(literal);
        isExact = IsSame(value, literal);
        return value;
    }

    /// <summary>Reads a whole number in any notation: 5, 5.0 and 50e-1 are equal.</summary>
    public static bool TryInt64(ReadOnlySpan<byte> literal, out long value) =>
        (Utf8Parser.TryParse(literal, out value, out int used) && used == literal.Length) || Decimals.Of(literal).TryInt64(out value);

    /// <summary>Returns a value indicating whether a double is written with the value of another number.</summary>
    public static bool IsSame(double value, IFormattable exact) => IsSame(value, Encoding.ASCII.GetBytes(exact.ToString(null, CultureInfo.InvariantCulture)));

    /// <summary>Returns the number as JSON: a type that Newtonsoft.Json reads if it has all digits, or else the digits themselves.</summary>
    public static JValue ToToken(ReadOnlySpan<byte> literal)
    {
        bool isReal = literal.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0;
        if (!isReal && Utf8Parser.TryParse(literal, out long whole, out int used) && used == literal.Length)
        {
            return whole == 0 && literal[0] == '-' ? new JValue(-0.0) : new JValue(whole);
        }

        string text = Utf8Text.Decode(literal);
        if (!isReal)
        {
            return literal.Length <= LongestInteger ? new JValue((object)BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)) : new JRaw(text);
        }

        double real = ToDouble(literal, out bool isExact);
        if (isExact)
        {
            return new JValue(real);
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal many)
            && Decimals.Of(literal).Equals(Decimals.Of(many.ToString(CultureInfo.InvariantCulture)))
            ? new JValue(many)
            : new JRaw(text);
    }

    /// <summary>Reads up to 15 digits and a small power of ten. Both are exact doubles, so that the quotient is the nearest double.</summary>
    private static bool TryFast(ReadOnlySpan<byte> literal, out double value)
    {
        value = 0;
        bool isNegative = literal[0] == '-';
        ReadOnlySpan<byte> number = isNegative ? literal.Slice(1) : literal;
        if (number.Length > DigitsOfADouble + 1)
        {
            return false;
        }

        long digits = 0;
        int scale = 0;
        for (int i = 0; i < number.Length; i++)
        {
            uint digit = number[i] - (uint)'0';
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
            }
            else if (number[i] == '.')
            {
                scale = number.Length - 1 - i;
            }
            else
            {
                // An exponent.
                return false;
            }
        }

        if (number.Length > DigitsOfADouble && scale == 0)
        {
            return false;
        }

        value = scale == 0 ? digits : digits / s_powers[scale];
        value = isNegative ? -value : value;
        return true;
    }

    private static bool IsSame(double value, ReadOnlySpan<byte> literal) =>
        !double.IsInfinity(value) && Decimals.Of(literal).Equals(Decimals.Of(value.ToString("R", CultureInfo.InvariantCulture)));

    private static double Parse(ReadOnlySpan<byte> literal)
    {
#if NET
        return Utf8Parser.TryParse(literal, out double value, out int used) && used == literal.Length
            ? value
            : double.Parse(Utf8Text.Decode(literal), CultureInfo.InvariantCulture);
#else
        string text = Utf8Text.Decode(literal);
        try
        {
            return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }
#endif
    }

    /// <summary>A number as its digits without surrounding zeros, and a power of ten.</summary>
    private readonly struct Decimals : IEquatable<Decimals>
    {
        private readonly bool _isNegative;
        private readonly string _digits;
        private readonly long _power;

        private Decimals(bool isNegative, string digits, long power)
        {
            _isNegative = isNegative;
            _digits = digits;
            _power = power;
        }

        public static Decimals Of(string literal) => Of(Encoding.ASCII.GetBytes(literal));

        public static Decimals Of(ReadOnlySpan<byte> literal)
        {
            bool isNegative = literal[0] == '-';
            int exponentAt = literal.IndexOfAny((byte)'e', (byte)'E');
            ReadOnlySpan<byte> number = literal.Slice(isNegative ? 1 : 0, (exponentAt < 0 ? literal.Length : exponentAt) - (isNegative ? 1 : 0));
            long power = exponentAt < 0 ? 0 : Exponent(literal.Slice(exponentAt + 1));
            int point = number.IndexOf((byte)'.');
            string digits = Utf8Text.Decode(number);
            if (point >= 0)
            {
                digits = digits.Remove(point, 1);
                power -= number.Length - point - 1;
            }

            string whole = digits.TrimEnd('0');
            power += digits.Length - whole.Length;
            whole = whole.TrimStart('0');
            return new(isNegative, whole, whole.Length == 0 ? 0 : power);
        }

        public bool Equals(Decimals other) => _isNegative == other._isNegative && _digits == other._digits && _power == other._power;

        public override bool Equals(object? obj) => obj is Decimals other && Equals(other);

        public override int GetHashCode() => _digits.GetHashCode();

        /// <summary>Returns the exponent. No number of C# has an exponent of 18 digits, so that larger ones are not distinguished.</summary>
        private static long Exponent(ReadOnlySpan<byte> text)
        {
            bool isNegative = text[0] == '-';
            ReadOnlySpan<byte> digits = text;
            while (digits.Length > 0 && digits[0] is (byte)'+' or (byte)'-' or (byte)'0')
            {
                digits = digits.Slice(1);
            }

            long size = digits.Length > 17 ? 1_000_000_000_000_000_000 : digits.Length == 0 ? 0 : long.Parse(Utf8Text.Decode(digits), CultureInfo.InvariantCulture);
            return isNegative ? -size : size;
        }

        public bool TryInt64(out long value)
        {
            value = 0;
            return _digits.Length == 0
                || (_power >= 0 && _power + _digits.Length <= 19
                    && long.TryParse((_isNegative ? "-" : "") + _digits + new string('0', (int)_power), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));
        }
    }
}
