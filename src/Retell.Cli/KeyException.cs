using Retell.Cli.Commands;

namespace Retell.Cli;

/// <summary>The API key is missing or not valid.</summary>
internal sealed class KeyException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    public static KeyException Missing(string variable = RunContext.KeyVariable) =>
        new($"The API key is missing. Set the environment variable {variable}, or use --dry-run, which requires none.");

    public static KeyException MissingForSignature() => new(
        "The API key that signs the webhook is missing. Use --key, or set the environment variable RETELL_API_KEY. It must be the key that the application verifies with.");

    public static KeyException Invalid(ArgumentException cause, string variable) => new($"{variable}: {ErrorLine.WithoutParameter(cause)}", cause);
}
