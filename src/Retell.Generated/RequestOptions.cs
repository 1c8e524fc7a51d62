namespace Retell;

/// <summary>What one call does otherwise than the client: every member left null keeps the client's setting.</summary>
public sealed class RequestOptions
{
    /// <summary>The time limit of each attempt, its answer included.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>How often a failed attempt may be repeated; 0 sends the request once.</summary>
    public int? MaxRetries { get; set; }

    /// <summary>Extra request headers; one that is set here replaces the SDK's own of the same name.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
