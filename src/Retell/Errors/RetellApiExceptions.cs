using System.Net;
using Retell.Http;

namespace Retell;

/// <summary>The exception that is thrown for status 400: the request is not valid. The message says which part.</summary>
public sealed class RetellBadRequestException : RetellApiException
{
    /// <summary>Creates the exception, for example in a test that simulates an error of the API.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    public RetellBadRequestException(string message)
        : base(message, HttpStatusCode.BadRequest)
    {
    }

    internal RetellBadRequestException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>The exception that is thrown for status 401: the API key is missing, wrong or revoked.</summary>
public sealed class RetellAuthenticationException : RetellApiException
{
    /// <summary>Creates the exception, for example in a test that simulates an error of the API.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    public RetellAuthenticationException(string message)
        : base(message, HttpStatusCode.Unauthorized)
    {
    }

    internal RetellAuthenticationException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>The exception that is thrown for status 402: the trial has ended, or a payment method is missing.</summary>
public sealed class RetellPaymentRequiredException : RetellApiException
{
    /// <summary>Creates the exception, for example in a test that simulates an error of the API.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    public RetellPaymentRequiredException(string message)
        : base(message, HttpStatusCode.PaymentRequired)
    {
    }

    internal RetellPaymentRequiredException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>The exception that is thrown for status 403: the API key does not have the permission.</summary>
public sealed class RetellPermissionDeniedException : RetellApiException
{
    /// <summary>Creates the exception, for example in a test that simulates an error of the API.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    public RetellPermissionDeniedException(string message)
        : base(message, HttpStatusCode.Forbidden)
    {
    }

    internal RetellPermissionDeniedException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>The exception that is thrown for status 404: the object does not exist in the workspace of the API key.</summary>
public sealed class RetellNotFoundException : RetellApiException
{
    /// <summary>Creates the exception, for example in a test that simulates an error of the API.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    public RetellNotFoundException(string message)
        : base(message, HttpStatusCode.NotFound)
    {
    }

    internal RetellNotFoundException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>The exception that is thrown for status 409: the operation conflicts with the state of the object, or the object is in use.</summary>
public sealed class RetellConflictException : RetellApiException
{
    /// <summary>Creates the exception, for example in a test that simulates an error of the API.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    public RetellConflictException(string message)
        : base(message, HttpStatusCode.Conflict)
    {
    }

    internal RetellConflictException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>The exception that is thrown for status 412: the object has changed since it was read. Read it again, and then retry the change.</summary>
public sealed class RetellPreconditionFailedException : RetellApiException
{
    /// <summary>Creates the exception, for example in a test that simulates an error of the API.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    public RetellPreconditionFailedException(string message)
        : base(message, HttpStatusCode.PreconditionFailed)
    {
    }

    internal RetellPreconditionFailedException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>
/// The exception that is thrown for status 422: the request is well-formed but cannot be processed, often because an ID is not known in the
/// workspace of the API key.
/// </summary>
public sealed class RetellUnprocessableException : RetellApiException
{
    /// <summary>Creates the exception, for example in a test that simulates an error of the API.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    public RetellUnprocessableException(string message)
        : base(message, (HttpStatusCode)422)
    {
    }

    internal RetellUnprocessableException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>
/// The exception that is thrown for status 429: there are too many requests. The retries are used up, or the wait that the API asks for is too
/// long to retry.
/// </summary>
public sealed class RetellRateLimitException : RetellApiException
{
    /// <summary>Creates the exception, for example in a test that simulates an error of the API.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    public RetellRateLimitException(string message)
        : base(message, (HttpStatusCode)429)
    {
    }

    internal RetellRateLimitException(ApiFailure failure)
        : base(failure) => RetryAfter = failure.RetryAfter;

    /// <summary>Gets the time that the API asks to wait before the next request, or null if the response does not contain it.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The exception that is thrown for status 5xx: the API failed. An operation that is not repeatable may have been processed.</summary>
public sealed class RetellServerException : RetellApiException
{
    /// <summary>Creates the exception, for example in a test that simulates an error of the API.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    /// <param name="statusCode">The HTTP status code.</param>
    public RetellServerException(string message, HttpStatusCode statusCode = HttpStatusCode.InternalServerError)
        : base(message, statusCode)
    {
    }

    internal RetellServerException(ApiFailure failure)
        : base(failure)
    {
    }
}
