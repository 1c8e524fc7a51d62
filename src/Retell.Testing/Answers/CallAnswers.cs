using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Answers;

/// <summary>Calls: how they are placed, and what can be done while they are live and afterwards.</summary>
internal sealed class CallAnswers(AnswerKit kit)
{
    private static readonly TimeSpan s_keyLasts = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_farAway = TimeSpan.FromDays(36_500);

    public IEnumerable<KeyValuePair<string, Func<FakeRequest, FakeResponse?>>> All =>
    [
        new("createPhoneCall", CreatePhoneCall), new("registerPhoneCall", NeedsAgent), new("createWebCallV2", NeedsAgent), new("createWebCall", CreateWebCall),
        new("createBatchCall", CreateBatch),
        new("listenLiveCall", request => NotLive(request)), new("takeOverLiveCall", TakeOver), new("updateLiveCall", UpdateLive),
        new("stopCall", Stop), new("updateCallMetadata", request => NotEnded(request, "be updated")), new("rerunCallAnalysis", Rerun),
        new("getConcurrency", Concurrency),
    ];

    private Store Store => kit.Store;

    private ResourceKind Calls => Store.Kind("call");

    private FakeResponse? CreatePhoneCall(FakeRequest request)
    {
        JObject body = AnswerKit.Body(request);
        if (NeedsAgent(request) is FakeResponse refusal)
        {
            return refusal;
        }

        if ((string?)body["idempotency_key"] is not string key)
        {
            return null;
        }

        DateTimeOffset now = Store.Clock.GetUtcNow();
        if (!Store.Idempotent.TryGetValue(key, out var known) || now - known.At >= s_keyLasts)
        {
            known = (now, kit.Create(Calls, ApiDocument.Name(request.Operation!.Response)!, body, request).Value);
            Store.Idempotent[key] = known;
        }

        return AnswerKit.Success(request.Operation!, known.Answer);
    }

    private FakeResponse? NeedsAgent(FakeRequest request) => kit.MissingAgent(Calls, AnswerKit.Body(request));

    /// <summary>The answer is not the call but how to connect to it.</summary>
    private FakeResponse? CreateWebCall(FakeRequest request)
    {
        if (NeedsAgent(request) is FakeResponse refusal)
        {
            return refusal;
        }

        JObject call = kit.Create(Calls, "WebCall", AnswerKit.Body(request)).Value;
        var answer = (JObject)Store.Samples.Create(request.Operation!.Response!, full: true);
        Store.Merge(ApiDocument.Name(request.Operation.Response)!, answer, [
            new("call_id", call["call_id"]), new("access_token", call["access_token"]), new("expires_at", Store.Now + 30_000),
        ]);
        return AnswerKit.Success(request.Operation, answer);
    }

    private FakeResponse? CreateBatch(FakeRequest request)
    {
        JObject body = AnswerKit.Body(request);
        var answer = (JObject)kit.Plain(request.Operation!, request);
        long due = (long?)body["trigger_timestamp"] ?? Store.Now;
        answer["scheduled_timestamp"] = due;
        if (due > Store.Now)
        {
            // What is due after the end of all clocks never is.
            kit.Lifecycle.Later(due - Store.Now < s_farAway.TotalMilliseconds ? TimeSpan.FromMilliseconds(due - Store.Now) : null, Place);
        }
        else
        {
            Place();
        }

        return AnswerKit.Success(request.Operation!, answer);

        void Place()
        {
            foreach (JObject task in (body["tasks"] as JArray ?? []).OfType<JObject>())
            {
                var call = (JObject)task.DeepClone();
                call["from_number"] = body["from_number"];
                call["direction"] = "outbound";
                kit.Create(Calls, "PhoneCall", call).Facts["batch_call_id"] = answer["batch_call_id"];
            }
        }
    }

    private FakeResponse? TakeOver(FakeRequest request)
    {
        FakeResponse? refusal = NotLive(request);
        if (refusal is null && Stored(request) is { } call)
        {
            kit.Lifecycle.End(call, "call_take_over");
        }

        return refusal;
    }

    private FakeResponse? UpdateLive(FakeRequest request)
    {
        if (NotLive(request) is FakeResponse refusal)
        {
            return refusal;
        }

        if (Stored(request) is { } call && AnswerKit.Body(request)["fields_to_override"] is JObject fields)
        {
            Store.Change(Calls, call.Item, fields.Properties().Select(f =>
                new JProperty(f.Name == "override_dynamic_variables" ? "retell_llm_dynamic_variables" : f.Name, f.Value)));
        }

        return null;
    }

    private FakeResponse? Stop(FakeRequest request)
    {
        if (Store.Find(Calls, Id(request)) is not { } item)
        {
            return AnswerKit.NotFound(Calls, Id(request));
        }

        kit.Lifecycle.End(new(Calls, item), "manual_stopped");
        return AnswerKit.Success(request.Operation!);
    }

    private FakeResponse? Rerun(FakeRequest request)
    {
        if (NotEnded(request, "be analyzed again") is FakeResponse refusal)
        {
            return refusal;
        }

        if (Stored(request) is { } call)
        {
            kit.Lifecycle.Analyze(call, []);
        }

        return null;
    }

    private FakeResponse? Concurrency(FakeRequest request)
    {
        if (!Calls.WasUsed)
        {
            return null;
        }

        var answer = (JObject)kit.Plain(request.Operation!, request);
        answer["current_concurrency"] = Calls.Oldest.Count(c => (string?)c.Value["call_status"] == "ongoing");
        return AnswerKit.Success(request.Operation!, answer);
    }

    /// <summary>An error for a call that is not ongoing, or not there; a sample is whatever it has to be.</summary>
    private FakeResponse? NotLive(FakeRequest request) => Stored(request) is { } call
        ? call.Status == "ongoing" ? null : FakeResponse.Error(400, $"Call {call.Id} is not ongoing, but {call.Status}.")
        : Store.Find(Calls, Id(request)) is null ? FakeResponse.Error(404, $"Cannot find call {Id(request)} under the given API key.") : null;

    private FakeResponse? NotEnded(FakeRequest request, string what) => Stored(request) is { HasEnded: false } call
        ? FakeResponse.Error(400, $"Call {call.Id} has not ended: only an ended call can {what}.")
        : null;

    private static string Id(FakeRequest request) => request.PathValues["call_id"];

    private Session? Stored(FakeRequest request) => Calls.TryGet(Id(request), out StoredItem? item) && !item.IsSample ? new(Calls, item) : null;
}
