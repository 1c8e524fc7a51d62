namespace Retell.AspNetCore;

/// <summary>The options of webhooks and custom functions.</summary>
public sealed class RetellWebhookOptions
{
    /// <summary>
    /// Gets the API keys that requests can be signed with, in addition to <see cref="RetellClientOptions.WebhookKey"/> of the default client. The
    /// keys are read for each request, so that a change of the configuration applies at once. Use two keys while the key is being replaced.
    /// </summary>
    public IList<string> SigningKeys { get; } = [];

    /// <summary>Gets or sets the maximum size of a request body, in bytes. The default is 5 MiB. A larger body gets status 413.</summary>
    public int MaxBodySize { get; set; } = 5 * 1024 * 1024;

    /// <summary>Gets or sets the maximum number of events that wait for queued handlers. The default is 1,000. If it is reached, the response has status 503.</summary>
    public int QueueCapacity { get; set; } = 1000;

    /// <summary>Gets or sets the maximum number of queued handlers that run at the same time. The default is 8 handlers.</summary>
    public int QueueConcurrency { get; set; } = 8;

    /// <summary>Gets or sets the time for which the default <see cref="IRetellWebhookDeduplicator"/> remembers a handled event. The default is 1 hour.</summary>
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets the maximum number of handled events that the default <see cref="IRetellWebhookDeduplicator"/> remembers. The default is 100,000 events.</summary>
    public int DuplicateCapacity { get; set; } = 100_000;
}
