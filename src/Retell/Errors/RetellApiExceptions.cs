using System.Net;
using Retell.Http;

namespace Retell;

/// <summary>400: the request is not valid; the message says which part.</summary>
public sealed class RetellBadRequestException : RetellApiException
{
    /// <summary>Creates the exception; a test may do so to play an error of the API.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    public RetellBadRequestException(string message)
        : base(message, HttpStatusCode.BadRequest)
    {
    }

    internal RetellBadRequestException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>401: the API key is missing, wrong or revoked.</summary>
public sealed class RetellAuthenticationException : RetellApiException
{
    /// <summary>Creates the exception; a test may do so to play an error of the API.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    public RetellAuthenticationException(string message)
        : base(message, HttpStatusCode.Unauthorized)
    {
    }

    internal RetellAuthenticationException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>402: the trial is over or a payment method is needed.</summary>
public sealed class RetellPaymentRequiredException : RetellApiException
{
    /// <summary>Creates the exception; a test may do so to play an error of the API.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    public RetellPaymentRequiredException(string message)
        : base(message, HttpStatusCode.PaymentRequired)
    {
    }

    internal RetellPaymentRequiredException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>403: the API key does not have the permission.</summary>
public sealed class RetellPermissionDeniedException : RetellApiException
{
    /// <summary>Creates the exception; a test may do so to play an error of the API.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    public RetellPermissionDeniedException(string message)
        : base(message, HttpStatusCode.Forbidden)
    {
    }

    internal RetellPermissionDeniedException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>404: there is no such object under this API key.</summary>
public sealed class RetellNotFoundException : RetellApiException
{
    /// <summary>Creates the exception; a test may do so to play an error of the API.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    public RetellNotFoundException(string message)
        : base(message, HttpStatusCode.NotFound)
    {
    }

    internal RetellNotFoundException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>409: the object is in a state, or in use, that forbids the operation.</summary>
public sealed class RetellConflictException : RetellApiException
{
    /// <summary>Creates the exception; a test may do so to play an error of the API.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    public RetellConflictException(string message)
        : base(message, HttpStatusCode.Conflict)
    {
    }

    internal RetellConflictException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>412: the object changed meanwhile; read it again and repeat the change.</summary>
public sealed class RetellPreconditionFailedException : RetellApiException
{
    /// <summary>Creates the exception; a test may do so to play an error of the API.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    public RetellPreconditionFailedException(string message)
        : base(message, HttpStatusCode.PreconditionFailed)
    {
    }

    internal RetellPreconditionFailedException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>422: the request is understood, but cannot be carried out; often an id is unknown under this API key.</summary>
public sealed class RetellUnprocessableException : RetellApiException
{
    /// <summary>Creates the exception; a test may do so to play an error of the API.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    public RetellUnprocessableException(string message)
        : base(message, (HttpStatusCode)422)
    {
    }

    internal RetellUnprocessableException(ApiFailure failure)
        : base(failure)
    {
    }
}

/// <summary>429: too many requests; the retries are used up or the wait is too long.</summary>
public sealed class RetellRateLimitException : RetellApiException
{
    /// <summary>Creates the exception; a test may do so to play an error of the API.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    public RetellRateLimitException(string message)
        : base(message, (HttpStatusCode)429)
    {
    }

    internal RetellRateLimitException(ApiFailure failure)
        : base(failure) => RetryAfter = failure.RetryAfter;

    /// <summary>How long the API asks to wait before the next request; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>5xx: the API failed. An operation that is not repeatable may have been carried out all the same.</summary>
public sealed class RetellServerException : RetellApiException
{
    /// <summary>Creates the exception; a test may do so to play an error of the API.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="statusCode">The HTTP status.</param>
    public RetellServerException(string message, HttpStatusCode statusCode = HttpStatusCode.InternalServerError)
        : base(message, statusCode)
    {
    }

    internal RetellServerException(ApiFailure failure)
        : base(failure)
    {
    }
}
