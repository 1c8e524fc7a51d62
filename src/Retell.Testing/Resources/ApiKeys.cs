namespace Retell.Testing.Resources;

/// <summary>The API key in use.</summary>
internal sealed class ApiKeys(ResourceContext context) : Resource(context)
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("getApiKeyInfo", Example),
    ];
}
