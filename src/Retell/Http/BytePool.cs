namespace Retell.Http;

/// <summary>Where buffers of bytes come from.</summary>
internal static class BytePool
{
#if NET
    public static byte[] Rent(int minimumLength) => System.Buffers.ArrayPool<byte>.Shared.Rent(minimumLength);

    public static void Return(byte[] array) => System.Buffers.ArrayPool<byte>.Shared.Return(array);
#else
    // netstandard2.0 has no pool without one more package: there buffers are plain arrays, too small for the large object heap.
    public static byte[] Rent(int minimumLength) => new byte[minimumLength];

    public static void Return(byte[] array)
    {
    }
#endif
}
