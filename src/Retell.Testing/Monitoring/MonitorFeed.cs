using System.Globalization;
using System.Threading.Channels;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Testing.Monitoring;

/// <summary>The transcript of one call as its monitor shows it, and the connections that receive it.</summary>
internal sealed class MonitorFeed
{
    private readonly Lock _lock = new();
    private readonly List<JObject> _items = [];
    private readonly List<Channel<MonitorFrame>> _watchers = [];
    private readonly List<FakeRequest> _requests = [];
    private readonly Queue<MonitorRefusal> _refusals = [];

    /// <summary>Gets or sets a value indicating whether new connections do not respond any more.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Gets or sets a value indicating whether the API key can be in a header.</summary>
    public bool AcceptsHeader { get; set; } = true;

    public int Watchers
    {
        get
        {
            lock (_lock)
            {
                return _watchers.Count;
            }
        }
    }

    public IReadOnlyList<FakeRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Records a request, and takes the refusal that a test has set for it.</summary>
    public MonitorRefusal? Record(FakeRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request);
            return _refusals.TryDequeue(out MonitorRefusal? refusal) ? refusal : null;
        }
    }

    public void RefuseNext(MonitorRefusal refusal, int times)
    {
        lock (_lock)
        {
            for (int i = 0; i < times; i++)
            {
                _refusals.Enqueue(refusal);
            }
        }
    }

    /// <summary>Adds a connection, whose first message is the snapshot.</summary>
    public Channel<MonitorFrame> Watch()
    {
        var frames = Channel.CreateUnbounded<MonitorFrame>();
        lock (_lock)
        {
            frames.Writer.TryWrite(Message("transcript_snapshot", _items));
            _watchers.Add(frames);
        }

        return frames;
    }

    /// <summary>Removes a connection.</summary>
    public void Unwatch(Channel<MonitorFrame> frames)
    {
        lock (_lock)
        {
            _watchers.Remove(frames);
        }
    }

    /// <summary>Adds an entry of the transcript.</summary>
    /// <param name="entry">The entry as the call has it.</param>
    /// <param name="seconds">The time since the start of the call in seconds.</param>
    public void Add(JObject entry, double seconds)
    {
        lock (_lock)
        {
            JObject item = new(entry) { ["id"] = string.Create(CultureInfo.InvariantCulture, $"item_{_items.Count + 1}"), ["time_sec"] = seconds };
            item.Remove("words");
            _items.Add(item);
            Broadcast(Message("transcript_updated", [item]));
        }
    }

    /// <summary>Tells that the call has ended, and closes the connections.</summary>
    public void End(string reason, long now)
    {
        var ended = new JObject { ["type"] = "call_ended", ["event_timestamp"] = now, ["disconnection_reason"] = reason };
        lock (_lock)
        {
            Broadcast(new(ended.ToString(Formatting.None)));
            Broadcast(new(Text: null, CloseCode: 1000, Reason: "call_ended"));
        }
    }

    public void Broadcast(MonitorFrame frame)
    {
        lock (_lock)
        {
            _watchers.ForEach(watcher => watcher.Writer.TryWrite(frame));
            if (frame.Text is null)
            {
                _watchers.Clear();
            }
        }
    }

    private static MonitorFrame Message(string type, IEnumerable<JObject> items) =>
        new(new JObject { ["type"] = type, ["transcripts"] = new JArray(items) }.ToString(Formatting.None));
}

/// <summary>How a connection is refused: by an HTTP status, or by a close code.</summary>
internal sealed record MonitorRefusal(int? Status, int? CloseCode, string? Reason);
