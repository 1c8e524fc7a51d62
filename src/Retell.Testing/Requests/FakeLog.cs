using System.Collections;

namespace Retell.Testing;

/// <summary>A log in chronological order. It keeps the newest entries, up to the number in the options.</summary>
/// <typeparam name="T">The type of an entry.</typeparam>
public abstract class FakeLog<T> : IReadOnlyList<T>
{
    private readonly int _capacity;
    private readonly List<T> _entries = [];

    // Old entries are removed in blocks, so that a full log costs no more than an empty one.
    private int _first;

    private protected FakeLog(int capacity) => _capacity = Math.Max(capacity, 0);

    /// <summary>Gets the number of entries.</summary>
    public int Count
    {
        get
        {
            lock (_entries)
            {
                return _entries.Count - _first;
            }
        }
    }

    /// <summary>Gets the entry at an index.</summary>
    /// <param name="index">The index, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative, or there is no such entry.</exception>
    public T this[int index]
    {
        get
        {
            lock (_entries)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(index);
                return _entries[_first + index];
            }
        }
    }

    /// <summary>Removes all entries.</summary>
    public void Clear()
    {
        lock (_entries)
        {
            _entries.Clear();
            _first = 0;
        }

        Cleared();
    }

    /// <summary>Enumerates the entries that exist now.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<T> GetEnumerator() => Snapshot().AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether entries are kept at all.</summary>
    private protected bool IsKept => _capacity > 0;

    internal void Add(T entry)
    {
        lock (_entries)
        {
            if (_capacity == 0)
            {
                return;
            }

            _entries.Add(entry);
            if (_entries.Count - _first > _capacity)
            {
                _entries[_first++] = default!;
            }

            if (_first > _capacity)
            {
                _entries.RemoveRange(0, _first);
                _first = 0;
            }
        }
    }

    /// <summary>Resets what a derived class counts.</summary>
    private protected virtual void Cleared()
    {
    }

    private protected T[] Snapshot()
    {
        lock (_entries)
        {
            return [.. _entries.Skip(_first)];
        }
    }
}
