using Newtonsoft.Json.Linq;

namespace Retell;

/// <summary>What one call does otherwise than the client: every member left null or empty keeps the client's setting.</summary>
public sealed class RequestOptions
{
    /// <summary>The time limit of each attempt, its answer included.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>How often a failed attempt may be repeated; 0 sends the request once.</summary>
    public int? MaxRetries { get; set; }

    /// <summary>
    /// Whether the request may be sent again when nobody knows if the API carried it out (timeout, broken connection, 5xx).
    /// By default what only reads or sets may, and what dials, sends, buys, charges or runs something paid may not.
    /// </summary>
    public bool? IsRepeatable { get; set; }

    /// <summary>
    /// The key by which the API knows a request that it has carried out already, for 1 hour: 5 to 255 letters, digits,
    /// <c>-</c> and <c>_</c>. It makes the request repeatable. Only operations that have such a key take it; so far that is
    /// <c>createPhoneCall</c>, which gets a new one for each call by itself.
    /// </summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>Extra request headers; one that is set here replaces the SDK's own of the same name.</summary>
    public IDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Extra query parameters; one that is set here replaces the SDK's own of the same name, and null leaves it out.</summary>
    public IDictionary<string, string?> Query { get; private set; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Extra members of the body, for what the SDK does not know yet; one that is set here replaces the request's own of the same name.</summary>
    public IDictionary<string, JToken?> Body { get; private set; } = new Dictionary<string, JToken?>(StringComparer.Ordinal);

    /// <summary>
    /// Gets the answer of each request as it came, errors included, before it is read; of the attempts only the last. See
    /// also <see cref="RetellResponse.CaptureAsync{T}"/>.
    /// </summary>
    public Action<RetellResponse>? ResponseReceived { get; set; }

    /// <summary>A copy that can be changed without changing this one.</summary>
    internal RequestOptions Copy()
    {
        var copy = (RequestOptions)MemberwiseClone();
        copy.Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase);
        copy.Query = new Dictionary<string, string?>(Query, StringComparer.Ordinal);
        copy.Body = new Dictionary<string, JToken?>(Body, StringComparer.Ordinal);
        return copy;
    }
}
