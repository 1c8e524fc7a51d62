namespace Retell.Tests.Build;

/// <summary>A person clones the repository on a machine that has the SDK and nothing else, and runs one command.</summary>
[Category("Build")]
[Parallelizable]
public class FreshCloneTests
{
    [Test]
    public void Quickstart_in_fresh_clone_builds_and_runs()
    {
        using var clone = new RepositoryCopy();
        CommandResult run = CommandResult.Dotnet(
            clone.Root,
            ["run", "--project", "src/Retell.Cli", "--", "quickstart"],
            [("NUGET_PACKAGES", clone.Beside("packages")), BuildRun.WithoutAnalyzers, .. CompilerServer.Variables]);
        if (run.Everything.Contains("NU1301", StringComparison.Ordinal))
        {
            Assert.Ignore("No package source can be reached from here.");
        }

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        Assert.That(run.Messages("warning"), Is.Empty);
        Assert.That(run.Output, Does.Contain("/v2/create-phone-call").And.Match(@"Retell\w+Exception").And.Contain("Done."));
        Assert.That(clone.Beside("packages", "nswag.msbuild"), Does.Exist, "NSwag came with the restore");
    }
}
