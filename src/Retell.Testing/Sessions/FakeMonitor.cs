using Newtonsoft.Json;
using Retell.Testing.Monitoring;
using Retell.Testing.State;

namespace Retell.Testing;

/// <summary>
/// The monitor WebSocket of a call, for clients that connect over the socket of the fake. A new connection gets a snapshot of what was said since
/// the call was created, and then each change. It is closed with 4004 while the call is not ongoing, with 4001 if the API key is not valid, and
/// with 1000 when the call ends. All members are thread-safe.
/// </summary>
public sealed class FakeMonitor
{
    private readonly SessionServices _services;
    private readonly Session _session;
    private readonly MonitorFeed _feed;

    internal FakeMonitor(SessionServices services, Session session) => (_services, _session, _feed) = (services, session, services.Monitors.Of(session.Id));

    /// <summary>Gets the number of open connections.</summary>
    public int Watchers => _feed.Watchers;

    /// <summary>Gets the requests to open a connection, in the order of arrival. They are not in <see cref="FakeRetellServer.Requests"/>.</summary>
    public IReadOnlyList<FakeRequest> Requests => _feed.Requests;

    /// <summary>
    /// Gets or sets a value indicating whether the API key can be in the <c>Authorization</c> header. The default is true. If it is false, only the
    /// subprotocols <c>bearer</c> and the key are accepted.
    /// </summary>
    public bool AcceptsHeader
    {
        get => _feed.AcceptsHeader;
        set => _feed.AcceptsHeader = value;
    }

    /// <summary>
    /// Gets or sets a value indicating whether connections that are opened from now on are dead: they get the snapshot and no response to
    /// keep-alive messages. The default is false.
    /// </summary>
    public bool IsFrozen
    {
        get => _feed.IsFrozen;
        set => _feed.IsFrozen = value;
    }

    /// <summary>Adds an utterance to the transcript, without waiting for webhooks.</summary>
    /// <param name="role">The speaker: <c>agent</c> or <c>user</c>.</param>
    /// <param name="content">What the speaker says.</param>
    /// <exception cref="ArgumentException"><paramref name="role"/> is neither <c>agent</c> nor <c>user</c>.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The call has ended.</exception>
    public void Say(string role, string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (role is not ("agent" or "user"))
        {
            throw new ArgumentException($"\"{role}\" is not a speaker. Use \"agent\" or \"user\".", nameof(role));
        }

        lock (_services.Store.Lock)
        {
            _session.MustBeOpen();
            _services.Lifecycle.Say(_session, role, content);
        }
    }

    /// <summary>Sends any message to the open connections. It does not change the transcript.</summary>
    /// <param name="message">The message: a JObject or an anonymous object.</param>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public void Send(object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        SendText(FakeRetellServer.ToJson(message, nameof(message)).ToString(Formatting.None));
    }

    /// <summary>Sends any text to the open connections, also if it is not JSON.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public void SendText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _feed.Broadcast(new(text));
    }

    /// <summary>Drops the open connections without a close message, after what was sent to them.</summary>
    public void Drop() => _feed.Broadcast(MonitorFrame.Abort);

    /// <summary>Closes the open connections, after what was sent to them.</summary>
    /// <param name="code">The close code, from 1000 to 4999.</param>
    /// <param name="reason">The reason; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is not from 1000 to 4999.</exception>
    public void Close(int code, string? reason = null) => _feed.Broadcast(new(Text: null, Checked(code), reason));

    /// <summary>Closes the next connections at once, before the snapshot.</summary>
    /// <param name="code">The close code, from 1000 to 4999.</param>
    /// <param name="reason">The reason; null for none.</param>
    /// <param name="times">The number of connections.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is not from 1000 to 4999, or <paramref name="times"/> is negative.</exception>
    public void CloseNext(int code, string? reason = null, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        _feed.RefuseNext(new(Status: null, Checked(code), reason), times);
    }

    /// <summary>Refuses the next connections with an HTTP status.</summary>
    /// <param name="status">The status, from 400 to 599.</param>
    /// <param name="times">The number of connections.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not from 400 to 599, or <paramref name="times"/> is negative.</exception>
    public void RefuseNext(int status, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        _feed.RefuseNext(new(status, CloseCode: null, Reason: null), times);
    }

    private static int Checked(int code) => code is >= 1000 and <= 4999
        ? code
        : throw new ArgumentOutOfRangeException(nameof(code), code, "The close code must be from 1000 to 4999.");
}
