namespace Retell.Testing;

/// <summary>The options of a <see cref="FakeRetellServer"/>. They are read when the server is created.</summary>
public sealed record FakeRetellServerOptions
{
    /// <summary>Gets the only API key that is accepted. The default, null, accepts every key that is not empty.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Gets the port that <see cref="FakeRetellServer.StartAsync"/> listens on, from 0 to 65535. The default, 0, selects a free port.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 65535.</exception>
    public int Port
    {
        get;
        init => field = value is >= 0 and <= 65535
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The port must be from 0 to 65535. Use 0 for a free port.");
    }

    /// <summary>
    /// Gets the response to an ID that was never created or seeded. The default is <see cref="FakeUnknownIds.NotFound"/>.
    /// </summary>
    public FakeUnknownIds UnknownIds { get; init; } = FakeUnknownIds.NotFound;

    /// <summary>Gets a value indicating whether requests may have members and query parameters that the OpenAPI document does not know. The default is false.</summary>
    public bool AllowUnknownMembers { get; init; }

    /// <summary>
    /// Gets the clock. The default, null, is a clock that starts at the current time and stands still until <see cref="FakeRetellServer.Clock"/> is
    /// advanced. Set a <see cref="FakeClock"/> to choose the start. Any other clock, such as <see cref="TimeProvider.System"/>, is followed, so that
    /// calls and knowledge bases progress on their own.
    /// </summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>Gets how long calls and other processes take by the clock.</summary>
    public FakeTimings Timings { get; init; } = new();

    /// <summary>Gets the number of requests and of webhook deliveries that are kept for inspection, newest first. The default is 10,000; 0 keeps none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int KeepRequests
    {
        get;
        init => field = NotNegative(value);
    } = 10_000;

    /// <summary>
    /// Gets the total size of the bodies of the kept requests, in bytes. The default is 16 MiB. Older requests lose their bodies first, and the newest
    /// one always keeps its body; everything else about a request is kept.
    /// </summary>
    public long KeepBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Gets a value indicating whether the rate limits of the API apply, by the clock: for each operation 1,000 created calls in 10 seconds, 15 list
    /// requests or 100 other requests in 10 seconds, or 8 playground completions in 2 seconds. The default is false.
    /// </summary>
    public bool EnforceRateLimits { get; init; }

    /// <summary>Gets the API key that signs webhooks and calls of custom functions. The default, null, is the API key of the server.</summary>
    public string? WebhookKey { get; init; }

    /// <summary>Gets the URL for webhooks of agents that have no <c>webhook_url</c>. The default, null, sends none.</summary>
    public string? AccountWebhookUrl { get; init; }

    /// <summary>
    /// Gets the handler that webhooks and calls of custom functions are sent through. It is never disposed. The default, null, sends them over the
    /// network, but only to this machine and to <see cref="WebhookHosts"/>: other requests are recorded as failed, so that no test reaches the internet. Use
    /// <see cref="FakeRetellServer.DeliverWebhooksTo"/> to set it after the start.
    /// </summary>
    public HttpMessageHandler? WebhookHandler { get; init; }

    /// <summary>
    /// Gets the hosts, beside this machine, that webhooks and calls of custom functions may be sent to without a handler, such as the name of a
    /// container. The default is empty.
    /// </summary>
    public IReadOnlyCollection<string> WebhookHosts { get; init; } = [];

    /// <summary>Gets how often a webhook is retried that received no successful response in time. The default is 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int WebhookRetries
    {
        get;
        init => field = NotNegative(value);
    } = 3;

    /// <summary>
    /// Gets the clock for the timestamp of signatures. The default is <see cref="TimeProvider.System"/>, because receivers compare the timestamp with
    /// their own clock. Set the <see cref="FakeClock"/> of the server if the receiver uses it.
    /// </summary>
    public TimeProvider WebhookClock { get; init; } = TimeProvider.System;

    private static int NotNegative(int value) => value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The value must not be negative.");
}
