namespace Retell.Testing.Resources;

/// <summary>Exports of calls and chats.</summary>
internal sealed class ExportRequests(ResourceContext context) : Resource(context, "export-request")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("listExportRequests", List),
    ];
}
