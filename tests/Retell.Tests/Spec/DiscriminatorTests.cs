using System.Text.RegularExpressions;
using Retell.Tests.SpecTool;
using Retell.Tests.Support;

namespace Retell.Tests.Spec;

/// <summary>The discriminators are declared by hand; the document says which there must be.</summary>
public partial class DiscriminatorTests
{
    /// <summary>What is declared is right. What a new revision adds reads as UnknownVariant until it is declared, and check says so.</summary>
    [Test]
    public void Unions_of_spec_are_declared_or_reported_by_check()
    {
        string[] reported = [.. CheckTests.MissingToday];
        string[] problems = [.. UnionTable.Problems(SpecDocument.Current, ReadDeclaredUnions()).Where(problem => !IsReported(problem, reported))];

        Assert.That(problems, Is.Empty, string.Join(Environment.NewLine, problems));
    }

    [Test]
    public void IsReported_matches_only_exact_lines_of_check()
    {
        const string Problem = "Tool: the variant \"whistle\" (WhistleTool) is not declared. Add .Is<WhistleTool>(\"whistle\") to the union ITool in src/Retell.Generated/Runtime/Unions";

        Assert.That(
            IsReported(Problem, ["ITool lacks variants. Add to it in src/Retell.Generated/Runtime/Unions/ITool.cs: .Is<DrumTool>(\"drum\").Is<WhistleTool>(\"whistle\")"]),
            Is.True);
        Assert.That(IsReported(Problem, ["ITool lacks variants. Add to it in src/Retell.Generated/Runtime/Unions/ITool.cs: .Is<DrumTool>(\"whistle\")"]), Is.False);
        Assert.That(
            IsReported(
                "Greeting is not declared. Add Union.By<…>(\"type\").Is<…>(\"short\")",
                ["the union IGreeting is not declared. Add Union.By<IGreeting>(\"type\").Is<GreetingShort>(\"short\")"]),
            Is.True);
        Assert.That(IsReported("Tool has no variant \"whistle\"", ["ITool lacks variants."]), Is.False, "what is declared too much is no gap");
    }

    [Test]
    public void UnionTable_missing_variant_is_named_with_line_to_add()
    {
        List<DeclaredUnion> declared = FromDocument(SpecDocument.Current);
        Assert.That(UnionTable.Problems(SpecDocument.Current, declared), Is.Empty, "the whole table has no problem");

        int index = declared.FindIndex(union => union.Schema == "ConversationFlowNode");
        declared[index] = declared[index] with { Variants = declared[index].Variants.Where(pair => pair.Key != "sms").ToDictionary() };

        Assert.That(UnionTable.Problems(SpecDocument.Current, declared).Single(), Does.Match("^ConversationFlowNode: the variant \"sms\" \\(SmsNode\\) is not declared\\. "
            + "Add \\.Is<SmsNode>\\(\"sms\"\\) to the union IConversationFlowNode in src/Retell.Generated/Runtime/Unions"));
    }

    [Test]
    public void UnionTable_missing_union_extra_and_wrong_variants_are_named()
    {
        List<DeclaredUnion> declared = FromDocument(SpecDocument.Current);
        declared.RemoveAll(union => union.Schema == "V2CallResponse");
        int index = declared.FindIndex(union => union.Schema == "VoicemailAction");
        declared[index] = declared[index] with
        {
            Variants = new Dictionary<string, (string Schema, string Type)>(declared[index].Variants)
            {
                ["fax"] = ("VoicemailActionFax", "VoicemailActionFax"),
                ["hangup"] = ("VoicemailActionPrompt", "VoicemailActionPrompt"),
            },
        };

        string[] problems = [.. UnionTable.Problems(SpecDocument.Current, declared)];

        Assert.That(problems, Has.Length.EqualTo(3));
        Assert.That(problems, Has.Some.Contains("V2CallResponse is not declared").And.Some.Contains(".Is<").And.Some.Contains("(\"web_call\")"));
        Assert.That(problems, Has.Some.Contains("has no variant \"fax\""));
        Assert.That(problems, Has.Some.Contains("\"hangup\" stands for VoicemailActionHangup"));
    }

    [Test]
    public void UnionTable_of_april_reports_new_variants_of_october() =>
        Assert.That(UnionTable.Problems(SpecDocument.October2026, FromDocument(SpecDocument.April2026)), Has.Some.Contains("(\"integration_app\")"));

    /// <summary>Whether one report holds every line that the problem asks for; … stands for what the problem cannot know.</summary>
    private static bool IsReported(string problem, string[] reported) =>
        DeclarationLine().Matches(problem).Select(line => Regex.Escape(line.Value).Replace("…", "[^\"<>]+", StringComparison.Ordinal)).ToList() is { Count: > 0 } lines
        && reported.Any(report => lines.TrueForAll(line => Regex.IsMatch(report, line)));

    [GeneratedRegex("""\.(Is|Has)<[\w…]+>\("[^"]*"\)""")]
    private static partial Regex DeclarationLine();

    private static List<DeclaredUnion> FromDocument(SpecDocument spec) =>
    [
        .. SpecUnion.In(spec).DistinctBy(union => union.Name).Select(union => new DeclaredUnion(
            union.Name,
            "I" + union.Name,
            union.Tag,
            union.Tag is null
                ? union.Variants.ToDictionary(variant => variant.Name, variant => (variant.Name, variant.Name))
                : union.Tags.ToDictionary(tag => tag.Value, tag => (tag.Variant.Name, tag.Variant.Name)))),
    ];

    /// <summary>The declarations of the SDK in the form that <see cref="UnionTable"/> compares.</summary>
    private static IReadOnlyList<DeclaredUnion> ReadDeclaredUnions() =>
    [
        .. DeclaredUnions.All.Select(union => new DeclaredUnion(
            SdkTypes.SchemaOf(union.Type),
            union.Type.Name,
            union.Discriminator,
            union.Variants.ToDictionary(variant => variant.Key, variant => (SdkTypes.SchemaOf(variant.Type), variant.Type.Name)))),
    ];
}
