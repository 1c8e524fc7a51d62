using System.Collections;
using Retell.Testing.State;

namespace Retell.Testing;

/// <summary>The calls, or the chats, that were created or seeded and not deleted, the oldest first.</summary>
/// <typeparam name="T"><see cref="FakeCall"/> or <see cref="FakeChat"/>.</typeparam>
public sealed class FakeSessionCollection<T> : IReadOnlyCollection<T>
    where T : FakeSession
{
    private readonly Store _store;
    private readonly ResourceKind _kind;
    private readonly Func<Session, T> _open;

    internal FakeSessionCollection(Store store, string noun, Func<Session, T> open) => (_store, _kind, _open) = (store, store.Kind(noun), open);

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_store.Lock)
            {
                return _kind.Oldest.Count;
            }
        }
    }

    /// <summary>The one with that id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public T this[string id]
    {
        get
        {
            lock (_store.Lock)
            {
                return _kind.TryGet(id, out StoredItem? item)
                    ? _open(new(_kind, item))
                    : throw new KeyNotFoundException($"There is no {_kind.Noun} {id}: create or seed it first.");
            }
        }
    }

    /// <summary>Goes through those that there are now.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<T> GetEnumerator()
    {
        lock (_store.Lock)
        {
            return _kind.Oldest.Select(item => _open(new(_kind, item))).ToList().GetEnumerator();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
