using Retell.Tests.Build;

namespace Retell.Tests.Readme;

/// <summary>The programs of tests/Retell.Samples run, and the guides show their code.</summary>
[Parallelizable]
internal sealed class SampleTests
{
    private static IEnumerable<TestCaseData> Blocks => Guide.All.SelectMany(guide => guide.Sections).SelectMany(section => section.Blocks
        .Where(block => block.Sample is not null)
        .Select(block => new TestCaseData(block.Code, block.Sample).SetArgDisplayNames(section.Guide, section.Title, block.Sample!)));

    private static IEnumerable<TestCaseData> Samples => ExpectedOutput.Of.Select(sample => new TestCaseData(sample.Key, sample.Value).SetArgDisplayNames(sample.Key));

    [TestCaseSource(nameof(Blocks))]
    public void Guide_shows_the_code_of_the_sample(string code, string sample)
    {
        string[] place = sample.Split('#');
        var source = new SampleSource(place[0]);
        string[] shown = code.ReplaceLineEndings("\n").Split('\n');

        Assert.That(source.Region(place[1]), Is.Not.Null, $"{place[0]} has no region {place[1]}.");
        Assert.That(SampleSource.WithoutUsings(shown), Is.EqualTo(SampleSource.WithoutUsings(source.Region(place[1])!)));
        Assert.That(SampleSource.UsingsOf(shown), Is.SubsetOf(source.Usings));
    }

    [TestCaseSource(nameof(Samples))]
    public void Sample_runs_and_prints_what_it_did(string name, string[] expected)
    {
        CommandResult run = Run(name);

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        Assert.That(expected.Where(line => !run.Output.Contains(line, StringComparison.Ordinal)), Is.Empty, run.Everything);
    }

    [Test]
    public void Samples_without_a_name_lists_them()
    {
        CommandResult run = Run();

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(
            run.Output.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0]),
            Is.EqualTo(ExpectedOutput.Of.Keys));
    }

    [Test]
    public void Samples_with_an_unknown_name_is_an_error([Values("nope", "first-call extra")] string arguments)
    {
        CommandResult run = Run(arguments.Split(' '));

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.StartWith($"There is no sample \"{arguments}\".").And.Contain("first-call, webhooks"));
    }

    private static CommandResult Run(params string[] arguments)
    {
        using var folder = new TempFolder();
        return CommandResult.Dotnet(folder.Root, [Path.Combine(AppContext.BaseDirectory, "Retell.Samples.dll"), .. arguments]);
    }
}
