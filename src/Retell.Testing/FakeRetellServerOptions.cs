namespace Retell.Testing;

/// <summary>How a <see cref="FakeRetellServer"/> works. It is read when the server is created.</summary>
public sealed record FakeRetellServerOptions
{
    /// <summary>The only API key that is accepted; null to accept every key that is not empty.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What is answered to the id of a thing that was never created or seeded.</summary>
    public FakeUnknownIds UnknownIds { get; init; } = FakeUnknownIds.Sample;

    /// <summary>Whether requests may have members and query values that the document of the API does not know.</summary>
    public bool AllowUnknownMembers { get; init; }

    /// <summary>
    /// The clock. Null, the default, for one that begins now and stands still until <see cref="FakeRetellServer.Clock"/> is
    /// advanced; a <see cref="FakeClock"/> to say where it begins; any other one, such as <see cref="TimeProvider.System"/>, is
    /// followed, so that calls and knowledge bases get on by themselves.
    /// </summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>How long calls and other things take by the clock.</summary>
    public FakeTimings Timings { get; init; } = new();

    /// <summary>How many requests and webhook deliveries are kept for inspection, the newest ones; 0 for none.</summary>
    public int KeepRequests { get; init; } = 10_000;

    /// <summary>
    /// Gets how many bytes the bodies of the kept requests may have together. The default is 16 MB. Older requests lose their
    /// bodies first, and the newest one always keeps its own; all else of a request is kept.
    /// </summary>
    public long KeepBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Whether the rate limits of the API hold, by the clock: 1000 creations of calls in 10 seconds, 15 requests for a list, 100
    /// of anything else, 8 playground completions in 2 seconds, each for one operation.
    /// </summary>
    public bool EnforceRateLimits { get; init; }

    /// <summary>The API key that webhooks are signed with; null for the key of the server.</summary>
    public string? WebhookKey { get; init; }

    /// <summary>Where the webhooks of agents without a <c>webhook_url</c> of their own go; null for nowhere.</summary>
    public string? AccountWebhookUrl { get; init; }

    /// <summary>
    /// The way of webhooks, such as the handler of a WebApplicationFactory; it is never disposed. Null for the network, but then
    /// only webhooks to this machine are really sent: others are recorded as failed, so that no test reaches out into the world.
    /// </summary>
    public HttpMessageHandler? WebhookHandler { get; init; }

    /// <summary>How often a webhook is sent again that got no answer of success in time.</summary>
    public int WebhookRetries { get; init; } = 3;

    /// <summary>
    /// The clock of the time in a webhook's signature. It is the real one unless told otherwise, because receivers check it
    /// against theirs; give it the <see cref="FakeClock"/> of the server where the receiver uses that.
    /// </summary>
    public TimeProvider WebhookClock { get; init; } = TimeProvider.System;
}
