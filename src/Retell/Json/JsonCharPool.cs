using Newtonsoft.Json;

namespace Retell.Json;

/// <summary>Lets readers and writers of JSON borrow their buffers.</summary>
internal sealed class JsonCharPool : IArrayPool<char>
{
    private JsonCharPool()
    {
    }

    public static JsonCharPool Instance { get; } = new();

#if NET
    public char[] Rent(int minimumLength) => System.Buffers.ArrayPool<char>.Shared.Rent(minimumLength);

    public void Return(char[]? array) => System.Buffers.ArrayPool<char>.Shared.Return(array!);
#else
    // netstandard2.0 has no pool without one more package: there buffers are plain arrays.
    public char[] Rent(int minimumLength) => new char[minimumLength];

    public void Return(char[]? array)
    {
    }
#endif
}
