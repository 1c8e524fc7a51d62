namespace Retell.Cli;

/// <summary>There is no API key to send.</summary>
internal sealed class MissingKeyException() : Exception("There is no API key: set the environment variable RETELL_API_KEY. (--dry-run needs none.)");
