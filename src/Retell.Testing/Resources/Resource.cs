using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>An operation of the API and how the fake carries it out: its effect, what it schedules, and its response.</summary>
/// <param name="Id">The operationId.</param>
/// <param name="Handle">Carries out a valid request. It runs under the lock of the store.</param>
internal sealed record OperationEntry(string Id, Func<FakeRequest, FakeResponse> Handle);

/// <summary>What all resources share.</summary>
internal sealed record ResourceContext(Store Store, Schedule Schedule, SessionLifecycle Sessions)
{
    public Listing Listing { get; } = new(Store);
}

/// <summary>
/// A resource of the API. A derived class has one entry for each of its operations; what most operations do (create, get, list,
/// update, delete) is here.
/// </summary>
/// <param name="context">What all resources share.</param>
/// <param name="noun">The kind of object that the operations are about, such as <c>knowledge-base</c>.</param>
internal abstract class Resource(ResourceContext context, string? noun = null)
{
    /// <summary>The kinds for which the API responds 422 to an unknown ID; for newer kinds it responds 404.</summary>
    private static readonly string[] s_kindsWith422 = ["agent", "chat-agent", "call", "chat", "knowledge-base", "phone-number", "retell-llm", "voice"];

    public abstract IEnumerable<OperationEntry> Entries { get; }

    protected ResourceContext Context => context;

    protected Store Store => context.Store;

    protected Listing Listing => context.Listing;

    protected ResourceKind Kind => Store.Kind(noun!);

    /// <summary>Whether unknown IDs get a sample.</summary>
    protected bool AllowsSamples => Store.Options.UnknownIds == FakeUnknownIds.Sample;

    /// <summary>The body of the request; an empty object for any other JSON value.</summary>
    protected static JObject Body(FakeRequest request) => request.JsonBody as JObject ?? [];

    protected static FakeResponse Success(FakeRequest request, JToken? body = null)
    {
        FakeOperation operation = request.Operation!;
        return operation.Response is not null ? FakeResponse.Json(operation.Status, body)
            : operation.ResponseType is string type ? FakeResponse.Text(operation.Status, type == "text/event-stream" ? "data: {}\n\n" : $"({operation.Id})", type)
            : new(operation.Status);
    }

    protected static FakeResponse NotFound(ResourceKind kind, string? id) =>
        FakeResponse.Error(s_kindsWith422.Contains(kind.Noun) ? 422 : 404, $"Cannot find {Describe(kind, id)} under the given API key.");

    protected static string Describe(ResourceKind kind, string? id) => $"{kind.Noun.Replace('-', ' ')} {id}";

    protected FakeResponse Create(FakeRequest request) => Create(request, Kind);

    protected FakeResponse Create(FakeRequest request, ResourceKind kind, params IEnumerable<JProperty> effects) =>
        Success(request, Add(kind, ApiDocument.Name(request.Operation!.Response)!, ObjectMembers.With(Body(request), effects)).Value);

    protected FakeResponse Get(FakeRequest request) => Get(request, Kind);

    protected FakeResponse Get(FakeRequest request, ResourceKind kind) => OnItem(request, kind, item => Success(request, item.Value));

    protected FakeResponse Update(FakeRequest request) => Update(request, Kind);

    protected FakeResponse Update(FakeRequest request, ResourceKind kind) =>
        OnItem(request, kind, item => Success(request, Apply(request, kind, item)));

    /// <summary>Gets an object with an <c>ETag</c>.</summary>
    protected FakeResponse GetTagged(FakeRequest request) => Conditional.Tagged(Get(request));

    /// <summary>Updates an object unless the request has an <c>If-Match</c> that it does not meet.</summary>
    protected FakeResponse UpdateIfMatch(FakeRequest request) => OnItem(request, Kind, item =>
        Conditional.Failure(request, item.Value, Describe(Kind, request.PathValues[Kind.IdName])) ?? Conditional.Tagged(Success(request, Apply(request, Kind, item))));

    /// <summary>Gets an LLM or a conversation flow, of which there may be several versions.</summary>
    protected FakeResponse GetEngine(FakeRequest request) => OnEngine(request, (_, version) => Conditional.Tagged(Success(request, version)));

    /// <summary>Updates an LLM or a conversation flow, unless its version is published.</summary>
    protected FakeResponse UpdateEngine(FakeRequest request) => OnEngine(request, (item, version) =>
        Conditional.Failure(request, version, Describe(Kind, request.PathValues[Kind.IdName]))
        ?? (EngineVersions.IsPublished(item, version)
            ? FakeResponse.Error(
                400,
                $"Version {version["version"]} of {Describe(Kind, request.PathValues[Kind.IdName])} is published and cannot be changed: create a version of its agent.")
            : Conditional.Tagged(Success(request, ApplyTo(request, Kind, item, version, [])))));

    protected FakeResponse Delete(FakeRequest request) => Delete(request, Kind);

    protected FakeResponse Delete(FakeRequest request, ResourceKind kind) => OnItem(request, kind, _ =>
    {
        kind.Delete(request.PathValues[kind.IdName]);
        return Success(request);
    });

    /// <summary>Lists the objects that the operation is about.</summary>
    protected FakeResponse List(FakeRequest request) => Listing.Of(request.Operation!, Store.Map[request.Operation!], request);

    /// <summary>Responds with the example of the document, and with what the request says.</summary>
    protected FakeResponse Example(FakeRequest request) => Success(request, ExampleOf(request));

    /// <summary>The same, for an operation about one object.</summary>
    protected FakeResponse ExampleOfItem(FakeRequest request) => OnItem(request, Kind, _ => Example(request));

    /// <summary>Responds about the object that the path names, or that it cannot be found.</summary>
    protected FakeResponse OnItem(FakeRequest request, ResourceKind kind, Func<StoredItem, FakeResponse> respond)
    {
        string id = request.PathValues[kind.IdName];
        return Store.Find(kind, id, FromQuery(request)) is { } item ? respond(item) : NotFound(kind, id);
    }

    /// <summary>Responds about the agent that the path names: agents of both kinds share many operations.</summary>
    protected FakeResponse OnAgent(FakeRequest request, Func<ResourceKind, StoredItem, FakeResponse> respond)
    {
        string id = request.PathValues["agent_id"];
        (ResourceKind voice, ResourceKind chat) = (Store.Kind("agent"), Store.Kind("chat-agent"));
        (ResourceKind first, ResourceKind second) = request.Operation!.Id.Contains("Chat", StringComparison.Ordinal) ? (chat, voice) : (voice, chat);
        return first.TryGet(id, out StoredItem? item) ? respond(first, item)
            : second.TryGet(id, out item) ? respond(second, item)
            : Store.Find(first, id) is { } sample ? respond(first, sample)
            : NotFound(voice, id);
    }

    /// <summary>Changes what the request says, and what follows from it.</summary>
    protected JObject Apply(FakeRequest request, ResourceKind kind, StoredItem item, params IEnumerable<JProperty> effects) =>
        ApplyTo(request, kind, item, item.Value, effects);

    /// <summary>Changes a version of an object.</summary>
    private JObject ApplyTo(FakeRequest request, ResourceKind kind, StoredItem item, JObject version, IEnumerable<JProperty> effects)
    {
        var changed = (JObject)version.DeepClone();
        Store.Merge(item.Schema, changed, Body(request).Properties());
        Store.Merge(item.Schema, changed, PathMembers(request));
        Store.Merge(item.Schema, changed, effects);
        changed[kind.IdName] = item.Value[kind.IdName];
        return Store.Keep(kind, item, changed);
    }

    private FakeResponse OnEngine(FakeRequest request, Func<StoredItem, JObject, FakeResponse> respond) => OnItem(request, Kind, item =>
    {
        string? number = request.QueryValues("version").FirstOrDefault();
        return item.IsSample ? respond(item, item.Value)
            : EngineVersions.Find(item, number) is JObject version ? respond(item, version)
            : FakeResponse.Error(422, $"Cannot find version {number} of {Describe(Kind, request.PathValues[Kind.IdName])}.");
    });

    /// <summary>Creates an object.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="members">Its members; those that the schema does not have are ignored.</param>
    protected StoredItem Add(ResourceKind kind, string schema, JObject members)
    {
        (schema, JObject item) = Store.Draft(kind, schema, members);
        Store.Merge(schema, item, members.Properties());
        if (kind.HasVersions || EngineVersions.Has(kind))
        {
            Store.Merge(schema, item, [new("version", 0), new("is_published", false)]);
        }

        return State.Store.Add(kind, new StoredItem(schema, item));
    }

    /// <summary>Creates a call or a chat, which begins at once.</summary>
    protected StoredItem AddSession(ResourceKind kind, string schema, JObject body)
    {
        (schema, JObject item) = Store.Draft(kind, schema, body);
        Store.Merge(schema, item, body.Properties());
        Store.Merge(schema, item, SessionAgent.Members(Store, kind, body));
        StoredItem stored = State.Store.Add(kind, new StoredItem(schema, item) { AgentOverride = body["agent_override"] as JObject });
        context.Sessions.Begin(new(kind, stored));
        return stored;
    }

    /// <summary>An error for an agent that is unknown; null where samples stand in for unknown objects.</summary>
    protected FakeResponse? MissingAgent(ResourceKind kind, JObject body) =>
        !AllowsSamples && SessionAgent.Of(Store, kind, body).Id is string id && Store.Agent(id) is null ? NotFound(Store.Kind("agent"), id) : null;

    protected JToken ExampleOf(FakeRequest request, params IEnumerable<JProperty> effects)
    {
        FakeOperation operation = request.Operation!;
        if (operation.Response is null)
        {
            return new JObject();
        }

        JToken answer = Store.Samples.Create(operation.Response, full: true);
        if (answer is JObject item && Store.Document.Variant(operation.Response, item).Name is string schema)
        {
            bool isNew = operation.Status == 201;
            Store.Merge(schema, item, Body(request).Properties());
            Store.Merge(schema, item, PathMembers(request).Concat(isNew ? OwnId(schema) : []).Concat(FromQuery(request)).Concat(effects));
        }

        return answer;
    }

    private static IEnumerable<JProperty> PathMembers(FakeRequest request) => request.PathValues.Select(v => new JProperty(v.Key, v.Value));

    private IEnumerable<JProperty> FromQuery(FakeRequest request) => Listing.FromQuery(request);

    /// <summary>The first required ID of something new that cannot be read again is its own.</summary>
    private IEnumerable<JProperty> OwnId(string schema) => (Store.Document.Component(schema)!["required"] ?? new JArray())
        .Select(r => (string)r!).Where(name => name.EndsWith("_id", StringComparison.Ordinal)).Take(1)
        .Select(name => new JProperty(name, Store.NextId(name[..^3])));
}
