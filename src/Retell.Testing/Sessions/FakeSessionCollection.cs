using System.Collections;
using Retell.Testing.State;

namespace Retell.Testing;

/// <summary>The calls or chats that exist in the fake, oldest first.</summary>
/// <typeparam name="T"><see cref="FakeCall"/> or <see cref="FakeChat"/>.</typeparam>
public sealed class FakeSessionCollection<T> : IReadOnlyCollection<T>
    where T : FakeSession
{
    private readonly Store _store;
    private readonly ResourceKind _kind;
    private readonly Func<Session, T> _open;

    internal FakeSessionCollection(Store store, string noun, Func<Session, T> open) => (_store, _kind, _open) = (store, store.Kind(noun), open);

    /// <summary>Gets the number of calls or chats.</summary>
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

    /// <summary>Gets the call or chat with an ID.</summary>
    /// <param name="id">The ID.</param>
    /// <exception cref="KeyNotFoundException">There is no call or chat with this ID.</exception>
    public T this[string id]
    {
        get
        {
            lock (_store.Lock)
            {
                return _kind.TryGet(id, out StoredItem? item)
                    ? _open(new(_kind, item))
                    : throw new KeyNotFoundException($"There is no {_kind.Noun} \"{id}\". Create or seed it first.");
            }
        }
    }

    /// <summary>Enumerates the calls or chats that exist now.</summary>
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
