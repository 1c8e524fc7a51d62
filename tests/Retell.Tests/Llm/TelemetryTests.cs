using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore;
using Retell.Testing;

namespace Retell.Tests.Llm;

/// <summary>Logs, spans and measurements, and what they do not contain.</summary>
[NonParallelizable]
internal sealed class TelemetryTests
{
    private static readonly string[] s_private = [LlmApplication.Secret, "my heart", "doctor", "+14155550111", "diagnosis", "prescription"];

    [Test]
    public async Task Spans_and_measurements_describe_calls_and_turns()
    {
        ConcurrentQueue<Activity> spans = [];
        ConcurrentQueue<string> measurements = [];
        using ActivityListener listener = Listen(spans);
        using MeterListener meters = Measure(measurements);
        string callId = await ConverseAsync();

        Activity call = spans.Single(span => span.OperationName == "retell.llm.call" && (string?)span.GetTagItem("retell.call_id") == callId);
        Activity[] turns = [.. spans.Where(span => span.OperationName == "retell.llm.turn" && span.TraceId == call.TraceId)];

        Assert.That(call.GetTagItem("http.route"), Is.EqualTo("/llm/{secret}/{call_id}"));
        Assert.That(call.GetTagItem("retell.llm.end_reason"), Is.EqualTo("EndedByAgent"));
        Assert.That(turns.Select(turn => turn.ParentSpanId), Is.All.EqualTo(call.SpanId));
        Assert.That(
            turns.Select(turn => $"{turn.GetTagItem("retell.llm.response_id")} {turn.GetTagItem("retell.llm.turn.kind")} {turn.GetTagItem("retell.llm.turn.outcome")}"),
            Is.EquivalentTo(["0 begin completed", "1 turn superseded", "2 turn completed", "2 replay completed", "3 turn failed", "4 reminder completed"]));
        Assert.That(
            measurements.Distinct(),
            Is.SupersetOf(new[]
            {
                "retell.llm.call.active 1 ", "retell.llm.call.active -1 ", "retell.llm.turn.superseded 1 retell.llm.turn.kind=turn", "retell.llm.turn.duplicates 1 ",
                "retell.llm.turn.first_sentence retell.llm.turn.kind=begin", "retell.llm.turn.first_sentence retell.llm.turn.kind=turn",
                "retell.llm.turn.duration retell.llm.turn.kind=turn,retell.llm.turn.outcome=failed", "retell.llm.call.connections 1 retell.llm.connection.reason=Closed",
            }));
    }

    [Test]
    public async Task Turn_that_a_lost_call_leaves_open_is_counted()
    {
        ConcurrentQueue<string> measurements = [];
        using MeterListener meters = Measure(measurements);
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = (_, token) => Outputs.ThenHang(["Hm."], token) });
        await using FakeCaller caller = await app.DialAsync();
        Task turn = caller.SayAsync("Hello.");
        await caller.WaitForFrameAsync(frame => (string?)frame["content"] == "Hm.");
        await caller.HangUpAsync();
        await app.Script.EndAsync();
        await turn;

        Assert.That(measurements, Has.Member("retell.llm.turn.unclosed 1 "));
    }

    [Test]
    public async Task Logs_spans_and_measurements_have_no_secret_and_no_private_data()
    {
        ConcurrentQueue<Activity> spans = [];
        ConcurrentQueue<string> measurements = [];
        using ActivityListener listener = Listen(spans);
        using MeterListener meters = Measure(measurements);
        LlmApplication? app = null;
        string callId = await ConverseAsync(started => app = started);
        string log = app!.Log.Of("Retell");
        string[] told =
        [
            .. spans.Select(span => $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}"),
            .. measurements,
            .. log.Split('\n').Where(line => !line.StartsWith("Debug", StringComparison.Ordinal) && !line.StartsWith("   ", StringComparison.Ordinal)),
        ];

        Assert.That(log, Does.Contain(callId).And.Contain("failed with InvalidOperationException"));
        Assert.That(spans.Any(span => span.OperationName == "Microsoft.AspNetCore.Hosting.HttpRequestIn"));
        Assert.That(told.Where(line => s_private.Any(line.Contains)), Is.Empty);

        // A message of an exception is at the level Debug; the secret is at none, not even in the scopes.
        Assert.That(log, Does.Not.Contain(LlmApplication.Secret));
    }

    [Test]
    public async Task Request_log_that_would_write_the_secret_is_warned_of()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();

        Assert.That(app.Log.Of("Retell"), Does.Contain("Set its level to Warning"));
        Assert.That(app.Log.Of("Microsoft.AspNetCore.Hosting.Diagnostics"), Does.Contain(LlmApplication.Secret));
    }

    /// <summary>A conversation in which all kinds of turns occur.</summary>
    private static async Task<string> ConverseAsync(Action<LlmApplication>? started = null)
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new()
        {
            Begin = (_, _) => new("Hello, the doctor is here."),
            Respond = (turn, token) => turn.ResponseId switch
            {
                1 => Outputs.ThenHang(["The doctor listens."], token),
                2 => Outputs.Say(
                    "The diagnosis.", LlmOutput.ToolInvoked("t1", "note", """{"diagnosis":"x"}"""), LlmOutput.ToolReturned("t1", "prescription"), LlmOutput.Metadata("diagnosis")),
                3 => Outputs.ThenThrow(new InvalidOperationException("The diagnosis of the doctor")),
                _ => Outputs.Say(LlmOutput.EndCall()),
            },
        });
        started?.Invoke(app);
        await using FakeCaller caller = await app.DialAsync();
        Task first = caller.SayAsync("It is my heart.");
        await caller.SayAsync("My number is +14155550111.", FakeBargeIn.AfterWords(1));
        await first;
        await caller.RepeatTurnAsync(sameId: true);
        await caller.SendAsync(new JObject { ["interaction_type"] = "newer", ["text"] = "my heart" });
        await caller.SayAsync("It is my heart.");
        await caller.StaySilentAsync();
        await app.Script.EndAsync();
        await ConnectionTests.WaitForLogAsync(app, "the call ended: EndedByAgent");
        await app.App.StopAsync();
        return caller.CallId;
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Retell" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = span =>
            {
                // As the instrumentation of OpenTelemetry does.
                if (span.Source.Name == "Microsoft.AspNetCore")
                {
                    span.SetTag("url.path", $"/llm/{LlmApplication.Secret}/call");
                }
            },
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener Measure(ConcurrentQueue<string> measurements)
    {
        var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name.StartsWith("retell.llm.", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measurements.Enqueue($"{instrument.Name} {value} {Text(tags)}"));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => measurements.Enqueue($"{instrument.Name} {Text(tags)}"));
        meters.Start();
        return meters;

        static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
    }
}
