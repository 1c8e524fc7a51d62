using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore;
using Retell.Webhooks;

namespace Retell.Tests.AspNetCore;

/// <summary>The spans and measurements of handlers, and what logs, spans and measurements leave out.</summary>
[NonParallelizable]
internal sealed class TelemetryTests
{
    private static readonly string[] s_private = ["+14155550100", WebhookApplication.Key, "private words", "call_1"];

    [Test]
    public async Task Handlers_report_spans_and_measurements_without_private_data()
    {
        var spans = new ConcurrentQueue<Activity>();
        var values = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is RetellTelemetry.ActivitySourceName or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == RetellTelemetry.MeterName && !instrument.Name.StartsWith("retell.client.", StringComparison.Ordinal))
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        meters.Start();
        var queued = new TaskCompletionSource();
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks => webhooks
                .On<CallEndedEvent>((_, _, _) => throw new InvalidOperationException("private words"))
                .On<CallAnalyzedEvent>((_, _, _) => Task.FromResult(queued.TrySetResult()), Delivery.Queued)
                .OnInboundCall((_, _, _) => throw new InvalidOperationException("private words")),
            map => map.MapRetellFunction<JObject>("/f", (call, _) => Task.FromResult<object?>(call.Args)));
        const string Call = """ "call":{"call_type":"phone_call","call_id":"call_1","from_number":"+14155550100","transcript":"private words"}""";

        await app.PostAsync($$"""{"event":"call_ended",{{Call}}}""");
        await app.PostAsync($$"""{"event":"call_analyzed",{{Call}}}""");
        await app.PostAsync($$"""{"event":"+14155550100",{{Call}}}""");
        await app.PostAsync("""{"event":"call_inbound","call_inbound":{"from_number":"+14155550100","to_number":"+14155550100"}}""");
        await app.PostAsync($$$"""{"name":"f",{{{Call}}},"args":{"note":"private words"}}""", "/f");
        await app.SendAsync(HttpMethod.Post, "/hook", "private words"u8.ToArray(), WebhookApplication.Key);
        await queued.Task;
        await app.App.StopAsync();
        listener.Dispose();
        meters.Dispose();

        Activity[] own = [.. spans.Where(span => span.Source.Name == RetellTelemetry.ActivitySourceName)];
        Activity failed = own.Single(span => span.OperationName == "webhook call_ended");
        Activity later = own.Single(span => span.OperationName == "webhook call_analyzed");
        Assert.That((failed.Status, failed.GetTagItem("error.type")), Is.EqualTo((ActivityStatusCode.Error, "System.InvalidOperationException")));
        Assert.That((later.Kind, later.GetTagItem("retell.webhook.handler")), Is.EqualTo((ActivityKind.Consumer, "CallAnalyzedEvent")));
        Assert.That(spans.Where(span => span.Source.Name == "Microsoft.AspNetCore").Select(span => span.SpanId), Does.Contain(later.ParentSpanId).And.Contains(failed.ParentSpanId));
        Assert.That(own.Select(span => span.OperationName), Does.Contain("function /f"));
        Assert.That(values, Is.SupersetOf(new[]
        {
            "retell.webhook.deliveries retell.webhook.event=call_ended retell.webhook.outcome=Failed",
            "retell.webhook.deliveries retell.webhook.event=call_analyzed retell.webhook.outcome=Queued",
            "retell.webhook.deliveries retell.webhook.event=_OTHER retell.webhook.outcome=Unhandled",
            "retell.webhook.deliveries retell.webhook.event=call_inbound retell.webhook.outcome=InboundFallback",
            "retell.webhook.handler.duration retell.webhook.event=call_ended retell.webhook.handler=CallEndedEvent error.type=System.InvalidOperationException",
            "retell.webhook.handler.duration retell.webhook.event=call_analyzed retell.webhook.handler=CallAnalyzedEvent",
            "retell.function.duration http.route=/f",
        }));
        string everything = string.Join('\n', [
            app.Log.Text, .. values, .. own.Select(span => $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events)}")]);
        Assert.That(s_private.Where(text => everything.Contains(text, StringComparison.Ordinal)), Is.Empty, everything);

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            values.Enqueue($"{instrument.Name}{string.Concat(tags.ToArray().Select(tag => $" {tag.Key}={tag.Value}"))}");
    }
}
