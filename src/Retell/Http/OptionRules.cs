using System.Net;

namespace Retell.Http;

/// <summary>What settings of the client and of a single call must look like, with a message that says what is wrong.</summary>
internal static class OptionRules
{
    private static readonly HashSet<string> s_contentHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-MD5",
        "Content-Range", "Content-Type", "Expires", "Last-Modified",
    };

    /// <summary>The separators of RFC 9110.</summary>
    private const string NotInNames = "()<>@,;:\\\"/[]?={}";

    public static bool IsContentHeader(string name) => s_contentHeaders.Contains(name);

    public static string? ApiKey(string? value, string argument)
    {
        string? key = value?.Trim();
        return key?.Any(c => c is <= ' ' or > '~' or '"' or '\'' or '\\') != true
            ? key
            : throw new ArgumentException("The API key has a space, a line break, a quote or a character beyond ASCII in it: it was not copied right.", argument);
    }

    public static Uri? BaseUrl(Uri? value, string argument) =>
        value is null || (value.IsAbsoluteUri && value.Scheme is "https" or "http" && value is { Query: "", Fragment: "", UserInfo: "" })
            ? value
            : throw new ArgumentException(
                $"\"{KeyMask.WithoutUser(value.ToString())}\" is not a valid base URL. It must be absolute, http or https, without user, query and fragment, such as {RetellClientOptions.DefaultBaseUrl}.",
                argument);

    /// <summary>Whether nobody on the way can read what is sent: it is encrypted, or stays on this machine.</summary>
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
                "A time limit must be more than zero and less than 24 days; Timeout.InfiniteTimeSpan switches it off.");

    public static int? MaxRetries(int? value, string argument) =>
        value is null or >= 0
            ? value
            : throw new ArgumentOutOfRangeException(argument, value, "The number of retries cannot be negative; 0 sends each request once.");

    public static void Headers(IEnumerable<KeyValuePair<string, string>>? headers, string argument)
    {
        foreach (KeyValuePair<string, string> header in headers ?? [])
        {
            if (header.Key.Length == 0 || header.Key.Any(c => c is <= ' ' or >= (char)127 || NotInNames.Contains(c)))
            {
                throw new ArgumentException($"\"{header.Key}\" is no name of a header.", argument);
            }

            if (header.Value?.Any(c => c is (< ' ' and not '\t') or > '~') == true)
            {
                throw new ArgumentException($"The value of the header {header.Key} has a line break or a character beyond ASCII in it.", argument);
            }
        }
    }
}
