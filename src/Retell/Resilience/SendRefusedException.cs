namespace Retell.Resilience;

/// <summary>
/// The exception for a handler that resends a request that must not be sent twice. Resilience handlers do not retry it. The caller sees the
/// outcome of the first attempt instead.
/// </summary>
internal sealed class SendRefusedException(string operationId)
    : InvalidOperationException($"{operationId} was not sent again, because the API may have processed it.");
