using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>A collection that a getter can create where the member is absent. The member stays absent until the collection is changed.</summary>
internal interface ICreatedCollection
{
    /// <summary>Gets or sets a value indicating whether a getter created it and nothing has been removed from it since.</summary>
    bool IsCreated { get; set; }

    bool IsEmpty { get; }
}

// Both implement the interface of their base again: taking an item out of them, or clearing them, makes the member an empty collection that is sent.
internal sealed class CreatedList<T> : List<T>, IList<T>, ICreatedCollection
{
    public bool IsCreated { get; set; }

    public bool IsEmpty => Count == 0;

    void ICollection<T>.Clear()
    {
        IsCreated = false;
        Clear();
    }

    bool ICollection<T>.Remove(T item) => Remove(item) && !(IsCreated = false);

    void IList<T>.RemoveAt(int index)
    {
        RemoveAt(index);
        IsCreated = false;
    }
}

/// <inheritdoc cref="CreatedList{T}"/>
internal sealed class CreatedMap<T>() : Dictionary<string, T>(StringComparer.Ordinal), IDictionary<string, T>, ICreatedCollection
{
    public bool IsCreated { get; set; }

    public bool IsEmpty => Count == 0;

    void ICollection<KeyValuePair<string, T>>.Clear()
    {
        IsCreated = false;
        Clear();
    }

    bool IDictionary<string, T>.Remove(string key) => Remove(key) && !(IsCreated = false);
}

/// <summary>Free-form JSON that a getter created.</summary>
internal sealed class CreatedJson : JObject, ICreatedCollection
{
    public bool IsCreated { get; set; }

    public bool IsEmpty => Count == 0;
}
