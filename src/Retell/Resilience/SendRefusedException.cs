namespace Retell.Resilience;

/// <summary>
/// A handler tried to send a request again that must be sent once. It is none of the exceptions that a resilience handler retries. The caller
/// sees the outcome of the first attempt instead.
/// </summary>
internal sealed class SendRefusedException(string operationId)
    : InvalidOperationException($"{operationId} was not sent again: the API may have processed it already.");
