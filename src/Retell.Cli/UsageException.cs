namespace Retell.Cli;

/// <summary>What was typed cannot be carried out; the message says what to type instead.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
