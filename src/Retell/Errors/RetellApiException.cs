using System.Net;
using Retell.Http;

namespace Retell;

/// <summary>
/// The exception that is thrown when the API returns an error. A derived class exists for each status code that an application is likely to
/// handle.
/// </summary>
public class RetellApiException : RetellException
{
    private static readonly Dictionary<string, IReadOnlyList<string>> s_noHeaders = [];
    private static readonly string[] s_notFound = ["not found", "cannot find", "could not find", "does not exist"];

    /// <summary>Creates the exception, for example in a test that simulates an error of the API.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    /// <param name="statusCode">The HTTP status code.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
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

    /// <summary>Gets the HTTP status code.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>
    /// Gets a value indicating whether the API does not know the resource: the status is 404, or it is 422 and the request has no body that could
    /// be wrong, or the message says so. The API uses both statuses for an unknown ID.
    /// </summary>
    public bool IsNotFound => StatusCode == HttpStatusCode.NotFound
        || ((int)StatusCode == 422 && (Method is "GET" or "DELETE" || Array.Exists(s_notFound, text => ErrorMessage?.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0)));

    /// <summary>Gets the error message in the response body, or null if the body has none.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Gets the response body as text, or an empty string if there is none. Only the first 64 KB are kept.</summary>
    public string RawBody { get; init; } = "";

    /// <summary>Gets the response headers. The names are case-insensitive.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; init; } = s_noHeaders;

    /// <summary>Gets the HTTP method of the request.</summary>
    public string Method { get; init; } = "";

    /// <summary>Gets the path of the request with its values, without the host and the query.</summary>
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
