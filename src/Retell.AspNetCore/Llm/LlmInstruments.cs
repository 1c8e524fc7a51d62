using System.Diagnostics;
using System.Diagnostics.Metrics;
using Retell.AspNetCore.Telemetry;

namespace Retell.AspNetCore.Llm;

/// <summary>The spans and measurements of calls and turns. They contain no text, number, argument or secret.</summary>
internal static class LlmInstruments
{
    public static readonly UpDownCounter<long> ActiveCalls =
        Instruments.Meter.CreateUpDownCounter<long>("retell.llm.call.active", "{call}", "Number of calls that are served, including those that wait for a reconnection.");

    public static readonly Counter<long> Connections =
        Instruments.Meter.CreateCounter<long>("retell.llm.call.connections", "{connection}", "Number of connections that ended, by the reason.");

    public static readonly Histogram<double> FirstSentence =
        Instruments.Meter.CreateHistogram<double>("retell.llm.turn.first_sentence", "s", "Time from the request of a response to the end of its first sentence on the wire.");

    public static readonly Counter<long> Unclosed =
        Instruments.Meter.CreateCounter<long>("retell.llm.turn.unclosed", "{turn}", "Number of calls that ended before their last response was closed.");

    public static readonly Counter<long> Duplicates =
        Instruments.Meter.CreateCounter<long>("retell.llm.turn.duplicates", "{turn}", "Number of requests of a response that had been requested before.");

    private static readonly Counter<long> s_superseded =
        Instruments.Meter.CreateCounter<long>("retell.llm.turn.superseded", "{turn}", "Number of turns that a newer one superseded before they had finished.");

    private static readonly Histogram<double> s_duration =
        Instruments.Meter.CreateHistogram<double>("retell.llm.turn.duration", "s", "Duration of turns, by their outcome.");

    public static Activity? StartCall(string route, string callId, ActivityContext request)
    {
        // It ends in another flow than it starts in, and must not be current in the one of the request.
        Activity? current = Activity.Current;
        Activity? span = Instruments.Source.StartActivity("retell.llm.call", ActivityKind.Server, request);
        span?.SetTag("http.route", route);
        span?.SetTag("retell.call_id", callId);
        Activity.Current = current;
        return span;
    }

    public static Activity? StartTurn(Activity? call, long responseId, string kind)
    {
        Activity? span = Instruments.Source.StartActivity("retell.llm.turn", ActivityKind.Internal, call?.Context ?? default);
        span?.SetTag("retell.llm.response_id", responseId);
        span?.SetTag("retell.llm.turn.kind", kind);
        return span;
    }

    public static void Finished(Activity? span, string kind, string outcome, TimeSpan elapsed, Exception? failure)
    {
        span?.SetTag("retell.llm.turn.outcome", outcome);
        if (outcome is "failed" or "timed_out")
        {
            span?.SetTag("error.type", failure?.GetType().FullName ?? outcome);
            span?.SetStatus(ActivityStatusCode.Error);
        }

        var kindTag = new KeyValuePair<string, object?>("retell.llm.turn.kind", kind);
        s_duration.Record(elapsed.TotalSeconds, kindTag, new("retell.llm.turn.outcome", outcome));
        if (outcome == "superseded")
        {
            s_superseded.Add(1, kindTag);
        }
    }

    public static string Text(LlmStop stop) => stop switch
    {
        LlmStop.Superseded => "superseded",
        LlmStop.TimedOut => "timed_out",
        LlmStop.HostStopping => "host_stopping",
        LlmStop.Ended => "call_ended",
        _ => "completed",
    };
}
