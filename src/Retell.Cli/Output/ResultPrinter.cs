using System.Net.ServerSentEvents;
using System.Reflection;
using Newtonsoft.Json.Linq;

namespace Retell.Cli.Output;

/// <summary>Waits for what a method returned and prints it.</summary>
internal sealed class ResultPrinter(ResultWriter writer, ProgressLine progress, TextWriter output, TextWriter error)
{
    private static readonly MethodInfo s_printOne = Generic(nameof(PrintOneAsync));
    private static readonly MethodInfo s_printList = Generic(nameof(PrintListAsync));
    private static readonly MethodInfo s_follow = Generic(nameof(FollowAsync));

    public static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Pager<>);

    /// <param name="result">A task, a pager or events.</param>
    /// <param name="isAll">Whether all pages are wanted.</param>
    /// <param name="limit">How many items of a page are wanted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task PrintAsync(object result, bool isAll, int? limit, CancellationToken cancellationToken) => result switch
    {
        IAsyncEnumerable<SseItem<string>> events => PrintEventsAsync(events, cancellationToken),
        Task<RetellStream> content => PrintContentAsync(content, cancellationToken),
        _ when IsList(result.GetType()) => Invoke(s_printList, result, result, isAll, limit, cancellationToken),
        Task task when ResultType(task) is not null => Invoke(s_printOne, task, task),
        _ => (Task)result,
    };

    /// <summary>Prints a list and what comes later. Returns the exit code once it is canceled.</summary>
    /// <param name="list">A pager.</param>
    /// <param name="follower">Prints it.</param>
    /// <param name="limit">How many items are printed at first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<int> FollowAsync(object list, ListFollower follower, int? limit, CancellationToken cancellationToken) =>
        (Task<int>)Invoke(s_follow, list, list, follower, limit, cancellationToken);

    private async Task<int> FollowAsync<T>(Pager<T> list, ListFollower follower, int? limit, CancellationToken cancellationToken)
    {
        await progress.DisposeAsync().ConfigureAwait(false);
        return await follower.RunAsync(list, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The type of a task's result. What runs is a task of an inner type, so that its own says nothing.</summary>
    private static Type? ResultType(Task task)
    {
        Type? type = task.GetType();
        while (type is not null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)))
        {
            type = type.BaseType;
        }

        Type? result = type?.GetGenericArguments()[0];
        return result?.Name == "VoidTaskResult" ? null : result;
    }

    private static MethodInfo Generic(string name) =>
        typeof(ResultPrinter).GetMethods(BindingFlags.NonPublic | BindingFlags.Instance).Single(method => method.Name == name && method.IsGenericMethod);

    private Task Invoke(MethodInfo method, object typed, params object?[] arguments)
    {
        Type type = typed is Task task ? ResultType(task)! : typed.GetType().GetGenericArguments()[0];
        return (Task)method.MakeGenericMethod(type).Invoke(this, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }

    private async Task PrintOneAsync<T>(Task<T> task)
    {
        T value = await task.ConfigureAwait(false);
        await progress.DisposeAsync().ConfigureAwait(false);
        writer.WriteOne(ResultWriter.JsonOf(value));
    }

    /// <summary>Content goes out as it is, into a file or another program.</summary>
    private async Task PrintContentAsync(Task<RetellStream> task, CancellationToken cancellationToken)
    {
        using RetellStream content = await task.ConfigureAwait(false);
        await progress.DisposeAsync().ConfigureAwait(false);
        if (output is StreamWriter file)
        {
            await content.CopyToAsync(file.BaseStream, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            // A person reads it.
            await output.WriteLineAsync(await content.ReadTextAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async Task PrintEventsAsync(IAsyncEnumerable<SseItem<string>> events, CancellationToken cancellationToken)
    {
        // Nothing is printed before the API has accepted the request.
        bool hasBegun = false;
        await foreach (SseItem<string> item in events.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!hasBegun)
            {
                writer.BeginList();
                hasBegun = true;
            }

            writer.WriteItem(new JObject { ["event"] = item.EventType, ["id"] = item.EventId, ["data"] = item.Data });
        }

        await progress.DisposeAsync().ConfigureAwait(false);
        if (!hasBegun)
        {
            writer.BeginList();
        }

        writer.EndList();
    }

    private async Task PrintListAsync<T>(Pager<T> pager, bool isAll, int? limit, CancellationToken cancellationToken)
    {
        int pages = 0;
        int items = 0;
        bool isCut = false;
        await foreach (Page<T> page in pager.AsPages(cancellationToken).ConfigureAwait(false))
        {
            if (pages++ == 0)
            {
                writer.BeginList();
            }

            // A list that the API gives in one answer is cut here.
            IReadOnlyList<T> wanted = isAll || limit is null ? page.Items : [.. page.Items.Take(limit.Value)];
            foreach (T item in wanted)
            {
                writer.WriteItem(ResultWriter.JsonOf(item));
            }

            items += wanted.Count;
            if (!isAll)
            {
                isCut = page.HasMore || wanted.Count < page.Items.Count;
                break;
            }

            progress.Report($"page {pages}, {items} items{(page.Total is long total ? $" of {total}" : "")}");
        }

        await progress.DisposeAsync().ConfigureAwait(false);
        writer.EndList();
        if (isCut)
        {
            await error.WriteLineAsync("There are more items. Use --all to fetch them.").ConfigureAwait(false);
        }
    }
}
