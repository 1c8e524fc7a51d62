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
    // A revision takes seconds: RandomRevisionTests takes many more through update, of a part of the API.
    private const int BenignSeeds = 2;
    private const int BreakingSeeds = 1;
    private const int Changes = 20;

    private static readonly Lazy<JObject> s_api = new(() => YamlFile.ReadObject(Repository.PathOf("openapi", "retell.yaml")));

    private static readonly Lazy<Task<(string Document, SdkLayers Sdk)>> s_everyChange = new(async () =>
    {
        using var folder = new TempFolder();
        NormalizeInput input = await UpdatedAsync(folder, WithEveryChange());
        return (Document(folder, input), SdkLayers.Compile(input));
    });

    [Test]
    public async Task Update_with_changes_that_once_failed_keeps_facade([Values] bool isLaterVersion)
    {
        (string document, SdkLayers sdk) = await s_everyChange.Value;
        if (isLaterVersion)
        {
            // What generation reads is the same, and so is what it writes.
            using var folder = new TempFolder();
            Assert.That(Document(folder, await UpdatedAsync(folder, LaterVersion.Of(WithEveryChange(), withVariants: true))), Is.EqualTo(document));
        }

        string[] surface = [.. sdk.Facade()];

        Assert.That(surface, Has.Some.Match(@"^Retell\.CallsResource\.GetSummary\d*Async\(string callId, ")
            .And.Some.StartsWith("Retell.ChatsResource.CreateSmsAsync(Retell.Models.CreateSmsChatRequest request, ")
            .And.Some.StartsWith("Retell.ChatsResource.CreateSmsV1Async(Retell.Models.CreateSmsChatRequest request, "));
        Assert.That(Lost(surface), Is.Empty);
    }

    private static JObject WithEveryChange()
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
        return spec;
    }

    /// <summary>The document that generation reads.</summary>
    private static string Document(TempFolder folder, NormalizeInput input)
    {
        NormalizeCommand.Run(input, folder.PathOf("out.json"), writeNames: false, TextWriter.Null);
        return File.ReadAllText(folder.PathOf("out.json"));
    }

    [TestCaseSource(typeof(RandomRevisionTests), nameof(RandomRevisionTests.Seeds), new object[] { BenignSeeds })]
    public async Task Update_random_benign_revision_keeps_facade(int seed)
    {
        var spec = (JObject)s_api.Value.DeepClone();
        IReadOnlyList<string> applied = new SpecMutator(spec, new Random(seed)).Apply(SpecMutator.Benign, Changes);
        TestContext.Out.WriteLine(string.Join(", ", applied));

        SdkLayers sdk = await CompiledAsync(spec);

        Assert.That(Lost([.. sdk.Facade()]), Is.Empty);
    }

    [TestCaseSource(typeof(RandomRevisionTests), nameof(RandomRevisionTests.Seeds), new object[] { BreakingSeeds })]
    public async Task Update_random_breaking_revision_compiles_raw_layer(int seed)
    {
        var spec = (JObject)s_api.Value.DeepClone();
        IReadOnlyList<string> applied = new SpecMutator(spec, new Random(seed)).Apply([.. SpecMutator.Breaking, .. SpecMutator.Benign], Changes);
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

        // A folder without hand-written code: reading that says nothing of the generated layers.
        Assert.That(
            await UpdateCommand.RunAsync(
                input,
                [folder.Write("next.json", spec.ToString(Formatting.None))],
                dropRetained: false,
                TextWriter.Null,
                CancellationToken.None,
                root: folder.Root),
            Is.Zero);
        Assert.That(names.Except(await File.ReadAllLinesAsync(input.Names)), Is.Empty, "lines of the lock that are gone");
        return input;
    }
}
