using Newtonsoft.Json;

namespace Retell.Generated.Json;

/// <summary>
/// The member names of all classes, so that reading a document makes no new string for each occurrence of a name.
/// Reading takes no lock; a class adds its names once, when it is first used.
/// </summary>
internal sealed class JsonNames : JsonNameTable
{
    private readonly object _gate = new();
    private readonly Entry?[] _buckets = new Entry?[4096];

    private JsonNames()
    {
    }

    public static JsonNames Known { get; } = new();

    public void Add(string name)
    {
        lock (_gate)
        {
            int hash = Hash(name.ToCharArray(), 0, name.Length);
            Entry?[] buckets = _buckets;
            for (Entry? entry = buckets[hash]; entry is not null; entry = entry.Next)
            {
                if (entry.Name == name)
                {
                    return;
                }
            }

            Volatile.Write(ref buckets[hash], new Entry(name, buckets[hash]));
        }
    }

    public override string? Get(char[] key, int start, int length)
    {
        for (Entry? entry = Volatile.Read(ref _buckets[Hash(key, start, length)]); entry is not null; entry = entry.Next)
        {
            if (IsEqual(entry.Name, key, start, length))
            {
                return entry.Name;
            }
        }

        // A name that nobody knows: the reader makes its own string.
        return null;
    }

    private static bool IsEqual(string name, char[] key, int start, int length)
    {
        if (name.Length != length)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (name[i] != key[start + i])
            {
                return false;
            }
        }

        return true;
    }

    private static int Hash(char[] key, int start, int length)
    {
        uint hash = (uint)length;
        for (int i = start; i < start + length; i++)
        {
            hash = (hash * 31) + key[i];
        }

        return (int)(hash & 4095);
    }

    private sealed class Entry(string name, Entry? next)
    {
        public string Name { get; } = name;

        public Entry? Next { get; } = next;
    }
}
