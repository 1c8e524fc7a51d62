namespace Retell.Tests.PublicApi;

/// <summary>The recorded surface: one file for all frameworks, and what a change of it looks like.</summary>
public class ApiBaselineTests
{
    private static readonly string[] s_frameworks = ["net10.0", "netstandard2.0"];

    private string _folder = string.Empty;

    private string PathOfFile => Path.Combine(_folder, "api", "A.txt");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("retell-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void ApiBaseline_lines_of_all_frameworks_are_written_once()
    {
        var baseline = new ApiBaseline(PathOfFile, s_frameworks);

        baseline.Write("net10.0", ["A -> class", "A.New() -> void"]);
        baseline.Write("netstandard2.0", ["A -> class", "A.Old() -> void  [Obsolete(\"// only a test\")]"]);

        Assert.Multiple(() =>
        {
            Assert.That(
                File.ReadAllText(PathOfFile),
                Is.EqualTo("A -> class\nA.New() -> void  // only net10.0\nA.Old() -> void  [Obsolete(\"// only a test\")]  // only netstandard2.0\n"));
            Assert.That(baseline.Read("net10.0"), Is.EqualTo(["A -> class", "A.New() -> void"]));
            Assert.That(baseline.Read("netstandard2.0"), Is.EqualTo(["A -> class", "A.Old() -> void  [Obsolete(\"// only a test\")]"]));
        });
    }

    [Test]
    public void ApiBaseline_write_replaces_only_lines_of_framework()
    {
        var baseline = new ApiBaseline(PathOfFile, s_frameworks);
        baseline.Write("net10.0", ["A -> class", "B -> class"]);
        baseline.Write("netstandard2.0", ["A -> class", "B -> class"]);

        baseline.Write("net10.0", ["A -> class", "C -> class"]);

        Assert.That(File.ReadAllLines(PathOfFile), Is.EqualTo(["A -> class", "B -> class  // only netstandard2.0", "C -> class  // only net10.0"]));
    }

    [Test]
    public void ApiBaseline_parallel_writes_are_complete()
    {
        string[] lines = [.. Enumerable.Range(0, 500).Select(number => $"A.M{number:000}() -> void")];

        Parallel.For(0, 8, index => new ApiBaseline(PathOfFile, s_frameworks).Write(s_frameworks[index % 2], lines));

        Assert.That(File.ReadAllLines(PathOfFile), Is.EqualTo(lines));
    }

    [Test]
    public void ApiChanges_without_baseline_reports_all_as_added() =>
        Assert.That(ApiChanges.Between(new ApiBaseline(PathOfFile, s_frameworks).Read("net10.0"), ["A -> class"]).Added, Is.EqualTo(["A -> class"]));

    [Test]
    public void ApiChanges_addition_is_described_as_not_breaking()
    {
        var changes = ApiChanges.Between(["A -> class", "A.Old() -> void"], ["A -> class", "A.New() -> void", "A.Old() -> void  [Obsolete(\"Use New.\")]"]);

        Assert.That(changes.Describe("Retell (net10.0)").Split('\n'), Is.EqualTo(
        [
            "Retell (net10.0): additions only (1 added, 1 with other attributes)",
            "+ added   A.New() -> void",
            "~ marked  A.Old() -> void  [Obsolete(\"Use New.\")]",
            "Nobody's code breaks. Accept with: dotnet test Retell.Generated.sln --filter Category=PublicApi -e RETELL_ACCEPT_API=additions",
        ]));
    }

    [Test]
    public void ApiChanges_removal_is_described_first_as_breaking()
    {
        var changes = ApiChanges.Between(["A -> class", "A.Do(int times) -> void", "A.Gone { get; } -> int  [Obsolete]"], ["A -> class", "A.Do(long times) -> void"]);

        Assert.That(changes.Describe("Retell (net10.0)").Split('\n')[..4], Is.EqualTo(
        [
            "Retell (net10.0): 2 REMOVED (breaking), 1 added, 0 with other attributes",
            "- REMOVED A.Do(int times) -> void",
            "- REMOVED A.Gone { get; } -> int  [Obsolete]",
            "+ added   A.Do(long times) -> void",
        ]));
        Assert.That(changes.Describe("Retell (net10.0)"), Does.EndWith("with: dotnet test Retell.Generated.sln --filter Category=PublicApi -e RETELL_ACCEPT_API=all"));
    }

    [Test]
    public void Broken_call_is_a_break_although_nothing_is_removed()
    {
        ApiChanges changes = ApiChanges.Between(["A -> class"], ["A -> class", "A.New() -> void"]) with { Broken = [new("A.Do(int times) -> void", "target.Do(new());", "CS0121: Ambiguous.")] };

        Assert.That((changes.IsNone, changes.IsBreaking), Is.EqualTo((false, true)));
        Assert.That(changes.Describe("Retell (net10.0)").Split('\n'), Is.EqualTo(
        [
            "Retell (net10.0): 1 calls BROKEN (breaking), 1 added, 0 with other attributes",
            "- BROKEN  target.Do(new()); (CS0121: Ambiguous.)",
            "+ added   A.New() -> void",
            "A broken call compiled against the recorded surface and does not compile now: give the new member another name or other parameters.",
            "Or accept the break for a major version with: dotnet test Retell.Generated.sln --filter Category=PublicApi -e RETELL_ACCEPT_API=all",
        ]));
    }

    [Test]
    public void ApiChanges_equal_surfaces_have_no_changes() => Assert.That(ApiChanges.Between(["A -> class"], ["A -> class"]).IsNone, Is.True);

    [Test]
    public void ApiChanges_long_description_is_truncated() =>
        Assert.That(
            ApiChanges.Between([], [.. Enumerable.Range(0, 300).Select(number => $"A{number} -> class")]).Describe("Retell").Split('\n'),
            Has.Length.EqualTo(203).And.Some.EqualTo("+ added   … and 100 more"));
}
