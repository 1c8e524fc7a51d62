namespace Retell.Testing.State;

/// <summary>What happens later by the clock of the fake. Everything that was scheduled is dropped when the store is cleared.</summary>
internal sealed class Schedule(Store store)
{
    /// <summary>Does something after a time, under the lock of the store.</summary>
    /// <param name="after">How long; null for never.</param>
    /// <param name="action">What to do.</param>
    public void After(TimeSpan? after, Action action)
    {
        if (after is TimeSpan time)
        {
            int generation = store.Generation;
            store.Clock.Schedule(time, () =>
            {
                lock (store.Lock)
                {
                    if (generation == store.Generation)
                    {
                        action();
                    }
                }
            });
        }
    }

    /// <summary>Does something to an object after a time, unless it was deleted or something else was scheduled for it since.</summary>
    /// <param name="after">How long; null for never.</param>
    /// <param name="kind">What the object is.</param>
    /// <param name="item">The object.</param>
    /// <param name="action">What to do.</param>
    public void After(TimeSpan? after, ResourceKind kind, StoredItem item, Action action)
    {
        int stage = ++item.Stage;
        After(after, () =>
        {
            if (item.Stage == stage && kind.TryGet((string)item.Value[kind.IdName]!, out StoredItem? kept) && kept == item)
            {
                action();
            }
        });
    }
}
