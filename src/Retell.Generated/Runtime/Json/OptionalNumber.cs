namespace Retell.Generated.Json;

/// <summary>A number that can be absent, in the size of a number, because a transcript has two for every word.</summary>
internal struct OptionalNumber
{
    /// <summary>A NaN that arithmetic does not produce. It is combined with the bits, so that all bits zero mean absent.</summary>
    private const long Absent = unchecked((long)0xFFF8_5245_5445_4C4C);

    private long _bits;

    public readonly bool HasValue => _bits != 0;

    public readonly double GetValueOrDefault() => HasValue ? BitConverter.Int64BitsToDouble(_bits ^ Absent) : 0;

    public static implicit operator double?(OptionalNumber number) => number.HasValue ? BitConverter.Int64BitsToDouble(number._bits ^ Absent) : null;

    public static OptionalNumber Of(double? value) => new() { _bits = value is double number ? BitConverter.DoubleToInt64Bits(number) ^ Absent : 0 };
}
