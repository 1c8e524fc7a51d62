namespace Retell.Cli;

/// <summary>There is no API key to send, or it cannot be one.</summary>
internal sealed class KeyException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    public static KeyException Missing() => new("There is no API key: set the environment variable RETELL_API_KEY. (--dry-run needs none.)");

    public static KeyException Invalid(ArgumentException cause) => new($"RETELL_API_KEY: {ErrorLine.WithoutParameter(cause)}", cause);
}
