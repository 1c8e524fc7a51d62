using System.Net;
using Microsoft.AspNetCore.Http;

namespace Retell.AspNetCore;

/// <summary>The options of an endpoint that serves the custom LLM of an agent.</summary>
public sealed class RetellLlmOptions
{
    /// <summary>The address from which Retell connects: <c>100.20.5.228</c>.</summary>
    public const string RetellAddress = "100.20.5.228";

    /// <summary>
    /// Gets the secrets, one of which is the value of the route parameter <c>secret</c>. A request with another one gets status 404. Several of them allow a secret
    /// to be replaced without an interruption.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>
    /// Gets the networks from which connections are accepted, such as <c>IPNetwork.Parse("100.20.5.228/32")</c>. If there are none, all are accepted. Behind a reverse
    /// proxy, the address is that of the proxy unless the application uses forwarded headers.
    /// </summary>
    public IList<IPNetwork> AllowedNetworks { get; } = [];

    /// <summary>
    /// Gets or sets the function that decides whether a connection is accepted, or null. It receives the request and the ID of the call, and can ask the API about
    /// the call. It runs for each connection of a call. A connection that is not accepted gets status 403. Retell waits about 7 seconds for a connection.
    /// </summary>
    public Func<HttpContext, string, ValueTask<bool>>? Accept { get; set; }

    /// <summary>Gets or sets a value indicating whether Retell sends the call, which is then <see cref="LlmCall.Details"/>. The default is false.</summary>
    public bool CallDetails { get; set; }

    /// <summary>Gets or sets a value indicating whether Retell sends the transcript also with tool calls. The default is false.</summary>
    public bool TranscriptWithToolCalls { get; set; }

    /// <summary>Gets or sets a value indicating whether Retell sends pings, and connects again when the connection is lost. The default is true.</summary>
    public bool AutoReconnect { get; set; } = true;

    /// <summary>Gets or sets the time to wait for the details of the call before the agent begins without them. The default is 3 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan BeginTimeout
    {
        get;
        set => field = Checked(value);
    } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Gets or sets the time without an output after which a turn is canceled and its response closed with <see cref="FallbackText"/>. The default is 30 seconds. It
    /// starts again with each output, and does not count while the connection is slow or lost.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan TurnTimeout
    {
        get;
        set => field = Checked(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets what the agent says if a turn fails or takes too long, or null for nothing. It is in English by default.</summary>
    public string? FallbackText { get; set; } = "Sorry, something went wrong. Could you say that again?";

    /// <summary>Gets or sets the time for which a call waits for Retell to connect again. The default is 2 minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan ConversationLifetime
    {
        get;
        set => field = Checked(value);
    } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Gets or sets the time without a message after which a connection that had pings is lost. The default is 10 seconds. Retell sends a ping every 2 seconds if
    /// <see cref="AutoReconnect"/> is set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan KeepAliveTimeout
    {
        get;
        set => field = Checked(value);
    } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the time that a turn has to finish when the host stops, before it is canceled and its response closed. The default is 10 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan DrainTimeout
    {
        get;
        set => field = Checked(value);
    } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the maximum size of a message, in bytes. The default is 16 MiB. A larger one closes the connection with code 1009.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int MaxMessageSize
    {
        get;
        set => field = Checked(value);
    } = 16 * 1024 * 1024;

    /// <summary>Gets or sets the number of frames that wait to be sent before the enumeration of a response is suspended. The default is 32 frames.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int QueueCapacity
    {
        get;
        set => field = Checked(value);
    } = 32;

    private static TimeSpan Checked(TimeSpan value) => value > TimeSpan.Zero && value <= TimeSpan.FromDays(24)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The value must be greater than 0 and at most 24 days.");

    private static int Checked(int value) => value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The value must be greater than 0.");
}
