namespace Retell.Testing.Resources;

/// <summary>Connections to the apps of other vendors.</summary>
internal sealed class Apps(ResourceContext context) : Resource(context, "app")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createApp", Create),
        new("getApp", Get),
        new("listApps", List),
        new("updateApp", Update),
        new("deleteApp", Delete),
        new("listAppUsages", request => OnItem(request, Kind, _ => List(request))),
        new("testAppAuth", ExampleOfItem),
        new("getAppToolSchema", ExampleOfItem),
    ];
}
