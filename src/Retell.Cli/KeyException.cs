using Retell.Cli.Commands;

namespace Retell.Cli;

/// <summary>The API key is missing or not valid.</summary>
internal sealed class KeyException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    public static KeyException Missing(string variable = RunContext.KeyVariable) =>
        new($"The API key is missing. Set the environment variable {variable}, or use --dry-run, which requires none.");

    public static KeyException Invalid(ArgumentException cause, string variable) => new($"{variable}: {ErrorLine.WithoutParameter(cause)}", cause);
}
