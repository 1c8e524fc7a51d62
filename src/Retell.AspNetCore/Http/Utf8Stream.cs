using System.Runtime.InteropServices;

namespace Retell.AspNetCore.Http;

/// <summary>Opens JSON in memory for <see cref="RetellJson"/>.</summary>
internal static class Utf8Stream
{
    public static MemoryStream Open(ReadOnlyMemory<byte> utf8) => MemoryMarshal.TryGetArray(utf8, out ArraySegment<byte> segment)
        ? new(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new(utf8.ToArray(), writable: false);
}
