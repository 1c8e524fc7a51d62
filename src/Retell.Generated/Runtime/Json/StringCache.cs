using System.Buffers.Binary;

namespace Retell.Generated.Json;

/// <summary>
/// The short strings of a document, so that a repeated string is allocated once. It is dropped with the document, so that personal data is not
/// kept.
/// </summary>
internal sealed class StringCache
{
    private const int Longest = 16;

    /// <summary>The number of places in a set, so that two strings with the same hash do not replace each other.</summary>
    private const int Set = 2;
    private const int FewestSets = 4;
    private const int MostSets = 65536;

    /// <summary>The number of bytes of a document for each set.</summary>
    private const int BytesOfASet = 256;

    private readonly int _sets = FewestSets;
    private Place[]? _places;

    public StringCache(long documentLength)
    {
        while (_sets < MostSets && _sets * BytesOfASet < documentLength)
        {
            _sets *= 2;
        }
    }

    /// <summary>Returns the string of bytes without escapes.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > Longest)
        {
            return Utf8Text.Decode(utf8);
        }

        // A JSON string contains no zero byte, so that padding is unambiguous.
        (ulong start, ulong end) = Pack(utf8);
        Place[] places = _places ??= new Place[_sets * Set];
        int set = (int)(Hash(start, end) & (uint)(_sets - 1)) * Set;
        ref Place first = ref places[set];
        if (first.Start == start && first.End == end)
        {
            return first.Text;
        }

        ref Place second = ref places[set + 1];
        if (second.Start == start && second.End == end)
        {
            return second.Text;
        }

        string text = Utf8Text.Decode(utf8);
        second = first;
        first = new(start, end, text);
        return text;
    }

    private static (ulong Start, ulong End) Pack(ReadOnlySpan<byte> utf8)
    {
        int length = utf8.Length;
        if (length >= 8)
        {
            // The bytes that the last 8 share with the first 8 are shifted out. A shift by 64 bits would have no effect.
            ulong last = BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(length - 8));
            return (BinaryPrimitives.ReadUInt64LittleEndian(utf8), length == 8 ? 0 : last >> (8 * (16 - length)));
        }

        if (length >= 4)
        {
            return (BinaryPrimitives.ReadUInt32LittleEndian(utf8) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(utf8.Slice(length - 4)) << (8 * (length - 4))), 0);
        }

        return (utf8[0] | ((ulong)utf8[length / 2] << (8 * (length / 2))) | ((ulong)utf8[length - 1] << (8 * (length - 1))), 0);
    }

    private static uint Hash(ulong start, ulong end) => (uint)(unchecked((start ^ (end * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93) >> 32);

    private readonly record struct Place(ulong Start, ulong End, string Text);
}
