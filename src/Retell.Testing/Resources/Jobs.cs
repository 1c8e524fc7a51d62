using Newtonsoft.Json.Linq;

namespace Retell.Testing.Resources;

/// <summary>Jobs that work on contacts: an import, a synchronization, a backfill. There is one of each at a time.</summary>
internal sealed class Jobs(ResourceContext context) : Resource(context)
{
    public override IEnumerable<OperationEntry> Entries => [];

    public FakeResponse Run(FakeRequest request, string name)
    {
        var job = new JObject { ["status"] = "running", ["start_timestamp"] = Store.Now, ["succeeded"] = 0, ["failed"] = 0, ["triggered_by"] = "manual" };
        Store.Singles[name] = job;
        Context.Schedule.After(Store.Options.Timings.JobTakes, () => job["status"] = "idle");
        return Success(request, job);
    }

    public FakeResponse Status(FakeRequest request, string name) => Store.Singles.TryGetValue(name, out JObject? job) ? Success(request, job) : Example(request);
}
