namespace Retell.Cli;

/// <summary>What the process returns, by the kind of error.</summary>
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
          0    done
          1    anything else, such as work that was waited for and failed
          2    the command line or an argument is wrong
          3    the API key is missing (RETELL_API_KEY), wrong or not allowed to do this (401, 403)
          4    there is no such thing (404)
          5    the API refused for another reason (other 4xx)
          6    too many requests (429)
          7    the API failed (5xx)
          8    no connection, or no answer in time
          130  cancelled
        """;

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
