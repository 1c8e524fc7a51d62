using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Answers;

/// <summary>What all answers are made with.</summary>
internal sealed class AnswerKit(Store store, Lifecycle lifecycle)
{
    /// <summary>The kinds of which the API answers 422 for an unknown id; newer ones answer 404.</summary>
    private static readonly string[] s_kindsWith422 = ["agent", "chat-agent", "call", "chat", "knowledge-base", "phone-number", "retell-llm", "voice"];

    public Store Store => store;

    public Lifecycle Lifecycle => lifecycle;

    public static FakeResponse Success(FakeOperation operation, JToken? body = null) =>
        operation.Response is not null ? FakeResponse.Json(operation.Status, body)
        : operation.ResponseType is string type ? FakeResponse.Text(operation.Status, type == "text/event-stream" ? "data: {}\n\n" : $"({operation.Id})", type)
        : new(operation.Status);

    public static FakeResponse NotFound(ResourceKind kind, string? id) =>
        FakeResponse.Error(s_kindsWith422.Contains(kind.Noun) ? 422 : 404, $"Cannot find {kind.Noun.Replace('-', ' ')} {id} under the given API key.");

    /// <summary>The body of the request; an empty object where it is something else.</summary>
    public static JObject Body(FakeRequest request) => request.JsonBody as JObject ?? [];

    /// <summary>The members of the body, under the names that an answer has for them, and the values in the path.</summary>
    public static IEnumerable<JProperty> Said(FakeRequest request) => Said(Body(request)).Concat(request.PathValues.Select(v => new JProperty(v.Key, v.Value)));

    public static IEnumerable<JProperty> Said(JObject body) =>
        body.Properties().Select(m => new JProperty(Effects.Renamed.GetValueOrDefault(m.Name, m.Name), m.Value));

    public IEnumerable<JProperty> FromQuery(FakeRequest request)
    {
        foreach (FakeParameter parameter in request.Operation!.Parameters.Where(p => p.IsQuery))
        {
            if (request.QueryValues(parameter.Name).FirstOrDefault() is string text && Text.Parse(store.Validator, parameter.Schema, text, out JToken? value))
            {
                yield return new JProperty(parameter.Name, value);
            }
        }
    }

    /// <summary>What the document shows, with what the request said.</summary>
    public JToken Plain(FakeOperation operation, FakeRequest request)
    {
        if (operation.Response is null)
        {
            return new JObject();
        }

        JToken answer = store.Samples.Create(operation.Response, full: true);
        if (answer is JObject item && store.Document.Variant(operation.Response, item).Name is string schema)
        {
            bool isNew = operation.Status == 201;
            store.Merge(schema, item, Said(request).Concat(isNew ? OwnId(schema) : []).Concat(FromQuery(request)).Concat(Effects.Of(request, item)));
        }

        return answer;
    }

    /// <summary>Lets a thing come into being.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="body">The body of the request that creates it.</param>
    /// <param name="request">The request, if it is for this thing alone.</param>
    public StoredItem Create(ResourceKind kind, string schema, JObject body, FakeRequest? request = null)
    {
        (schema, JObject item) = store.Draft(kind, schema, body);
        store.Merge(schema, item, request is null ? Said(body) : Said(request));
        store.Merge(schema, item, request is null ? [] : Effects.Of(request, item));
        if (kind.HasVersions)
        {
            store.Merge(schema, item, [new("version", 0), new("is_published", false)]);
        }

        bool isSession = kind.Noun is "call" or "chat";
        if (isSession)
        {
            store.Merge(schema, item, SessionAgent.Members(store, kind, body));
        }

        var stored = new StoredItem(schema, item) { AgentOverride = body["agent_override"]?["agent"] as JObject };
        State.Store.Add(kind, stored);
        if (isSession)
        {
            lifecycle.Begin(new(kind, stored));
        }

        return stored;
    }

    /// <summary>An error for an agent that is not there; where samples stand for what was not created it may be any.</summary>
    public FakeResponse? MissingAgent(ResourceKind kind, JObject body) =>
        store.Options.UnknownIds == FakeUnknownIds.NotFound && SessionAgent.Of(store, kind, body).Id is string id && store.Agent(id) is null
            ? NotFound(store.Kind("agent"), id)
            : null;

    /// <summary>The first required id of a thing that came into being but cannot be read again is its own.</summary>
    private IEnumerable<JProperty> OwnId(string schema) => (store.Document.Component(schema)!["required"] ?? new JArray())
        .Select(r => (string)r!).Where(name => name.EndsWith("_id", StringComparison.Ordinal)).Take(1)
        .Select(name => new JProperty(name, store.NextId(name[..^3])));
}
