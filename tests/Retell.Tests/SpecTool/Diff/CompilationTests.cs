using Newtonsoft.Json.Linq;
using Retell.SpecTool.Diff;
using Retell.Tests.Support;

namespace Retell.Tests.SpecTool.Diff;

/// <summary>What the generated code of two revisions declares differently is in the list: held against the document that the code is generated from.</summary>
public class CompilationTests
{
    private static readonly HashSet<string?> s_values = ["integer", "number", "boolean", "enum", "choice"];

    private static Normalized Before { get; } = Load("04");

    private static Normalized After { get; } = Load("10");

    private static IReadOnlyList<Change> Changes { get; } = ApiDiff.Compare(Before.Model, After.Model);

    [Test]
    public void Diff_lists_members_whose_CSharp_type_changed()
    {
        var differing = new List<string>();
        foreach ((string type, JObject old, JObject now) in Common())
        {
            foreach (JProperty member in ((old["properties"] as JObject) ?? []).Properties())
            {
                JToken? same = now["properties"]?[member.Name];
                if (same is not null && Declared(member, old) != Declared((JProperty)same.Parent!, now))
                {
                    differing.Add($"Retell.Models.{type}.{same["x-retell-name"]}");
                }
            }
        }

        Assert.That(differing, Has.Count.GreaterThan(20));
        Assert.That(differing.Except(Named(ChangeClass.Risky)), Is.Empty);
        string[] read = [.. Changes.Where(c => c.Side.HasFlag(Sides.Response) && c.Class == ChangeClass.Breaking).SelectMany(Names)];
        string[] sentOnly = [.. Changes.Where(c => c.Side == Sides.Request).SelectMany(Names)];
        Assert.That(differing.Except(sentOnly).Except(read), Is.Empty, "what is read and has another type does not compile");
    }

    [Test]
    public void Diff_lists_removed_members()
    {
        IEnumerable<string> gone = Common().SelectMany(pair => ((pair.Before["properties"] as JObject) ?? []).Properties()
            .Where(member => pair.After["properties"]?[member.Name] is null)
            .Select(member => $"Retell.Models.{pair.Type}.{member.Value["x-retell-name"]}"));

        Assert.That(gone.Except(Named(ChangeClass.Risky)), Is.Empty);
    }

    [Test]
    public void Diff_lists_types_removed_or_of_another_kind()
    {
        string[] gone = [.. Before.Schemas.Properties().Where(s => After.Schemas[s.Name] is null).Select(s => "Retell.Models." + s.Name)];
        string[] turned = [.. Common().Where(pair => (string?)pair.Before["x-retell-kind"] != (string?)pair.After["x-retell-kind"]).Select(pair => "Retell.Models." + pair.Type)];
        string text = string.Join('\n', Changes.Where(c => c.Class >= ChangeClass.Risky).Select(c => $"{c.Message} {string.Join(' ', c.CSharp)}"));

        // Types of requests and answers go with their operations, types of members with those.
        string[] bound = [.. Before.Model.Definitions.Values.Where(d => d.SpecName is null).Select(d => "Retell.Models." + d.Name)];
        Assert.That(gone.Except(bound).Where(name => !text.Contains(name, StringComparison.Ordinal)), Is.Empty);
        Assert.That(turned.Where(name => !text.Contains(name[(name.LastIndexOf('.') + 1)..], StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Diff_lists_methods_whose_signature_changed()
    {
        var differing = new List<string>();
        foreach (Retell.Spec.Model.ApiOperation operation in Before.Model.Operations)
        {
            string method = operation.HttpMethod.ToLowerInvariant();
            if (After.Document["paths"]?[operation.Path]?[method] is JObject now && Signature(now) != Signature(Before.Operation(method, operation.Path)))
            {
                differing.Add(operation.Key);
            }
        }

        Assert.That(differing, Is.Not.Empty);
        Assert.That(differing.Except(Changes.Select(c => c.Operation)), Is.Empty);
    }

    private static Normalized Load(string month)
    {
        return Normalized.Of(
            new Retell.Spec.NormalizeInput(
                Repository.PathOf("tests", "data", "specs", $"retell-2026-{month}.yaml"),
                Repository.PathOf("openapi", "overlay.yaml"),
                Repository.PathOf("openapi", "names.lock.yaml")));
    }

    private static IEnumerable<(string Type, JObject Before, JObject After)> Common() =>
        Before.Schemas.Properties().Where(s => After.Schemas[s.Name] is not null).Select(s => (s.Name, (JObject)s.Value, (JObject)After.Schemas[s.Name]!));

    /// <summary>As the compiler tells types apart: a reference with and without ? is one type.</summary>
    private static string Declared(JProperty member, JObject owner)
    {
        JToken facts = member.Value["x-retell-value"]!;
        bool isAlwaysThere = (owner["required"] as JArray ?? []).Values<string>().Contains(member.Name) || (bool?)member.Value["x-retell-was-required"] == true;
        bool mayBeNull = member.Value["x-retell-constant"] is null && (!isAlwaysThere || (bool?)facts["nullable"] == true);
        bool isValue = facts["in"] is null && s_values.Contains((string?)facts["kind"]);
        return Normalized.Value(facts).TrimEnd('?') + (isValue && mayBeNull ? "?" : string.Empty);
    }

    private static string Signature(JObject operation) =>
        $"{operation["x-retell-name"]}({string.Join(", ", Normalized.Arguments(operation))}): {Normalized.Value(operation["x-retell-value"])}";

    private static HashSet<string> Named(ChangeClass least) => [.. Changes.Where(c => c.Class >= least).SelectMany(Names)];

    private static IEnumerable<string> Names(Change change) => change.CSharp.SelectMany(name => name.Split(" → "));
}
