using System.Runtime.CompilerServices;
using Retell.Http;

namespace Retell.Monitoring;

/// <summary>The options of <see cref="CallsResource.MonitorAsync"/>.</summary>
public sealed class MonitorOptions
{
    /// <summary>
    /// Gets the maximum time to wait for the call to be live, and to be found again after a lost connection. The default is 2 minutes. After it,
    /// the enumeration throws a <see cref="RetellCallNotLiveException"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan NotLiveTimeout
    {
        get;
        init => field = Checked(value);
    } = TimeSpan.FromMinutes(2);

    /// <summary>Gets the time before the first reconnection. It doubles with each further one. The default is 0.5 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan ReconnectDelay
    {
        get;
        init => field = Checked(value);
    } = TimeSpan.FromSeconds(0.5);

    /// <summary>Gets the longest time between two connections. The default is 15 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan MaxReconnectDelay
    {
        get;
        init => field = Checked(value);
    } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Gets the maximum number of reconnections in a row. The default is 8. After them, the enumeration throws a
    /// <see cref="RetellConnectionException"/>. The count starts again when a connection has lasted longer than <see cref="MaxReconnectDelay"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxReconnects
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxReconnects), value, "The number of reconnections cannot be negative. Use 0 to connect once.");
    } = 8;

    /// <summary>Gets the timeout for opening a connection. The default is 15 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan ConnectTimeout
    {
        get;
        init => field = Checked(value);
    } = TimeSpan.FromSeconds(15);

    /// <summary>Gets the time between two keep-alive messages. The default is 15 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan KeepAliveInterval
    {
        get;
        init => field = Checked(value);
    } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Gets the maximum time to wait for the response to a keep-alive message, after which the connection is replaced. The default is 15 seconds.
    /// The .NET Standard 2.0 build cannot see these responses and ignores the setting: see <see cref="IdleTimeout"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan KeepAliveTimeout
    {
        get;
        init => field = Checked(value);
    } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Gets the maximum time without a message, after which the connection is replaced, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// The default is no limit, because keep-alive messages find a dead connection. In the .NET Standard 2.0 build, where they cannot, it is
    /// 60 seconds: a caller and an agent who are silent for longer cause a reconnection and a snapshot, and nothing is lost.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan IdleTimeout
    {
        get;
        init => field = Checked(value);
#if NET
    } = Timeout.InfiniteTimeSpan;
#else
    } = TimeSpan.FromSeconds(60);
#endif

    /// <summary>
    /// Gets the maximum size of a message in bytes. The default is 16,777,216 (16 MB). A larger message ends the enumeration with a
    /// <see cref="RetellException"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public int MaxMessageSize
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxMessageSize), value, "The maximum message size must be at least 1 byte.");
    } = 16 * 1024 * 1024;

    /// <summary>
    /// Gets the options for the requests, or null to use the client's settings. The default is null. Headers and query apply to the connection
    /// and to the requests that read the call; the other options to the latter.
    /// </summary>
    public RequestOptions? Request { get; init; }

    private static TimeSpan Checked(TimeSpan value, [CallerMemberName] string name = "") => OptionRules.Timeout(value, name)!.Value;
}
