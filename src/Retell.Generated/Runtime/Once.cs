namespace Retell.Generated;

/// <summary>Creates members when they are first used.</summary>
internal static class Once
{
    /// <summary>Returns the single instance, even if threads request it at the same time.</summary>
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
