using Retell.Cli.Output;

namespace Retell.Cli;

/// <summary>An error as one line.</summary>
internal static class ErrorLine
{
    public static string Of(Exception error) => "error: " + Plain.Text(error switch
    {
        OperationCanceledException => "canceled",
        ArgumentException { ParamName: string name } argument => $"{Names.Kebab(name)}: {WithoutParameter(argument)}",
        UsageException or KeyException or RetellException or IOException or UnauthorizedAccessException or ArgumentException => error.Message,
        _ => $"{error.GetType().Name}: {error.Message}",
    });

    /// <summary>Returns the message without the parameter name that .NET appends.</summary>
    public static string WithoutParameter(ArgumentException error) =>
        error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);
}
