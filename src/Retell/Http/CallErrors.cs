using Newtonsoft.Json;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;
using Retell.Resilience;

namespace Retell.Http;

/// <summary>Creates the exceptions of operations that have no response, or whose response cannot be read.</summary>
internal static class CallErrors
{
    /// <summary>Translates an exception of the handlers.</summary>
    public static Exception Translate(ApiCall call, Exception failure) => failure switch
    {
        RetellException => failure,
        _ when IsRefusal(failure) || call.Gate is { WasRefused: true, FirstFailure: null } => SentAgain(call, failure),
        TimeoutRejectedException timeout => TimedOut(call, timeout, timeout.Timeout > TimeSpan.Zero ? timeout.Timeout : null),
        TimeoutException or OperationCanceledException => TimedOut(call, failure, null),
        _ when TransportFailure.IsRejected(failure) => Rejected(call, failure),
        _ when TransportFailure.IsConnection(failure) => Broken(call, failure),
        _ => failure,
    };

    public static RetellSerializationException NotWritable(ApiCall call, object body, JsonException cause)
    {
        string what = $"{call.Operation.Id}: the request body ({RetellJson.Name(body.GetType())}) cannot be written as JSON";
        return new(call.Mask.Apply(RetellSerializationException.Describe(what, cause, null)), call.Mask.Apply(cause))
        {
            OperationId = call.Operation.Id,
            JsonPath = RetellSerializationException.PathOf(cause),
        };
    }

    public static RetellSerializationException NotReadable(ApiCall call, string message, JsonException? cause = null, string? excerpt = null) =>
        new(call.Mask.Apply(message), cause is null ? null : call.Mask.Apply(cause))
        {
            OperationId = call.Operation.Id,
            Attempts = call.Attempts,
            JsonPath = cause is null ? "" : call.Mask.Apply(RetellSerializationException.PathOf(cause)),
            Excerpt = call.Mask.ApplyOrNull(excerpt),
        };

    public static RetellException Unreadable(ApiCall call, UploadFailure failure, Exception thrown) =>
        new(
            call.Mask.Apply($"{call.Operation.Id}: the file \"{failure.File.FileName}\" could not be read: {failure.Cause.Message}"),
            call.Mask.Apply(thrown))
        {
            OperationId = call.Operation.Id,
            Attempts = call.Attempts,
        };

    public static RetellException TooLarge(ApiCall call) =>
        new(FormattableString.Invariant(
            $"{call.Operation.Id}: the response is larger than {call.MaxResponseSize} bytes. Request smaller pages, or raise {nameof(RetellClientOptions)}.{nameof(RetellClientOptions.MaxResponseSize)}."))
        {
            OperationId = call.Operation.Id,
            Attempts = call.Attempts,
        };

    private static RetellTimeoutException TimedOut(ApiCall call, Exception cause, TimeSpan? limit)
    {
        string time = limit is TimeSpan span ? FormattableString.Invariant($"within {span.TotalSeconds:0.###} s") : "within the timeout of the HttpClient or one of its handlers";
        return new(call.Mask.Apply($"{call.Operation.Id}: no complete response arrived {time} ({call.AttemptsText}). {Outlook(call)}"), call.Mask.Apply(cause))
        {
            OperationId = call.Operation.Id,
            Attempts = call.Attempts,
            Timeout = limit,
        };
    }

    private static RetellConnectionException Broken(ApiCall call, Exception cause)
    {
        bool isNeverSent = !call.IsAnswered && TransportFailure.IsNeverSent(cause);
        string host = call.Uri.GetLeftPart(UriPartial.Authority);
        string what = isNeverSent ? $"could not connect to {host}"
            : call.IsAnswered ? $"the response of {host} was cut off"
            : $"the connection to {host} was lost";
        return Connection(call, $"{what}: {Innermost(cause)}", cause);
    }

    private static RetellConnectionException Rejected(ApiCall call, Exception cause)
    {
        string what = cause switch
        {
            BrokenCircuitException => "the circuit breaker is open after recent failures",
            RateLimiterRejectedException { RetryAfter: TimeSpan wait } =>
                FormattableString.Invariant($"the rate limiter of the client has no permit left; try again in {wait.TotalSeconds:0.###} s"),
            _ => "the rate limiter of the client has no permit left",
        };
        return Connection(call, what, cause);
    }

    private static RetellConnectionException SentAgain(ApiCall call, Exception cause) => Connection(
        call,
        "a handler of the application tried to resend the request, which was refused; the outcome of the first attempt is unknown",
        cause);

    private static RetellConnectionException Connection(ApiCall call, string what, Exception cause)
    {
        string outlook = call.Gate.MayHaveBeenSent ? Outlook(call) : "Nothing was sent.";
        return new(call.Mask.Apply($"{call.Operation.Id}: {what} ({call.AttemptsText}). {outlook}"), call.Mask.Apply(cause))
        {
            OperationId = call.Operation.Id,
            Attempts = call.Attempts,
            MayHaveBeenSent = call.Gate.MayHaveBeenSent,
        };
    }

    private static bool IsRefusal(Exception failure) => failure is SendRefusedException || (failure.InnerException is Exception inner && IsRefusal(inner));

    private static string Outlook(ApiCall call) => call.IsRepeatable
        ? "It is safe to retry the operation."
        : "The request may have been processed. It was not retried, because a retry could process it twice. Check whether it was processed before trying again.";

    /// <summary>Returns the message with that of the innermost exception, which often has the cause.</summary>
    private static string Innermost(Exception cause)
    {
        string outer = cause.Message.TrimEnd('.');
        string inner = cause.GetBaseException().Message.TrimEnd('.');
        return outer.Contains(inner) ? outer : $"{outer}: {inner}";
    }
}
