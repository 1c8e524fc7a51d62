using Newtonsoft.Json.Linq;

namespace Retell.Testing.Resources;

/// <summary>How many calls can take place at the same time, and how many do.</summary>
internal sealed class Concurrency(ResourceContext context) : Resource(context, "call")
{
    public override IEnumerable<OperationEntry> Entries => [new("getConcurrency", GetConcurrency)];

    private FakeResponse GetConcurrency(FakeRequest request) => Success(request, Kind.WasUsed || !AllowsSamples
        ? ExampleOf(request, new JProperty("current_concurrency", Kind.Oldest.Count(call => (string?)call.Value["call_status"] == "ongoing")))
        : ExampleOf(request));
}
