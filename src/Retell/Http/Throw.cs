namespace Retell.Http;

/// <summary>Exceptions that are thrown in several places.</summary>
internal static class Throw
{
    /// <summary>Creates an exception for an argument of the public method that was called.</summary>
    public static ArgumentException Argument(string message, string argument) => new(message, argument);

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
