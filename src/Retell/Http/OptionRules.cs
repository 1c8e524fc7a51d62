using System.Net;

namespace Retell.Http;

/// <summary>Checks the settings of the client and of a request.</summary>
internal static class OptionRules
{
    private static readonly HashSet<string> s_contentHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-MD5",
        "Content-Range", "Content-Type", "Expires", "Last-Modified",
    };

    /// <summary>The separators of RFC 9110, which a header name cannot contain.</summary>
    private const string NotInNames = "()<>@,;:\\\"/[]?={}";

    public static bool IsContentHeader(string name) => s_contentHeaders.Contains(name);

    public static string? ApiKey(string? value, string argument)
    {
        string? key = value?.Trim();
        return key?.Any(c => c is <= ' ' or > '~' or '"' or '\'' or '\\') != true
            ? key
            : throw new ArgumentException("The API key contains a space, a line break, a quote, a backslash or a non-ASCII character. Copy it again from the dashboard.", argument);
    }

    public static Uri? BaseUrl(Uri? value, string argument) =>
        value is null || (value.IsAbsoluteUri && value.Scheme is "https" or "http" && value is { Query: "", Fragment: "", UserInfo: "" })
            ? value
            : throw new ArgumentException(
                $"\"{KeyMask.WithoutUser(value.ToString())}\" is not a valid base URL. "
                + $"Use an absolute http or https URL without a user, a query and a fragment, such as {RetellClientOptions.DefaultBaseUrl}.",
                argument);

    /// <summary>Returns a value indicating whether the connection is encrypted, or stays on the local machine.</summary>
    public static bool IsSecure(Uri url) =>
        url.Scheme == "https" || url.IsLoopback || url.Host.Equals("localhost.", StringComparison.OrdinalIgnoreCase)
        || url.Host.TrimEnd('.').EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    public static TimeSpan? Timeout(TimeSpan? value, string argument) =>
        value is null || value == System.Threading.Timeout.InfiniteTimeSpan || (value > TimeSpan.Zero && value.Value.TotalMilliseconds <= int.MaxValue)
            ? value
            : throw new ArgumentOutOfRangeException(
                argument,
                value,
                "The timeout must be more than zero and at most 24 days. Use Timeout.InfiniteTimeSpan for no timeout.");

    public static int? MaxRetries(int? value, string argument) =>
        value is null or >= 0
            ? value
            : throw new ArgumentOutOfRangeException(argument, value, "The number of retries cannot be negative. Use 0 to send each request once.");

    public static void Headers(IEnumerable<KeyValuePair<string, string>>? headers, string argument)
    {
        foreach (KeyValuePair<string, string> header in headers ?? [])
        {
            if (header.Key.Length == 0 || header.Key.Any(c => c is <= ' ' or >= (char)127 || NotInNames.Contains(c)))
            {
                throw new ArgumentException($"\"{header.Key}\" is not a valid header name. Use letters, digits and hyphens.", argument);
            }

            if (header.Value?.Any(c => c is (< ' ' and not '\t') or > '~') == true)
            {
                throw new ArgumentException($"The value of the header \"{header.Key}\" contains a line break or a non-ASCII character. Use printable ASCII characters.", argument);
            }
        }
    }
}
