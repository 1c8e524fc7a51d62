using System.Net;
using Retell.Http;

namespace Retell;

/// <summary>The API answered with an error. A subclass stands for each status that a program may want to handle.</summary>
public class RetellApiException : RetellException
{
    private static readonly Dictionary<string, IReadOnlyList<string>> s_noHeaders = [];
    private static readonly string[] s_notFound = ["not found", "cannot find", "could not find", "does not exist"];

    /// <summary>Creates the exception; a test may do so to play an error of the API.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="innerException">The cause.</param>
    public RetellApiException(string message, HttpStatusCode statusCode, Exception? innerException = null)
        : base(message, innerException) => StatusCode = statusCode;

    private protected RetellApiException(ApiFailure failure)
        : base(failure.Message)
    {
        StatusCode = failure.StatusCode;
        ErrorMessage = failure.ErrorMessage;
        RawBody = failure.RawBody;
        Headers = failure.Headers;
        Method = failure.Method;
        Path = failure.Path;
        OperationId = failure.OperationId;
        Attempts = failure.Attempts;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>
    /// Gets a value indicating whether the API does not know the resource: the status is 404, or it is 422 and the request has no body that could
    /// be wrong, or the message says so. The API uses both statuses for an unknown ID.
    /// </summary>
    public bool IsNotFound => StatusCode == HttpStatusCode.NotFound
        || ((int)StatusCode == 422 && (Method is "GET" or "DELETE" || Array.Exists(s_notFound, text => ErrorMessage?.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0)));

    /// <summary>What the API said: the <c>message</c> of the answer; null when the answer has none.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The answer as text, cut off after 64 KB; empty when there was none.</summary>
    public string RawBody { get; init; } = "";

    /// <summary>The headers of the answer, by their name in any case.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; init; } = s_noHeaders;

    /// <summary>The HTTP method of the request.</summary>
    public string Method { get; init; } = "";

    /// <summary>The path of the request with its values, without host and query.</summary>
    public string Path { get; init; } = "";

    internal static RetellApiException Create(ApiFailure failure) => (int)failure.StatusCode switch
    {
        400 => new RetellBadRequestException(failure),
        401 => new RetellAuthenticationException(failure),
        402 => new RetellPaymentRequiredException(failure),
        403 => new RetellPermissionDeniedException(failure),
        404 => new RetellNotFoundException(failure),
        409 => new RetellConflictException(failure),
        412 => new RetellPreconditionFailedException(failure),
        422 => new RetellUnprocessableException(failure),
        429 => new RetellRateLimitException(failure),
        >= 500 => new RetellServerException(failure),
        _ => new RetellApiException(failure),
    };
}
