namespace Retell.Testing.Resources;

/// <summary>Completions that try an agent out.</summary>
internal sealed class Playground(ResourceContext context) : Resource(context)
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("agentPlaygroundCompletion", request => OnAgent(request, (_, _) => Example(request))),
    ];
}
