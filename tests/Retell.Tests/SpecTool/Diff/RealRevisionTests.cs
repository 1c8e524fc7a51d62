using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;
using Retell.SpecTool.Diff;
using Retell.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Retell.Tests.SpecTool.Diff;

/// <summary>The real document: from April to October 2026, and with one thing changed at a time.</summary>
[Parallelizable]
public class RealRevisionTests
{
    private static readonly Lazy<JObject> s_published = new(() => YamlFile.ReadObject(Support.Repository.PathOf("openapi", "retell.yaml")));

    private static readonly string[] s_methods = ["get", "put", "post", "delete", "patch"];

    private static string April => Support.Repository.PathOf("tests", "data", "specs", "retell-2026-04.yaml");

    private static string October => Support.Repository.PathOf("tests", "data", "specs", "retell-2026-10.yaml");

    /// <summary>As published, without our overlay, so that it can be counted by hand.</summary>
    private static Lazy<IReadOnlyList<Change>> Published { get; } = new(
        () => DiffCommand.Compare(April, October, overlay: null, Support.Repository.PathOf("openapi", "names.lock.yaml")));

    private static Lazy<IReadOnlyList<Change>> Corrected { get; } = new(
        () => DiffCommand.Compare(April, October, Support.Repository.PathOf("openapi", "overlay.yaml"), Support.Repository.PathOf("openapi", "names.lock.yaml")));

    [Test]
    public void Diff_april_to_october_lists_added_and_removed_operations()
    {
        HashSet<string> before = Operations(April);
        HashSet<string> after = Operations(October);

        string[] moved = [.. Published.Value.Where(c => c.Id == "operation-moved").Select(c => c.Message)];

        Assert.That(
            moved,
            Is.EquivalentTo(

                [
                    "get /list-conversation-flows → get /v2/list-conversation-flows",
                    "get /list-retell-llms → get /v2/list-retell-llms",
                    "post /v2/create-web-call → post /v3/create-web-call",
                    "post /v2/list-calls → post /v3/list-calls",
                ]));
        Assert.That(Removed("operation-removed").Concat(moved.Select(move => move.Split(" → ")[0])), Is.EquivalentTo(before.Except(after)).And.Exactly(16).Items);
        Assert.That(Removed("operation-added").Concat(moved.Select(move => move.Split(" → ")[1])), Is.EquivalentTo(after.Except(before)).And.Exactly(46).Items);

        static IEnumerable<string> Removed(string id) => Published.Value.Where(c => c.Id == id).Select(c => c.Operation!);
    }

    [Test]
    public void Diff_april_to_october_lists_added_and_removed_schemas()
    {
        string[] before = [.. Keys(At(Read(April), "components", "schemas"))];
        string[] after = [.. Keys(At(Read(October), "components", "schemas"))];

        Assert.That(Published.Value.Where(c => c.Id == "schema-removed").Select(c => c.Schema), Is.EquivalentTo(before.Except(after)).And.Exactly(7).Items);
        Assert.That(Published.Value.Where(c => c.Id == "schema-added").Select(c => c.Schema), Is.EquivalentTo(after.Except(before)).And.Exactly(97).Items);
    }

    [Test]
    public void Diff_april_to_october_lists_added_and_removed_properties()
    {
        (string Name, YamlNode Before, YamlNode After)[] schemas = [.. PlainSchemas()];

        // What an operation that moved takes and answers is another object now; its members are told as they stand in the old one.
        string[] names = [.. schemas.Select(s => s.Name).Except(["V2CallBase", "CallFilter"])];
        schemas = [.. schemas.Where(s => names.Contains(s.Name))];
        List<string> removed = [.. schemas.SelectMany(s => Members(s.Before).Except(Members(s.After)).Select(p => Place(s.Name, p)))];
        List<string> added = [.. schemas.SelectMany(s => Members(s.After).Except(Members(s.Before)).Select(p => Place(s.Name, p)))];

        Assert.That(names, Has.Length.GreaterThan(100));
        Assert.That(Places(names, "property-removed"), Is.EquivalentTo(removed).And.Not.Empty);
        Assert.That(Places(names, "property-added-optional", "property-added-required", "property-added-constant"), Is.EquivalentTo(added).And.Not.Empty);
    }

    [Test]
    public void Diff_april_to_october_lists_added_and_removed_enum_values()
    {
        YamlNode[] roots = [Read(April), Read(October)];
        Dictionary<string, string[]>[] lists = [.. roots.Select(root => Keys(At(root, "components", "schemas")).ToDictionary(name => name, name => Values(At(root, "components", "schemas", name))))];
        string[] common = [.. lists[0].Keys.Where(name => lists[0][name].Length > 1 && lists[1].GetValueOrDefault(name, []).Length > 1)];

        IEnumerable<string> Expected(int from, int without) => common.SelectMany(name => lists[from][name].Except(lists[without][name]).Select(value => $"{name}: {value}"));
        IEnumerable<string> Found(string id) =>
            Published.Value.Where(c => c.Id == id && common.Contains(c.Schema) && c.Place.Count(step => step == '/') == 3).Select(c => $"{c.Schema}: {c.Message.Split('`')[1]}");

        Assert.That(common, Has.Length.GreaterThan(5));
        Assert.That(Found("enum-value-removed"), Is.EquivalentTo(Expected(0, 1)).And.Not.Empty);
        Assert.That(Found("enum-value-added"), Is.EquivalentTo(Expected(1, 0)).And.Not.Empty);
    }

    [TestCase("operation-removed", "Breaking", "None", "post /publish-agent/{agent_id}", "AgentsClient.PublishAgentAsync")]
    [TestCase("operation-added", "Additive", "None", "put /rerun-call-analysis/{call_id}", "CallsClient.")]
    [TestCase("operation-moved", "Risky", "None", "post /v3/create-web-call", "CallsClient.CreateWebCallV2Async → CallsClient.CreateWebCallAsync")]
    [TestCase("operation-id-changed", "Additive", "None", "get /v2/list-phone-numbers", "PhoneNumbersClient.ListPhoneNumbersAsync")]
    [TestCase("type-widened", "Risky", "Request", "get /get-agent/{agent_id}", "AgentsClient.GetAgentAsync(version)")]
    [TestCase("parameter-removed", "Risky", "Request", "get /v2/list-test-case-definitions", "TestCasesClient.ListTestCaseDefinitionsAsync(version)")]
    [TestCase("property-removed", "Risky", "Request", "post /create-phone-number", "Retell.Models.CreatePhoneNumberRequest.InboundAgentId")]
    [TestCase("property-removed", "Breaking", "Response", "PhoneNumberResponse", "Retell.Models.PhoneNumber.InboundAgentId")]
    [TestCase("property-removed", "Breaking", "Both", "AgentRequest", "Retell.Models.AgentSettings.NormalizeForSpeech")]
    [TestCase("property-removed", "Breaking", "Both", "AgentRequest", "Retell.Models.Agent.NormalizeForSpeech")]
    [TestCase("property-became-required", "Additive", "Response", "PaginatedResponseBase", "Retell.Models.ListPhoneNumbersPage.HasMore")]
    [TestCase("enum-value-removed", "Breaking", "Both", "LLMModel", "Retell.Models.LlmModel.Gemini2_5Flash")]
    [TestCase("variant-removed", "Breaking", "Both", "Tool", "Retell.Models.BookAppointmentCalTool")]
    [TestCase("variant-added", "Risky", "Response", "UtteranceOrToolCall", "Retell.Models.IUtteranceOrToolCall")]
    [TestCase("limit-tightened", "Breaking", "Both", "CustomTool", "Retell.Models.CustomTool.TimeoutMs")]
    [TestCase("schema-kind-changed", "Breaking", "Both", "UpdateOrganizationRequest", "Retell.Models.")]
    [TestCase("error-status-added", "Additive", "Response", "patch /update-agent/{agent_id}", "AgentsClient.UpdateAgentAsync")]
    public void Diff_april_to_october_reports_known_changes(string id, string kind, string side, string where, string csharp) =>
        Assert.That(
            Corrected.Value.Where(
                c =>
                    c.Id == id && (c.Operation ?? c.Schema) == where && c.CSharp.Any(name => name.StartsWith(csharp, StringComparison.Ordinal))).Select(c =>
                        (c.Class.ToString(), c.Side.ToString())),
            Is.Not.Empty.And.All.EqualTo((kind, side)));

    [Test]
    public void Diff_removed_inherited_property_is_reported_once() =>
        Assert.That(
            Corrected.Value.Where(c => c.Id == "property-removed" && c.Place.EndsWith("/normalize_for_speech", StringComparison.Ordinal)).Select(c => c.Schema),
            Is.EqualTo(["AgentRequest"]));

    [Test]
    public void Diff_run_twice_gives_same_order()
    {
        IReadOnlyList<Change> again = DiffCommand.Compare(
            April,
            October,
            Support.Repository.PathOf("openapi", "overlay.yaml"),
            Support.Repository.PathOf("openapi", "names.lock.yaml"));

        Assert.That(again.Select(Line), Is.EqualTo(Corrected.Value.Select(Line)));
        Assert.That(Corrected.Value.Select(Line), Is.Unique);
    }

    [TestCase("retell-2026-04.yaml")]
    [TestCase("retell-2026-10.yaml")]
    public void Diff_equal_documents_have_no_changes(string file)
    {
        JObject document = YamlFile.ReadObject(Support.Repository.PathOf("tests", "data", "specs", file));

        Assert.That(Revisions.OfReal(document, _ => { }), Is.Empty);
        Assert.That(Revisions.OfReal(document, Reverse), Is.Empty, "the order of members says nothing");
    }

    // ---------------------------------------------------------------- one thing changed in the document as it is

    [Test]
    public void Diff_new_operation_is_additive()
    {
        IReadOnlyList<Change> changes = Changed(Mutations.AddOperation);

        Assert.That(changes.Select(Short), Is.EqualTo(["operation-added Additive None get /get-robot-voice/{voice_id}"]));
        Assert.That(changes[0].CSharp, Has.One.EndsWith("Client.GetRobotVoiceAsync"));
    }

    [Test]
    public void Diff_new_variant_is_risky()
    {
        IReadOnlyList<Change> changes = Changed(Mutations.AddVariant);

        Assert.That(changes.Select(Short), Is.EqualTo(["variant-added Risky Both Tool", "schema-added Additive Both WhistleTool"]));
        Assert.That(changes[0].CSharp, Is.EqualTo(["Retell.Models.ITool", "Retell.Models.WhistleTool"]));
        Assert.That(changes[0].UsedBy, Does.Contain("post /create-retell-llm"));
    }

    [Test]
    public void Diff_new_enum_value_is_additive()
    {
        IReadOnlyList<Change> changes = Changed(Mutations.AddEnumerationValue);

        Assert.That(changes.Select(Short), Is.EqualTo(["enum-value-added Additive Both AgentRequest"]));
        Assert.That(changes[0].CSharp, Is.EqualTo(["Retell.Models.AmbientSound.RainForest"]));
    }

    [Test]
    public void Diff_renamed_property_is_breaking()
    {
        IReadOnlyList<Change> changes = Changed(Mutations.RenameProperty);

        Assert.That(changes.Select(Short), Is.EqualTo(["property-removed Breaking Response PhoneNumberResponse", "property-added-optional Additive Response PhoneNumberResponse"]));
        Assert.That(changes.Select(c => c.CSharp.Single()), Is.EqualTo(["Retell.Models.PhoneNumber.Nickname", "Retell.Models.PhoneNumber.DisplayName"]));
        Assert.That(changes[0].Message, Is.EqualTo("`nickname` is gone; `display_name` of the same type is new"));
    }

    [Test]
    public void Diff_object_that_became_union_is_breaking()
    {
        IReadOnlyList<Change> changes = Changed(Mutations.TurnIntoUnion);

        Change change = changes.Single(c => c.Class != ChangeClass.Additive);
        Assert.That(Short(change), Is.EqualTo("schema-kind-changed Breaking Response VoiceResponse"));
        Assert.That(change.Message, Is.EqualTo("the schema: object → union of objects"));
        Assert.That(change.UsedBy, Does.Contain("get /get-voice/{voice_id}"));
    }

    private static IReadOnlyList<Change> Changed(Action<JObject> change) => Revisions.OfReal(s_published.Value, change);

    private static string Short(Change change) => $"{change.Id} {change.Class} {change.Side} {change.Operation ?? change.Schema}";

    private static string Line(Change change) =>
        $"{change.Id} {change.Class} {change.Side} {change.Place} {change.Operation ?? change.Schema} {change.Message} {string.Join(',', change.CSharp)}";

    private static void Reverse(JObject document)
    {
        foreach (JObject item in document.DescendantsAndSelf().OfType<JObject>().ToList())
        {
            JProperty[] members = [.. item.Properties().Reverse()];
            item.RemoveAll();
            Array.ForEach(members, item.Add);
        }
    }

    // ---------------------------------------------------------------- a little reader that shares nothing with the tool

    private static YamlNode Read(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(file)));
        return stream.Documents[0].RootNode;
    }

    private static YamlNode? At(YamlNode? node, params string[] path) =>
        path.Aggregate(node, (at, step) => at is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(step), out YamlNode? next) ? next : null);

    private static IEnumerable<string> Keys(YamlNode? node) => (node as YamlMappingNode)?.Children.Keys.Select(key => ((YamlScalarNode)key).Value!) ?? [];

    private static string[] Values(YamlNode? node) =>
        [.. (At(node, "enum") as YamlSequenceNode)?.Children.OfType<YamlScalarNode>().Select(v => v.Value!).Where(v => v != "null") ?? []];

    private static HashSet<string> Operations(string file)
    {
        YamlNode paths = At(Read(file), "paths")!;
        return [.. Keys(paths).SelectMany(path => Keys(At(paths, path)).Where(s_methods.Contains).Select(method => $"{method} {path}"))];
    }

    /// <summary>Components of both revisions that say all their members themselves.</summary>
    private static IEnumerable<(string Name, YamlNode Before, YamlNode After)> PlainSchemas()
    {
        YamlNode before = At(Read(April), "components", "schemas")!;
        YamlNode after = At(Read(October), "components", "schemas")!;
        static bool IsPlain(YamlNode? schema) => At(schema, "properties") is not null && At(schema, "allOf") is null && At(schema, "oneOf") is null && At(schema, "anyOf") is null;
        return Keys(before).Where(name => IsPlain(At(before, name)) && IsPlain(At(after, name))).Select(name => (name, At(before, name)!, At(after, name)!));
    }

    /// <summary>A name may be required without being defined: it is on the wire all the same.</summary>
    private static IEnumerable<string> Members(YamlNode schema) =>
        Keys(At(schema, "properties")).Union((At(schema, "required") as YamlSequenceNode)?.Children.Select(name => ((YamlScalarNode)name).Value!) ?? []);

    private static string Place(string schema, string property) => $"#/components/schemas/{schema}/properties/{property}";

    private static IEnumerable<string> Places(string[] schemas, params string[] ids) => Published.Value
        .Where(c => ids.Contains(c.Id) && c.Place.Split('/') is ["#", "components", "schemas", string name, "properties", _] && schemas.Contains(name))
        .Select(c => c.Place);
}
