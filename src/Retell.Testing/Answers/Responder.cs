using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Answers;

/// <summary>
/// Answers valid requests: from what was created or seeded, else by the examples of the document, and always with what the request said.
/// </summary>
internal sealed class Responder
{
    private readonly AnswerKit _kit;
    private readonly Listing _listing;

    /// <summary>Operations with rules of their own; where one has no answer the general rules hold.</summary>
    private readonly Dictionary<string, Func<FakeRequest, FakeResponse?>> _special;

    public Responder(AnswerKit kit)
    {
        _kit = kit;
        _listing = new(kit);
        _special = new(new AgentAnswers(kit, _listing).All
            .Concat(new CallAnswers(kit).All)
            .Concat(new ChatAnswers(kit).All)
            .Concat(new TestAnswers(kit, _listing).All)
            .Concat(new ContactAnswers(kit, _listing).All));
    }

    private Store Store => _kit.Store;

    public FakeResponse Answer(FakeRequest request)
    {
        lock (Store.Lock)
        {
            return _special.TryGetValue(request.Operation!.Id, out Func<FakeRequest, FakeResponse?>? special) && special(request) is FakeResponse answer
                ? answer
                : General(request.Operation, request);
        }
    }

    private FakeResponse General(FakeOperation operation, FakeRequest request)
    {
        OperationPlan plan = Store.Map[operation];
        ResourceKind? kind = plan.Kind;
        string? id = kind is not null && operation.HasPathValue(kind.IdName) ? request.PathValues[kind.IdName] : null;
        StoredItem? item = null;
        if (id is not null && plan.Role != OperationRole.Plain && (item = Store.Find(kind!, id, _kit.FromQuery(request))) is null)
        {
            return AnswerKit.NotFound(kind!, id);
        }

        switch (plan.Role)
        {
            case OperationRole.Create:
                return AnswerKit.Success(operation, Create(operation, kind!, request));
            case OperationRole.Get:
                return AnswerKit.Success(operation, item!.Value);
            case OperationRole.Update or OperationRole.Act:
                return AnswerKit.Success(operation, Update(operation, kind!, item!, request));
            case OperationRole.Delete:
                kind!.Delete(id!);
                return AnswerKit.Success(operation);
            case OperationRole.List when item is null:
                return _listing.Of(operation, plan, request);
            case OperationRole.List:
                return _listing.Page(operation, plan, [item.Value], value => (string?)value[kind!.IdName], request);
            default:
                return AnswerKit.Success(operation, _kit.Plain(operation, request));
        }
    }

    private JObject Create(FakeOperation operation, ResourceKind kind, FakeRequest request)
    {
        StoredItem item = _kit.Create(kind, ApiDocument.Name(operation.Response)!, AnswerKit.Body(request), request);
        if (kind.Noun == "knowledge-base")
        {
            _kit.Lifecycle.Read(item);
        }

        return item.Value;
    }

    private JObject Update(FakeOperation operation, ResourceKind kind, StoredItem item, FakeRequest request)
    {
        var changed = (JObject)item.Value.DeepClone();
        Store.Merge(item.Schema, changed, AnswerKit.Said(request));
        Store.Merge(item.Schema, changed, Effects.Of(request, changed));
        changed[kind.IdName] = item.Value[kind.IdName];
        Store.Keep(kind, item, changed);
        if (operation.Id == "addKnowledgeBaseSources")
        {
            _kit.Lifecycle.Read(item);
        }

        return changed;
    }
}
