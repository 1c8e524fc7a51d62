using Retell.Spec;
using Retell.Spec.Model;
using Retell.SpecTool.Check;
using Retell.Tests.Build;

namespace Retell.Tests.SpecTool;

/// <summary>check holds the rows of the overlay's table of operations to the hand-written resources.</summary>
public class FacadeCheckTests
{
    private const string File = "src/Retell/Resources/ThingsResource.cs";
    private const string Get = "public virtual Task<Thing> GetAsync(string id) => Raw.GetThingAsync(id);";
    private const string NoMethod = "get /things/{id}: no facade method. Add GetAsync to src/Retell/Resources/ThingsResource.cs (it calls Raw.GetThingAsync), or remove handWritten from the row of overlay.yaml to have the method generated.";
    private const string Generated = "get /things/{id}: Things.GetAsync in src/Retell/Resources/ThingsResource.cs calls Raw.GetThingAsync, but the method for this operation is generated as well. Call the generated method from it, or set handWritten: true in the row of overlay.yaml.";

    [Test]
    public void Check_hand_written_operation_with_method_is_covered() => AssertReport("handWritten: true", Get, "1/1");

    [Test]
    public void Check_hand_written_operation_without_resource_is_missing() => AssertReport("handWritten: true", null, "0/1", NoMethod);

    [TestCase("public virtual Task<Thing> FindAsync(string id) => Raw.GetThingAsync(id);", TestName = "Check_hand_written_operation_under_another_name_is_missing")]
    [TestCase("public virtual Task<Thing> GetAsync(string id) => Raw.GetOtherAsync(id);", TestName = "Check_hand_written_operation_calling_another_raw_method_is_missing")]
    [TestCase("internal virtual Task<Thing> GetAsync(string id) => Raw.GetThingAsync(id);", TestName = "Check_hand_written_operation_with_internal_method_is_missing")]
    [TestCase("public virtual Task<Thing> GetAsync(string id) => _cache.GetThingAsync(id);", TestName = "Check_hand_written_operation_calling_no_raw_client_is_missing")]
    [TestCase("// public virtual Task<Thing> GetAsync(string id) => Raw.GetThingAsync(id);", TestName = "Check_hand_written_operation_in_comment_is_missing")]
    [TestCase("/* public virtual Task<Thing> GetAsync(string id) => Raw.GetThingAsync(id); */", TestName = "Check_hand_written_operation_in_block_comment_is_missing")]
    [TestCase("public virtual Task<Thing> GetAsync(string id) => Find(\"Raw.GetThingAsync(id)\");", TestName = "Check_hand_written_operation_in_string_is_missing")]
    [TestCase("public virtual Task<Thing> GetAsync(string id) => Find(nameof(Raw.GetThingAsync));", TestName = "Check_hand_written_operation_in_nameof_is_missing")]
    [TestCase("public virtual Task<Thing> GetAsync(string id) => null!;\npublic virtual Task<Thing> FindAsync(string id) => Raw.GetThingAsync(id);", TestName = "Check_hand_written_operation_in_next_method_is_missing")]
    [TestCase("/// <summary>Calls <see cref=\"Raw.GetThingAsync\"/>.</summary>\npublic virtual Task<Thing> GetAsync(string id) => null!;", TestName = "Check_hand_written_operation_in_documentation_is_missing")]
    public void Check_hand_written_operation_without_method_is_missing(string members) => AssertReport("handWritten: true", members, "0/1", NoMethod);

    [TestCase("public virtual async Task<Thing> GetAsync(string id)\n{\n    return await Raw.GetThingAsync(id);\n}", TestName = "Check_raw_call_in_block_body_is_covered")]
    [TestCase("public virtual Pager<Thing> GetAsync(string id) => Pager.Single(token => Raw.GetThingAsync(id, token));", TestName = "Check_raw_call_in_lambda_is_covered")]
    [TestCase("public virtual Task<Thing> GetAsync(string id)\n{\n    return Read();\n    Task<Thing> Read() => Raw.GetThingAsync(id);\n}", TestName = "Check_raw_call_in_local_function_is_covered")]
    [TestCase("public virtual Task<Thing> GetAsync(string id) => Read(id);\nprivate Task<Thing> Read(string id) => Raw.GetThingAsync(id);", TestName = "Check_raw_call_in_private_method_is_covered")]
    [TestCase("public virtual Pager<Thing> GetAsync() => Pager.Single(Raw.GetThingAsync);", TestName = "Check_raw_method_group_is_covered")]
    [TestCase("public virtual Task<Thing> GetAsync(string id) => RawAgents.GetThingAsync(id);", TestName = "Check_raw_client_with_longer_name_is_covered")]
    [TestCase("public virtual Task<Thing> GetAsync(string id) => this._raw!.GetThingAsync(id);", TestName = "Check_raw_field_is_covered")]
    [TestCase("public virtual Task<Thing>? GetAsync(string id) => _raw?.GetThingAsync(id);", TestName = "Check_nullable_raw_field_is_covered")]
    [TestCase("public virtual Task<Thing> GetAsync(string id) => Resource.Required(_raw).GetThingAsync(id);", TestName = "Check_raw_client_from_helper_is_covered")]
    [TestCase("public virtual Task<Thing> GetAsync(string id) => _client.Raw.Things.GetThingAsync(id);", TestName = "Check_raw_client_of_RetellClient_is_covered")]
    [TestCase("public virtual Task<Thing>\n    GetAsync(\n        string id) =>\n        Raw\n            .GetThingAsync(id);", TestName = "Check_multiline_raw_call_is_covered")]
    [TestCase("public Task<T> GetAsync<T>(string id) => Raw.GetThingAsync<T>(id);", TestName = "Check_generic_raw_call_is_covered")]
    public void Check_hand_written_operation_with_raw_call_is_covered(string members) => AssertReport("handWritten: true", members, "1/1");

    [Test]
    public void Check_partial_class_in_several_files_is_one_resource()
    {
        using var folder = new TempFolder();
        folder.Write(File, Resource("private Task<Thing> Read(string id) => Raw.GetThingAsync(id);"));
        folder.Write("src/Retell/Resources/Things/ThingsResource.Reading.cs", Resource("public virtual Task<Thing> GetAsync(string id) => Read(id);"));

        AssertReport(folder, "handWritten: true", "1/1");
    }

    [Test]
    public void Check_method_of_another_resource_does_not_cover_operation()
    {
        using var folder = new TempFolder();
        folder.Write("src/Retell/Resources/OthersResource.cs", Resource(Get).Replace("ThingsResource", "OthersResource", StringComparison.Ordinal));

        AssertReport(folder, "handWritten: true", "0/1", NoMethod);
    }

    [Test]
    public void Check_operation_without_hand_written_method_is_covered_by_generation() =>
        Assert.That(AssertReport("repeatable: true", null, "1/1"), Does.StartWith("get /things/{id}: ThingsClient.GetThingAsync, generated\n"));

    [Test]
    public void Check_generated_operation_with_overload_is_covered() =>
        AssertReport("repeatable: true", "public virtual Task<Thing> GetAsync(Thing thing) => GetAsync(thing.Id);", "1/1");

    [Test]
    public void Check_generated_operation_with_hand_written_method_is_missing() => AssertReport("repeatable: true", Get, "0/1", Generated);

    [Test]
    public void Check_generated_operation_called_by_another_method_is_covered() =>
        AssertReport("repeatable: true", "public virtual Task<Thing> FindAsync(string id) => Raw.GetThingAsync(id);", "1/1");

    [Test]
    public void Check_raw_only_operation_without_method_is_covered() =>
        Assert.That(AssertReport("rawOnly: nobody needs it", null, "1/1"), Does.StartWith("get /things/{id}: ThingsClient.GetThingAsync, raw only: nobody needs it\n"));

    [TestCase("rawOnly: nobody needs it")]
    [TestCase("handWritten: true")]
    public void Check_method_of_deprecated_operation_without_obsolete_is_missing(string row) => AssertReport(
        row + ", replacedBy: Things.FindAsync",
        Get,
        "0/1",
        "get /things/{id}: the operation is deprecated, but Things.GetAsync in src/Retell/Resources/ThingsResource.cs, which calls it, is not. Add [Obsolete(\"The API no longer has it. Use Things.FindAsync.\")] to the method.");

    [TestCase("[Obsolete(\"Use another.\")]")]
    [TestCase("[System.ObsoleteAttribute]")]
    [TestCase("[EditorBrowsable(EditorBrowsableState.Never), Obsolete]")]
    public void Check_method_of_deprecated_operation_with_obsolete_is_covered(string attribute) =>
        AssertReport("handWritten: true, replacedBy: Things.FindAsync", $"{attribute}\n{Get}", "1/1");

    [Test]
    public void Check_other_method_calling_deprecated_operation_needs_obsolete() => AssertReport(
        "handWritten: true, replacedBy: Things.FindAsync",
        $"[Obsolete]\n{Get}\npublic virtual Task<Thing> RefreshAsync(string id) => Raw.GetThingAsync(id);",
        "0/1",
        "get /things/{id}: the operation is deprecated, but Things.RefreshAsync in src/Retell/Resources/ThingsResource.cs, which calls it, is not. Add [Obsolete(\"The API no longer has it. Use Things.FindAsync.\")] to the method.");

    [Test]
    public void UnionSource_union_in_comment_or_string_is_ignored()
    {
        using var folder = new TempFolder();
        folder.Write(UnionSource.Folder + "/IShape.cs", """
            // Union.By<IGone>("type").Is<Gone>("gone")
            internal static class Unions
            {
                private const string Text = "Union.By<IText>(\"type\").Is<Text>(\"text\")";

                public static IReadOnlyList<Union> All { get; } =
                [
                    Union.By<IShape>("type")
                        // .Is<Hexagon>("hexagon")
                        .Is<Circle>("circle", "disc") // a disc is one, too
                        .Is<global::Retell.Models.Square>("squ\u0061re"),
                    Union.ByMember<Models.ISize>().Has<Width>("width").Otherwise<Height>(),
                ];
            }
            """);

        Dictionary<string, Dictionary<string, string>> unions = UnionSource.Read(folder.Root);

        Assert.That(unions.Keys, Is.EquivalentTo(["IShape", "ISize"]));
        Assert.That(unions["IShape"], Is.EquivalentTo(new Dictionary<string, string> { ["circle"] = "Circle", ["disc"] = "Circle", ["square"] = "Square" }));
        Assert.That(unions["ISize"], Is.EquivalentTo(new Dictionary<string, string> { ["width"] = "Width" }));
    }

    private static string AssertReport(string row, string? members, string covered, params string[] missing)
    {
        using var folder = new TempFolder();
        if (members is not null)
        {
            folder.Write(File, Resource(members));
        }

        return AssertReport(folder, row, covered, missing);
    }

    /// <summary>Checks a small document against the resources in the folder and returns the whole report.</summary>
    private static string AssertReport(TempFolder folder, string row, string covered, params string[] missing)
    {
        string deprecated = row.Contains("replacedBy", StringComparison.Ordinal) ? "deprecated: true, " : "";
        var input = new NormalizeInput(
            folder.Write(
                "api.yaml",
                Yaml.Paths($"/things/{{id}}: {{ get: {{ operationId: getThing, {deprecated}parameters: [{{ name: id, in: path, required: true }}], responses: {{}} }} }}")),
            folder.Write(
                "overlay.yaml",
                Yaml.Overlay(
                    $"- {{ target: $, description: A test., update: {{ x-retell-operations: {{ 'get /things/{{id}}': {{ resource: Things, method: Get, {row} }} }} }} }}")),
            folder.PathOf("names.yaml"));
        var notes = new List<string>();
        (ApiModel model, _) = NormalizeCommand.Load(input, notes);

        var report = CheckReport.Of(model, notes, input, folder.Root);

        using var text = new StringWriter { NewLine = "\n" };
        report.Write(text, isVerbose: true);
        Assert.That(report.Missing, Is.EqualTo(missing));
        Assert.That(report.IsComplete, Is.EqualTo(missing.Length == 0));
        Assert.That(text.ToString(), Does.Contain($"\noperations {covered}, "));
        return text.ToString();
    }

    private static string Resource(string members) => $$"""
        namespace Retell;

        /// <summary>Things.</summary>
        public partial class ThingsResource
        {
            private readonly ThingsClient? _raw;

            private ThingsClient Raw => Resource.Required(_raw);

            {{members}}
        }
        """;
}
