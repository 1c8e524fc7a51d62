using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;
using Retell.Spec.Model;
using Retell.SpecTool.Check;
using Retell.Tests.SpecTool.Diff;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.SpecTool;

/// <summary>What check names when the API moves on: the gap, the file, and the line to write.</summary>
public class CheckTests
{
    /// <summary>What is missing for the API as it is.</summary>
    internal static IEnumerable<string> MissingToday => Missing(_ => { });

    private static IEnumerable<TestCaseData> Mutated =>
    [
        Case("a new operation", Mutations.AddOperation),
        Case("a new variant", Mutations.AddVariant),
        Case("a new value", Mutations.AddEnumerationValue),
        Case("a renamed property", Mutations.RenameProperty),
        Case("an object that became a union", Mutations.TurnIntoUnion),
        Case("a variant of a union that is declared by hand", AddAgentVariant,
            "#/paths/~1create-agent-version~1{agent_id}/post/responses/201: IAgent lacks variants. Add to it in src/Retell.Generated/Runtime/Unions/IAgent.cs: .Has<AgentWithRobotId>(\"robot_id\")"),
    ];

    [TestCaseSource(nameof(Mutated))]
    public void Check_after_API_change_reports_what_is_missing(Action<JObject> mutation, string[] missing) =>
        Assert.That(Missing(mutation).Except(MissingToday), Is.EqualTo(missing));

    [Test]
    public void Check_paths_are_relative_to_repository()
    {
        string[] lines = [.. Missing(Mutations.AddVariant, "a note of " + Repository.PathOf("openapi", "overlay.yaml"))];

        Assert.That(lines, Has.Some.EqualTo("a note of openapi/overlay.yaml").And.None.Contains(Repository.Root));
    }

    [TestCase("Size of it.", false)]
    [TestCase("The big size, in meters.", false)]
    [TestCase("", true)]
    [TestCase("Big size", true)]
    [TestCase("The big size.", true)]
    [TestCase("big_size", true)]
    public void Description_that_is_only_the_name_counts_as_missing(string description, bool isMissing)
    {
        Normalized api = Normalized.OfSchemas(
            $"Thing: {{ type: object, description: 'Something big.', properties: {{ big_size: {{ type: integer, description: '{description}' }} }} }}");
        CheckReport report = CheckReport.Of(api.Model, [], new NormalizeInput("api.yaml", null, "names.yaml"), Repository.Root);

        Assert.That(report.Undocumented, Is.EqualTo(isMissing ? ["#/components/schemas/Thing/properties/big_size"] : Array.Empty<string>()));
    }

    [TestCase("Thing", true)]
    [TestCase("The thing.", true)]
    [TestCase("Something big.", false)]
    public void Schema_that_is_described_by_its_name_counts_as_missing(string description, bool isMissing)
    {
        Normalized api = Normalized.OfSchemas($"Thing: {{ type: object, description: '{description}' }}");
        CheckReport report = CheckReport.Of(api.Model, [], new NormalizeInput("api.yaml", null, "names.yaml"), Repository.Root);

        Assert.That(report.Undocumented, Is.EqualTo(isMissing ? ["schema Thing"] : Array.Empty<string>()));
    }

    private static void AddAgentVariant(JObject document)
    {
        foreach (JToken variants in document.SelectTokens("$.paths['/create-agent-version/{agent_id}','/repair-agent/{agent_id}'].post.responses.*.content.*.schema.oneOf"))
        {
            ((JArray)variants).Add(JObject.Parse("{ type: 'object', required: ['robot_id'], properties: { robot_id: { type: 'string' } } }"));
        }
    }

    private static TestCaseData Case(string name, Action<JObject> mutation, params string[] missing) => new TestCaseData(mutation, missing).SetArgDisplayNames(name);

    private static IEnumerable<string> Missing(Action<JObject> mutation, params string[] notes)
    {
        JObject document = YamlFile.ReadObject(Repository.PathOf("openapi", "retell.yaml"));
        mutation(document);
        var input = new NormalizeInput("retell.yaml", Repository.PathOf("openapi", "overlay.yaml"), Repository.PathOf("openapi", "names.lock.yaml"));
        ApiModel model = NormalizeCommand.Load(document, RetainedFile.Read(Repository.PathOf("openapi", "retained.yaml")), input, []).Model;
        return CheckReport.Of(model, notes, input, Repository.Root).Missing;
    }
}
