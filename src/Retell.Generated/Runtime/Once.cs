namespace Retell.Generated;

/// <summary>Members that are made when they are first used.</summary>
internal static class Once
{
    /// <summary>The one instance, also for threads that ask for it at the same time.</summary>
    public static T Get<T, TOwner>(ref T? field, TOwner owner, Func<TOwner, T> create)
        where T : class
    {
        if (Volatile.Read(ref field) is T known)
        {
            return known;
        }

        T made = create(owner);
        return Interlocked.CompareExchange(ref field, made, null) ?? made;
    }
}
