using Newtonsoft.Json.Linq;

namespace Retell.Cli.Output;

/// <summary>Reports the status of what is waited for, each time that it was read.</summary>
internal sealed class StateProgress<T>(ProgressLine line) : IProgress<T>
{
    public void Report(T value) => line.Report(
        ResultWriter.JsonOf(value) is JObject state && state.Properties().FirstOrDefault(member => member.Name.EndsWith("status", StringComparison.Ordinal)) is JProperty status
            ? $"waiting: {Plain.Text(status.Value.ToString())}"
            : "waiting");
}

internal static class StateProgress
{
    /// <param name="type">The type that the method takes, such as <c>IProgress&lt;ICall&gt;</c>.</param>
    /// <param name="line">Where it reports.</param>
    public static object Create(Type type, ProgressLine line) =>
        Activator.CreateInstance(typeof(StateProgress<>).MakeGenericType(type.GetGenericArguments()), line)!;
}
