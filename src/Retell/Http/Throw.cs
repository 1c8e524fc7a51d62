namespace Retell.Http;

/// <summary>Checks that netstandard2.0 has no methods for.</summary>
internal static class Throw
{
    public static void IfDisposed(bool isDisposed, Type what)
    {
#if NET
        ObjectDisposedException.ThrowIf(isDisposed, what);
#else
        if (isDisposed)
        {
            throw new ObjectDisposedException(what.FullName);
        }
#endif
    }
}
