using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.SpecTool.Diff;
using Retell.SpecTool.Update;
using Retell.Tests.PublicApi;
using Retell.Tests.SpecTool.Diff;
using Retell.Tests.Support;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.Build;

/// <summary>
/// Code that was compiled against the raw layer compiles after an update: what could be named before can be named after.
/// A member whose type the API changed is the exception, and diff says that it breaks.
/// </summary>
[Category("Build")]
[Parallelizable]
public partial class CompatibilityTests
{
    private static readonly string s_april = Repository.PathOf("tests", "data", "specs", "retell-2026-04.yaml");
    private static readonly string s_aprilNames = Repository.PathOf("tests", "data", "names-2026-04.lock.yaml");
    private static readonly string s_overlay = Repository.PathOf("openapi", "overlay.yaml");

    private TempFolder _folder = null!;

    private static IReadOnlyList<string> Today { get; } = RawLayer.SurfaceOf(typeof(RetellFile).Assembly);

    [OneTimeSetUp]
    public void CreateFolder() => _folder = new TempFolder();

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void RawSurface_from_april_to_october_loses_only_members_listed_in_removed_txt()
    {
        IReadOnlyList<string> april = RawLayer.Compile(new NormalizeInput(s_april, s_overlay, s_aprilNames)).Surface();

        // The constants of an enumeration come and go with its members, which are listed.
        string[] gone = [.. april.Except(Today).Where(line => !line.Contains(".Values", StringComparison.Ordinal))];
        string[] listed = [.. Allowed().Select(line => line.Text)];

        Assert.That(april, Has.Count.GreaterThan(4000));
        Assert.That(gone.Except(listed), Is.Empty, "gone, and no reason is given in tests/data/removed-2026-10.txt");
        Assert.That(listed.Except(gone), Is.Empty, "listed in tests/data/removed-2026-10.txt, but still there");
    }

    [Test]
    public void Diff_from_april_to_october_names_each_removed_member()
    {
        IReadOnlyList<Change> changes = DiffCommand.Compare(s_april, Repository.PathOf("tests", "data", "specs", "retell-2026-10.yaml"), s_overlay, s_aprilNames);
        HashSet<string> breaking = Names(changes.Where(c => c.Class == ChangeClass.Breaking));
        HashSet<string> turned = Names(changes.Where(c => c.Class == ChangeClass.Breaking && c.Id is "schema-kind-changed" or "type-changed"));
        HashSet<string> named = Names(changes);

        foreach ((string section, string line) in Allowed())
        {
            string member = Member().Match(line).Groups["member"].Value.Replace("Retell.Generated.", string.Empty, StringComparison.Ordinal);
            bool isNamed = section switch
            {
                "breaks" => breaking.Contains(member) || turned.Contains(member[..member.LastIndexOf('.')]) || turned.Contains(line.Split(" : ")[^1]),
                "compiles" => named.Contains(member),
                "views" => Allowed().Any(other => other.Text.StartsWith($"{member}stamp ", StringComparison.Ordinal)),
                _ => section is "moved" or "replaced",
            };
            Assert.That(isNamed, $"{section}: {line}");
        }
    }

    /// <summary>The document as it may be next: much goes, something of each other kind happens as well.</summary>
    [Test]
    public async Task Update_to_spec_with_removals_keeps_raw_surface()
    {
        var next = (JObject)YamlJson.Load(Repository.PathOf("openapi", "retell.yaml"));
        foreach (Action<JObject> mutation in (Action<JObject>[])
            [
                Mutations.Remove,
                Mutations.AddOperation,
                Mutations.AddVariant,
                Mutations.AddEnumerationValue,
                Mutations.RenameProperty,
                Mutations.TurnIntoUnion,
            ])
        {
            mutation(next);
        }

        NormalizeInput input = new(Copy("retell.yaml"), s_overlay, Copy("names.lock.yaml"), Copy("retained.yaml"));
        using var log = new StringWriter();
        await UpdateCommand.RunAsync(input, _folder.Write("next.json", next.ToString(Formatting.Indented)), dropRetained: false, log, CancellationToken.None);

        IReadOnlyList<string> after = RawLayer.Compile(input).Surface();

        // Two that have another type now, which the report says.
        string[] gone = [.. Today.Except(after).Where(line => !line.StartsWith("Retell.Models.Voice", StringComparison.Ordinal) || !VoiceAlone().IsMatch(line))];
        Assert.That(gone, Is.EqualTo(["Retell.Models.CustomTool.Method { get; set; } -> Retell.Models.CustomToolMethod?"]));
        Assert.That(log.ToString(), Does.Match("!! breaking .*Retell.Models.CustomTool.Method").And.Match("!! breaking .*object → union of objects  \\[Retell.Models.Voice\\]"));
        Assert.That(after, Is.SupersetOf((string[])
        [
            "Retell.Models.AmbientSound.RainForest { get; } -> static Retell.Models.AmbientSound = \"rain-forest\"",
            "Retell.Models.PhoneNumber.DisplayName { get; set; } -> string?",
            "Retell.Models.WhistleTool : Retell.Models.ITool",
            "Retell.Models.Voice -> interface",
        ]));

        // Once it is in, the same document changes nothing.
        Dictionary<string, string> files = new[] { input.Spec, input.Names, input.Retained! }.ToDictionary(file => file, File.ReadAllText);
        await UpdateCommand.RunAsync(input, _folder.PathOf("next.json"), dropRetained: false, TextWriter.Null, CancellationToken.None);
        Assert.That(files.Where(file => File.ReadAllText(file.Key) != file.Value), Is.Empty);

        string Copy(string name) => _folder.Write(name, File.ReadAllText(Repository.PathOf("openapi", name)));
    }

    /// <summary>The lines that may go: under a heading of one word and the reason.</summary>
    private static IEnumerable<(string Section, string Text)> Allowed()
    {
        string section = string.Empty;
        foreach (string line in File.ReadAllLines(Repository.PathOf("tests", "data", "removed-2026-10.txt")).Where(line => line.Length > 0))
        {
            if (line[0] != '#')
            {
                yield return (section, line);
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..].Split(':')[0];
            }
        }
    }

    /// <summary>Members as diff calls them before and after, without their arguments.</summary>
    private static HashSet<string> Names(IEnumerable<Change> changes) =>
        [.. changes.SelectMany(c => c.CSharp).SelectMany(name => name.Split(" → ")).Select(name => name.Split('(')[0])];

    [GeneratedRegex(@"^(?<member>[\w.]+)")]
    private static partial Regex Member();

    [GeneratedRegex(@"\bRetell\.Models\.Voice\b")]
    private static partial Regex VoiceAlone();
}
