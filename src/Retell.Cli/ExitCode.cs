namespace Retell.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 2;
    public const int Access = 3;
    public const int NotFound = 4;
    public const int Refused = 5;
    public const int RateLimit = 6;
    public const int Server = 7;
    public const int Connection = 8;
    public const int Cancelled = 130;

    public const string Help =
        """
        Exit codes:
          0    success
          1    any other failure, such as a knowledge base that was waited for and failed
          2    the command line or an argument is not valid
          3    the API key is missing (RETELL_API_KEY), not valid or not permitted (401, 403)
          4    not found (404)
          5    refused for another reason (other 4xx)
          6    rate limit exceeded (429)
          7    server error (5xx)
          8    no connection, or a timeout
          130  canceled with Ctrl+C, also --follow
        """;

    /// <summary>Returns the exit code for the response of an application; null for none.</summary>
    public static int OfStatus(int? status) => status switch
    {
        null => Connection,
        >= 200 and <= 299 => Success,
        401 or 403 => Access,
        404 => NotFound,
        429 => RateLimit,
        >= 500 => Server,
        >= 400 => Refused,
        _ => Failure,
    };

    public static int Of(Exception error) => error switch
    {
        UsageException or ArgumentException => Usage,
        KeyException or RetellAuthenticationException or RetellPermissionDeniedException => Access,
        RetellNotFoundException => NotFound,
        RetellRateLimitException => RateLimit,
        RetellServerException => Server,
        RetellApiException => Refused,
        RetellConnectionException or RetellTimeoutException => Connection,
        OperationCanceledException => Cancelled,
        _ => Failure,
    };
}
