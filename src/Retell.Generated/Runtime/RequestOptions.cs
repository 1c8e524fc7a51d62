using Newtonsoft.Json.Linq;

namespace Retell;

/// <summary>The options for a request. Members that are null or empty use the settings of the client.</summary>
public sealed class RequestOptions
{
    /// <summary>
    /// Gets or sets the timeout for each attempt, including reading the response, or null for that of the client (see
    /// <c>RetellClientOptions.Timeout</c>).
    /// </summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Gets or sets the maximum number of retries after a failed attempt, or null for that of the client. 0 sends the request once.</summary>
    public int? MaxRetries { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the request can be sent again when it is unknown whether the API processed it (timeout, dropped
    /// connection, 5xx), or null for the default of the operation: true for requests that only read or set something, false for requests that
    /// dial, send, buy, charge or run something paid.
    /// </summary>
    public bool? IsRepeatable { get; set; }

    /// <summary>
    /// Gets or sets the idempotency key, by which the API recognizes for 1 hour a request that it has already processed: 5 to 255 letters,
    /// digits, hyphens and underscores. The request can then be retried. Only <c>createPhoneCall</c> accepts a key; it sends a new one for each
    /// call if this is null.
    /// </summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>Gets the headers to add to the request. A header that is set here replaces the header of the SDK with the same name.</summary>
    public IDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets the query parameters to add to the request. A parameter that is set here replaces the parameter of the SDK with the same name; null
    /// removes it.
    /// </summary>
    public IDictionary<string, string?> Query { get; private set; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>
    /// Gets the members to add to the request body, for members that the SDK does not know. A member that is set here replaces the member of the
    /// request with the same name.
    /// </summary>
    public IDictionary<string, JToken?> Body { get; private set; } = new Dictionary<string, JToken?>(StringComparer.Ordinal);

    /// <summary>
    /// Gets or sets the action that receives the response of the operation, even an error, before it is read. It receives only the response of
    /// the last attempt. See also <see cref="RetellResponse.CaptureAsync{T}"/>.
    /// </summary>
    public Action<RetellResponse>? ResponseReceived { get; set; }

    /// <summary>Returns a copy that can be changed independently.</summary>
    internal RequestOptions Copy()
    {
        var copy = (RequestOptions)MemberwiseClone();
        copy.Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase);
        copy.Query = new Dictionary<string, string?>(Query, StringComparer.Ordinal);
        copy.Body = new Dictionary<string, JToken?>(Body, StringComparer.Ordinal);
        return copy;
    }
}
