using System.Runtime.CompilerServices;

namespace Retell.Tests.Support;

/// <summary>Asynchronous streams of doubles.</summary>
internal static class AsyncStream
{
    public static async IAsyncEnumerable<T> Of<T>(params T[] items)
    {
        foreach (T item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }

    /// <summary>Yields items, and then waits for the token.</summary>
    public static async IAsyncEnumerable<T> ThenHang<T>(T[] items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (T item in items)
        {
            yield return item;
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public static async IAsyncEnumerable<T> ThenThrow<T>(Exception failure, params T[] items)
    {
        foreach (T item in items)
        {
            await Task.Yield();
            yield return item;
        }

        throw failure;
    }
}
