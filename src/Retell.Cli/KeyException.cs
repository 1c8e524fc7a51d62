namespace Retell.Cli;

/// <summary>The API key is missing or not valid.</summary>
internal sealed class KeyException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    public static KeyException Missing() => new("The API key is missing. Set the environment variable RETELL_API_KEY, or use --dry-run, which requires none.");

    public static KeyException MissingForSignature() => new(
        "The API key that signs the webhook is missing. Use --key, or set the environment variable RETELL_API_KEY. It must be the key that the application verifies with.");

    public static KeyException Invalid(ArgumentException cause) => new($"RETELL_API_KEY: {ErrorLine.WithoutParameter(cause)}", cause);
}
