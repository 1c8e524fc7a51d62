using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;
using Retell.SpecTool.Update;
using Retell.Tests.SpecTool;
using Retell.Tests.SpecTool.Revisions;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.Build;

/// <summary>
/// Revisions of the whole API, of many changes each, go through update, and raw layer and facade compile without a hand
/// edit: after benign ones both, after breaking ones the raw layer.
/// </summary>
[Category("Build")]
[Parallelizable(ParallelScope.All)]
public class RevisionTests
{
    private static readonly Lazy<JObject> s_api = new(() => YamlFile.ReadObject(Repository.PathOf("openapi", "retell.yaml")));

    [Test]
    public async Task Every_change_that_once_stopped_an_update([Values] bool isLaterVersion)
    {
        var spec = (JObject)s_api.Value.DeepClone();
        JObject paths = (JObject)spec["paths"]!;
        JObject schemas = (JObject)spec["components"]!["schemas"]!;
        foreach (string change in new[]
        {
            "operation with a header parameter", "operation of a known resource", "operation without an operationId", "operation with a form", "operation with bytes", "operation with a merge patch",
            "property whose schema gets a name that is taken", "union that holds a list of itself",
        })
        {
            Assert.That(new SpecMutator(spec, new Random(1)).Apply([SpecMutator.Benign.Single(known => known.Name == change)], 1), Is.EqualTo([change]));
        }

        // What is written by hand wraps these.
        foreach (string path in new[] { "/v2/create-phone-call", "/v2/list-agents" })
        {
            JObject operation = (JObject)paths[path]!["post"]!;
            operation["deprecated"] = true;
            JArray parameters = operation["parameters"] as JArray ?? [];
            parameters.Insert(0, new JObject { ["in"] = "query", ["name"] = "dry_run", ["schema"] = new JObject { ["type"] = "boolean" } });
            operation["parameters"] = parameters;
        }

        JProperty moved = paths.Property("/create-sms-chat")!;
        moved.Replace(new JProperty("/v7/create-sms-chat", moved.Value));
        ((JObject)paths["/get-agent/{agent_id}"]!["get"]!).Remove("operationId");
        ((JObject)paths["/get-voice/{voice_id}"]!["get"]!)["operationId"] = "readVoice";
        Assert.That(schemas, Is.Not.Empty);

        SdkLayers sdk = await CompiledAsync(isLaterVersion ? LaterVersion.Of(spec, withVariants: true) : spec);
        string[] surface = [.. sdk.Facade()];

        Assert.That(surface, Has.Some.Match(@"^Retell\.CallsResource\.GetSummary\d*Async\(string callId, ")
            .And.Some.StartsWith("Retell.ChatsResource.CreateSmsAsync(Retell.Models.CreateSmsChatRequest request, ")
            .And.Some.StartsWith("Retell.ChatsResource.CreateSmsV1Async(Retell.Models.CreateSmsChatRequest request, "));
        Assert.That(Lost(surface), Is.Empty);
    }

    [Test]
    public async Task Benign_revisions([Range(1, 6)] int seed)
    {
        var spec = (JObject)s_api.Value.DeepClone();
        IReadOnlyList<string> applied = new SpecMutator(spec, new Random(seed)).Apply(SpecMutator.Benign, 12);
        TestContext.Out.WriteLine(string.Join(", ", applied));

        SdkLayers sdk = await CompiledAsync(spec);

        Assert.That(Lost([.. sdk.Facade()]), Is.Empty);
    }

    [Test]
    public async Task Breaking_revisions([Range(1, 4)] int seed)
    {
        var spec = (JObject)s_api.Value.DeepClone();
        IReadOnlyList<string> applied = new SpecMutator(spec, new Random(seed)).Apply([.. SpecMutator.Breaking, .. SpecMutator.Benign], 12);
        TestContext.Out.WriteLine(string.Join(", ", applied));
        using var folder = new TempFolder();

        RawLayer.Compile(await UpdatedAsync(folder, spec));
    }

    /// <summary>What callers of the facade could call before and cannot call now, whatever became deprecated.</summary>
    private static IEnumerable<string> Lost(string[] surface)
    {
        // An argument more before the options is no loss, nor is null for one that may be left out now: code compiles as before.
        string[] now = [.. surface.Select(Start)];
        return RawLayer.SurfaceOf(typeof(RetellClient).Assembly).Where(member => !now.Any(other => other.StartsWith(Start(member), StringComparison.Ordinal)));

        static string Start(string member) => member.Split("Retell.RequestOptions? options")[0].Replace("string?", "string", StringComparison.Ordinal);
    }

    private static async Task<SdkLayers> CompiledAsync(JObject spec)
    {
        using var folder = new TempFolder();
        return SdkLayers.Compile(await UpdatedAsync(folder, spec));
    }

    /// <summary>The repository's document and names after an update to this one.</summary>
    private static async Task<NormalizeInput> UpdatedAsync(TempFolder folder, JObject spec)
    {
        string Copy(string name) => folder.Write(name, File.ReadAllText(Repository.PathOf("openapi", name)));
        var input = new NormalizeInput(Copy("retell.yaml"), Copy("overlay.yaml"), Copy("names.lock.yaml"), Copy("retained.yaml"));
        string[] names = await File.ReadAllLinesAsync(input.Names);

        Assert.That(await UpdateCommand.RunAsync(input, folder.Write("next.json", spec.ToString(Formatting.None)), dropRetained: false, TextWriter.Null, CancellationToken.None), Is.Zero);
        Assert.That(names.Except(await File.ReadAllLinesAsync(input.Names)), Is.Empty, "lines of the lock that are gone");
        return input;
    }
}
