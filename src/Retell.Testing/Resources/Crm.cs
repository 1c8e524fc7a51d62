using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;

namespace Retell.Testing.Resources;

/// <summary>The settings for contacts, and the CRM that they are synchronized with.</summary>
internal sealed class Crm(ResourceContext context) : Resource(context)
{
    /// <summary>The name of the settings among the objects of which there is only one.</summary>
    public const string Config = "crm";

    public override IEnumerable<OperationEntry> Entries =>
    [
        new("getCrmConfig", GetConfig),
        new("updateCrmConfig", UpdateConfig),
        new("getCrmSchema", Example),
        new("runSyncJob", request => Jobs.Run(request, "sync")),
        new("getSyncJobStatus", request => Jobs.Status(request, "sync")),
    ];

    private Jobs Jobs => new(Context);

    private FakeResponse GetConfig(FakeRequest request) => Store.Singles.TryGetValue(Config, out JObject? config) ? Success(request, config) : Example(request);

    private FakeResponse UpdateConfig(FakeRequest request)
    {
        JObject config = Store.Singles.GetValueOrDefault(Config) ?? (JObject)Store.Samples.Create(request.Operation!.Response!, full: true);
        Store.Merge(ApiDocument.Name(request.Operation!.Response)!, config, Body(request).Properties());
        Store.Singles[Config] = config;
        return Success(request, config);
    }
}
