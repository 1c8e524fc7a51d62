using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;
using Retell.Spec.Emission;
using Retell.Spec.Model;
using Retell.SpecTool.Update;
using Retell.Tests.Build;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.SpecTool.Revisions;

/// <summary>
/// Random legal revisions go through update, one after the other: none stops it, no name moves, and what it leaves is
/// whole. The seed is the argument of the test: the same one makes the same revisions.
/// </summary>
[Parallelizable(ParallelScope.All)]
public class RandomRevisionTests
{
    private const int BenignSeeds = 36;
    private const int BreakingSeeds = 24;
    private const int SeedsOfGroup = 6;
    private const int Revisions = 2;

    private static readonly Lazy<JObject> s_api = new(() => YamlFile.ReadObject(Repository.PathOf("openapi", "retell.yaml")));

    /// <summary>Returns the seeds of a sampling test: as many as it asks for, or as the environment variable RETELL_REVISION_SEEDS does.</summary>
    public static IEnumerable<int> Seeds(int count) =>
        Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("RETELL_REVISION_SEEDS"), out int wanted) ? wanted : count);

    [TestCaseSource(nameof(Groups), new object[] { BenignSeeds })]
    public Task Update_random_benign_revisions_of_spec_excerpt_keeps_names(int[] seeds) => RunAsync(seeds, SpecMutator.Benign, isBenign: true);

    [TestCaseSource(nameof(Groups), new object[] { BreakingSeeds })]
    public Task Update_random_breaking_revisions_of_spec_excerpt_keeps_names(int[] seeds) =>
        RunAsync(seeds, [.. SpecMutator.Benign, .. SpecMutator.Breaking, .. SpecMutator.Breaking], isBenign: false);

    private static IEnumerable<TestCaseData> Groups(int count) =>
        Seeds(count).Chunk(SeedsOfGroup).Select(seeds => new TestCaseData(seeds).SetArgDisplayNames($"{seeds[0]}-{seeds[^1]}"));

    private static async Task RunAsync(int[] seeds, IReadOnlyList<(string Name, Func<SpecMutator, bool> Apply)> changes, bool isBenign)
    {
        // Several groups run at once, and even reading changes what a document remembers of itself.
        var api = (JObject)s_api.Value.DeepClone();
        foreach (int seed in seeds)
        {
            await RunAsync(api, seed, changes, isBenign);
        }
    }

    private static async Task RunAsync(JObject api, int seed, IReadOnlyList<(string Name, Func<SpecMutator, bool> Apply)> changes, bool isBenign)
    {
        var random = new Random(seed);
        JObject spec = SpecExcerpt.Of(api, random, 4, maxSchemas: 40);
        using var folder = new TempFolder();
        var input = new NormalizeInput(folder.Write("api.json", spec.ToString(Formatting.None)), null, folder.PathOf("names.yaml"), folder.PathOf("retained.yaml"));
        NormalizeCommand.Run(input, folder.PathOf("out.json"), writeNames: true, TextWriter.Null);
        HashSet<string> known = [];
        for (int revision = 1; revision <= Revisions; revision++)
        {
            ApiModel before = NormalizeCommand.Load(input, []).Model;
            string[] names = await File.ReadAllLinesAsync(input.Names);
            IReadOnlyList<string> applied = new SpecMutator(spec, random).Apply(changes, random.Next(1, 7));
            string next = folder.Write("next.json", spec.ToString(Formatting.None));
            string told = $"seed {seed}, revision {revision}: {string.Join(", ", applied)}";
            try
            {
                Assert.That(await UpdateAsync(input, next, TextWriter.Null), Is.Zero, told);
                AssertWhole(input, told);
                Assert.That(names.Except(await File.ReadAllLinesAsync(input.Names)), Is.Empty, told + ": lines of the lock that are gone");
                ApiModel after = NormalizeCommand.Load(input, []).Model;
                AssertKept(before, after, known, isBenign, told);

                string[] lines = Lines(input);
                using var log = new StringWriter();
                Assert.That(await UpdateAsync(input, next, log), Is.Zero, told);
                Assert.That(Lines(input), Is.EqualTo(lines), told + ": a second run changes nothing");
                Assert.That(log.ToString(), Does.Contain("Nothing changed."), told);
            }
            catch (Exception exception) when (exception is not AssertionException)
            {
                Assert.Fail($"{told}\n{exception}");
            }
        }
    }

    /// <summary>Beside a repository without hand-written code: reading that takes longer than everything else.</summary>
    private static Task<int> UpdateAsync(NormalizeInput input, string next, TextWriter log) =>
        UpdateCommand.RunAsync(input, [next], dropRetained: false, log, CancellationToken.None, root: Path.GetDirectoryName(input.Spec));

    /// <summary>The document that generation reads is an OpenAPI document, and nothing new would be recorded.</summary>
    private static void AssertWhole(NormalizeInput input, string told)
    {
        (ApiModel model, var names) = NormalizeCommand.Load(input, []);
        ReadResult result = OpenApiDocument.Parse(NormalizedDocument.Write(model), "json");

        Assert.That(result.Diagnostic!.Errors.Concat(result.Diagnostic.Warnings).Select(fault => fault.ToString()), Is.Empty, told);
        Assert.That(NormalizeCommand.Record(names, model), Is.Zero, told + ": names that update did not record");
    }

    /// <summary>Every operation is still called as before, by the same arguments in the same order, and every type has its name.</summary>
    private static void AssertKept(ApiModel before, ApiModel after, HashSet<string> known, bool isBenign, string told)
    {
        HashSet<string> methods = [.. after.Operations.Select(operation => operation.MethodName)];

        // A choice of several answers is nowhere in the document: with the answers it goes.
        IEnumerable<Definition> kept = before.Generated.Where(definition => isBenign || !definition.Place.EndsWith("/responses", StringComparison.Ordinal));
        HashSet<string> types = [.. after.Generated.Select(definition => definition.TypeName)];

        Assert.That(before.Operations.Where(operation => !methods.Contains(operation.MethodName)).Select(operation => operation.Key), Is.Empty, told + ": methods that are gone");
        Assert.That(kept.Where(definition => !types.Contains(definition.TypeName)).Select(definition => definition.TypeName), Is.Empty, told + ": types that are gone");
        foreach (ApiOperation operation in before.Operations.Where(operation => !operation.IsRetained))
        {
            ApiOperation now = after.Operations.Single(other => other.MethodName == operation.MethodName);
            string[] arguments = [.. operation.Arguments.Select(argument => $"{argument.Name}{(argument.IsOptional ? "?" : "")}")];
            string[] present = [.. now.Arguments.Select(argument => $"{argument.Name}{(argument.IsOptional ? "?" : "")}")];

            if (isBenign)
            {
                Assert.That((now.Resource, now.FacadeMethod), Is.EqualTo((operation.Resource, operation.FacadeMethod)), $"{told}: {operation.Key}");
                Assert.That(present.Take(arguments.Length), Is.EqualTo(arguments), $"{told}: {operation.Key}");
            }

            // What comes back is as it was.
            known.UnionWith(arguments.Select(argument => $"{operation.MethodName}({argument})"));
            Assert.That(
                present.Where(argument => !argument.EndsWith('?') && !known.Contains($"{operation.MethodName}({argument})")),
                Is.Empty,
                $"{told}: {operation.Key}: new arguments may be left out");
        }
    }

    private static string[] Lines(NormalizeInput input) =>
        [.. new[] { input.Spec, input.Names, input.Retained! }.Where(File.Exists).SelectMany(file => File.ReadLines(file).Select(line => $"{Path.GetFileName(file)}: {line}"))];
}
