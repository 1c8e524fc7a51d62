namespace Retell.Generated.Json;

/// <summary>A number that may be absent, in the size of the number alone: a transcript holds two for every word.</summary>
internal struct OptionalNumber
{
    /// <summary>One of the many values that are not a number, and none that arithmetic yields. Combined with it, all bits zero say absent.</summary>
    private const long Absent = unchecked((long)0xFFF8_5245_5445_4C4C);

    private long _bits;

    public readonly bool HasValue => _bits != 0;

    public readonly double GetValueOrDefault() => HasValue ? BitConverter.Int64BitsToDouble(_bits ^ Absent) : 0;

    public static implicit operator double?(OptionalNumber number) => number.HasValue ? BitConverter.Int64BitsToDouble(number._bits ^ Absent) : null;

    public static OptionalNumber Of(double? value) => new() { _bits = value is double number ? BitConverter.DoubleToInt64Bits(number) ^ Absent : 0 };
}
