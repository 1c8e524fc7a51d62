using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Retell.AspNetCore.Telemetry;

/// <summary>Reports a handler as a span and a measurement. They contain no part of a body.</summary>
internal sealed class HandlerTrace : IDisposable
{
    private readonly Histogram<double> _duration;
    private readonly Activity? _span;
    private readonly long _start = Stopwatch.GetTimestamp();
    private TagList _tags;

    private HandlerTrace(Histogram<double> duration, Activity? span, TagList tags)
    {
        (_duration, _span, _tags) = (duration, span, tags);
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            span?.SetTag(tag.Key, tag.Value);
        }
    }

    /// <summary>Starts a webhook handler.</summary>
    /// <param name="webhook">The name of the event.</param>
    /// <param name="handler">The name of the handler.</param>
    /// <param name="queuedBy">The span of the request that queued the event, in the format of the header <c>traceparent</c>, or null if the handler runs in it.</param>
    /// <returns>The trace.</returns>
    public static HandlerTrace Webhook(string webhook, string handler, string? queuedBy = null)
    {
        Activity? span = ActivityContext.TryParse(queuedBy, null, isRemote: true, out ActivityContext parent)
            ? Instruments.Source.StartActivity($"webhook {webhook}", ActivityKind.Consumer, parent)
            : Instruments.Source.StartActivity($"webhook {webhook}");
        return new(Instruments.Handlers, span, new() { { "retell.webhook.event", webhook }, { "retell.webhook.handler", handler } });
    }

    /// <summary>Starts a custom function.</summary>
    /// <param name="route">The pattern of the route.</param>
    /// <returns>The trace.</returns>
    public static HandlerTrace Function(string route) =>
        new(Instruments.Functions, Instruments.Source.StartActivity($"function {route}"), new() { { "http.route", route } });

    public void Failed(Exception failure)
    {
        string error = failure.GetType().FullName!;
        _tags.Add("error.type", error);
        _span?.SetTag("error.type", error);
        _span?.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        _duration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, _tags);
        _span?.Dispose();
    }
}
