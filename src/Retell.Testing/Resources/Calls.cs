using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>Calls: how they are placed, and what can be done while they are live and afterwards.</summary>
internal sealed class Calls(ResourceContext context) : Resource(context, "call")
{
    private static readonly TimeSpan s_keyLasts = TimeSpan.FromHours(1);

    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createPhoneCall", CreatePhoneCall),
        new("registerPhoneCall", CreateCall),
        new("createWebCall", CreateWebCall),
        new("createWebCallV2", CreateCall),
        new("getCall", Get),
        new("listCalls", List),
        new("listCallsV2", List),
        new("listenLiveCall", request => OnLive(request, _ => Example(request))),
        new("takeOverLiveCall", TakeOver),
        new("updateLiveCall", UpdateLive),
        new("stopCall", Stop),
        new("updateCallMetadata", request => OnEnded(request, "be updated", item => Success(request, Apply(request, Kind, item)))),
        new("rerunCallAnalysis", Rerun),
        new("deleteCall", Delete),
    ];

    private FakeResponse CreatePhoneCall(FakeRequest request)
    {
        if ((string?)Body(request)["idempotency_key"] is not string key)
        {
            return CreateCall(request, new JProperty("direction", "outbound"));
        }

        DateTimeOffset now = Store.Clock.GetUtcNow();
        if (!Store.Idempotent.TryGetValue(key, out var known) || now - known.At >= s_keyLasts)
        {
            FakeResponse created = CreateCall(request, new JProperty("direction", "outbound"));
            if (created.Status >= 400)
            {
                return created;
            }

            known = (now, Kind.Newest.First().Value);
            Store.Idempotent[key] = known;
        }

        return Success(request, known.Response);
    }

    private FakeResponse CreateCall(FakeRequest request) => CreateCall(request, []);

    private FakeResponse CreateCall(FakeRequest request, params IEnumerable<JProperty> effects) => MissingAgent(Kind, Body(request))
        ?? Success(request, AddSession(Kind, ApiDocument.Name(request.Operation!.Response)!, ObjectMembers.With(Body(request), effects)).Value);

    /// <summary>The response is not the call but how to connect to it.</summary>
    private FakeResponse CreateWebCall(FakeRequest request)
    {
        if (MissingAgent(Kind, Body(request)) is FakeResponse refusal)
        {
            return refusal;
        }

        JObject call = AddSession(Kind, "WebCall", Body(request)).Value;
        var connection = (JObject)Store.Samples.Create(request.Operation!.Response!, full: true);
        Store.Merge(ApiDocument.Name(request.Operation.Response)!, connection, [
            new("call_id", call["call_id"]), new("access_token", call["access_token"]), new("expires_at", Store.Now + 30_000),
        ]);
        return Success(request, connection);
    }

    private FakeResponse TakeOver(FakeRequest request) => OnLive(request, item =>
    {
        if (!item.IsSample)
        {
            Context.Sessions.End(new(Kind, item), "call_take_over");
        }

        return Example(request);
    });

    private FakeResponse UpdateLive(FakeRequest request) => OnLive(request, item =>
    {
        if (!item.IsSample && Body(request)["fields_to_override"] is JObject fields)
        {
            Store.Change(Kind, item, fields.Properties().Select(f =>
                new JProperty(f.Name == "override_dynamic_variables" ? "retell_llm_dynamic_variables" : f.Name, f.Value)));
        }

        return Example(request);
    });

    private FakeResponse Stop(FakeRequest request) => OnItem(request, Kind, item =>
    {
        Context.Sessions.End(new(Kind, item), "manual_stopped");
        return Success(request);
    });

    private FakeResponse Rerun(FakeRequest request) => OnEnded(request, "be analyzed again", item =>
    {
        if (!item.IsSample)
        {
            Context.Sessions.Analyze(new(Kind, item), []);
        }

        return Success(request, item.Value);
    });

    /// <summary>Responds about a call that is ongoing, or with an error. A sample has whatever state it needs.</summary>
    private FakeResponse OnLive(FakeRequest request, Func<StoredItem, FakeResponse> respond)
    {
        string id = request.PathValues["call_id"];
        return Store.Find(Kind, id) is not { } item ? FakeResponse.Error(404, $"Cannot find call {id} under the given API key.")
            : item.IsSample || new Session(Kind, item).Status == "ongoing" ? respond(item)
            : FakeResponse.Error(400, $"Call {id} is not ongoing, but {new Session(Kind, item).Status}.");
    }

    private FakeResponse OnEnded(FakeRequest request, string what, Func<StoredItem, FakeResponse> respond) => OnItem(request, Kind, item =>
        item.IsSample || new Session(Kind, item).HasEnded ? respond(item)
            : FakeResponse.Error(400, $"Call {request.PathValues["call_id"]} has not ended: only an ended call can {what}."));
}
