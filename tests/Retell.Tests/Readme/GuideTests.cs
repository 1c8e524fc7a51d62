using System.Text.RegularExpressions;
using Retell.Tests.Support;

namespace Retell.Tests.Readme;

/// <summary>What the guides name is there.</summary>
[Parallelizable]
internal sealed partial class GuideTests
{
    private static IEnumerable<Guide> Guides => Guide.All;

    [Test]
    public void Package_has_a_README_of_its_own(
        [Values("Retell", "Retell.Generated", "Retell.AI", "Retell.AspNetCore", "Retell.Workspaces", "Retell.Testing", "Retell.Cli")] string package) =>
        Assert.That(Guides.Select(guide => guide.Path), Does.Contain($"src/{package}/README.md"));

    /// <summary>On nuget.org a link into the repository leads nowhere.</summary>
    [TestCaseSource(nameof(Guides))]
    public void Link_of_a_guide_leads_somewhere(Guide guide)
    {
        string[] anchors = [.. Headings().Matches(guide.Text).Select(match => Anchor(match.Groups[1].Value))];
        string folder = Path.GetDirectoryName(Repository.PathOf(guide.Path))!;
        IEnumerable<string> dead = Links().Matches(guide.Text).Select(match => match.Groups[1].Value).Where(link => link switch
        {
            ['#', .. var anchor] => !anchors.Contains(anchor),
            _ when link.StartsWith("https://", StringComparison.Ordinal) => false,
            _ => guide.IsOfPackage || !Path.Exists(Path.Combine(folder, link.Split('#')[0])),
        });

        Assert.That(dead, Is.Empty);
    }

    [TestCaseSource(nameof(Guides))]
    public void Path_in_a_guide_exists(Guide guide) =>
        Assert.That(Paths().Matches(guide.Text).Select(match => match.Groups[1].Value).Where(path => !Path.Exists(Repository.PathOf(path))), Is.Empty);

    [Test]
    public void README_has_the_test_command_of_the_CI_run()
    {
        string[] lines = Guide.All.Single(guide => guide.Path == "README.md").Text.Split('\n');
        string[] commands = [.. lines.Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal)).Select(line => line.Split('#')[0].Trim())];

        Assert.That(commands[..2], Is.EqualTo(new[] { "dotnet run --project src/Retell.Cli -- quickstart", "dotnet test Retell.Generated.sln" }));
        Assert.That(File.ReadAllLines(Repository.PathOf(".ci", "run")), Does.Contain(commands[1]));
    }

    /// <summary>The anchor that a heading gets on GitHub.</summary>
    private static string Anchor(string heading) => NotInAnchors().Replace(heading.Trim(), "").Replace(' ', '-').ToLowerInvariant();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"`((?:src|build|openapi|tests|\.ci|\.github)/[\w./-]*)")]
    private static partial Regex Paths();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
