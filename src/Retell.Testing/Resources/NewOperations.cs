using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>Operations that no class has an entry for, such as those of a new revision of the spec: carried out as the document suggests.</summary>
internal sealed class NewOperations(ResourceContext context) : Resource(context)
{
    public override IEnumerable<OperationEntry> Entries => [];

    public FakeResponse Handle(FakeRequest request)
    {
        OperationPlan plan = Store.Map[request.Operation!];
        return Missing(request) ?? plan.Role switch
        {
            OperationRole.Create => Create(request, plan.Kind!, request.PathValues.Select(v => new JProperty(v.Key, v.Value))),
            OperationRole.Get => Get(request, plan.Kind!),
            OperationRole.Update or OperationRole.Act => Update(request, plan.Kind!),
            OperationRole.Delete => Delete(request, plan.Kind!),
            OperationRole.List => ListOf(request, plan),
            _ => Example(request),
        };
    }

    private FakeResponse ListOf(FakeRequest request, OperationPlan plan) => plan.Kind is ResourceKind kind && request.PathValues.ContainsKey(kind.IdName)
        ? OnItem(request, kind, item => Listing.Page(request.Operation!, plan, [item.Value], value => (string?)value[kind.IdName], request))
        : List(request);

    /// <summary>An error for an ID in the path that no object has.</summary>
    private FakeResponse? Missing(FakeRequest request)
    {
        foreach ((string name, string id) in request.PathValues)
        {
            ResourceKind[] kinds = [.. Store.Map.Kinds.Where(kind => kind.IdName == name)];
            if (kinds.Length > 0 && Array.TrueForAll(kinds, kind => Store.Find(kind, id) is null))
            {
                return NotFound(kinds[0], id);
            }
        }

        return null;
    }
}
