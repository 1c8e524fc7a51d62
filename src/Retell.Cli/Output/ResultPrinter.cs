using System.Reflection;

namespace Retell.Cli.Output;

/// <summary>Waits for what a method returned and prints it.</summary>
internal sealed class ResultPrinter(ResultWriter writer, ProgressLine progress, TextWriter error)
{
    private static readonly MethodInfo s_printOne = Generic(nameof(PrintOneAsync));
    private static readonly MethodInfo s_printList = Generic(nameof(PrintListAsync));

    public static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Pager<>);

    /// <param name="result">A task or a pager.</param>
    /// <param name="isAll">Whether all pages are wanted.</param>
    /// <param name="limit">How many items of a page are wanted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task PrintAsync(object result, bool isAll, int? limit, CancellationToken cancellationToken) => result switch
    {
        _ when IsList(result.GetType()) => Invoke(s_printList, result, result, isAll, limit, cancellationToken),
        Task task when ResultType(task) is not null => Invoke(s_printOne, task, task),
        _ => (Task)result,
    };

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

    private static MethodInfo Generic(string name) => typeof(ResultPrinter).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance)!;

    private Task Invoke(MethodInfo method, object typed, params object?[] arguments)
    {
        Type type = typed is Task task ? ResultType(task)! : typed.GetType().GetGenericArguments()[0];
        return (Task)method.MakeGenericMethod(type).Invoke(this, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }

    private async Task PrintOneAsync<T>(Task<T> task)
    {
        T value = await task.ConfigureAwait(false);
        progress.Dispose();
        writer.WriteOne(ResultWriter.JsonOf(value));
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

        progress.Dispose();
        writer.EndList();
        if (isCut)
        {
            await error.WriteLineAsync("There are more: --all fetches them.").ConfigureAwait(false);
        }
    }
}
