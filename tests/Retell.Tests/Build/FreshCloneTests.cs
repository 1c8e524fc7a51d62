namespace Retell.Tests.Build;

/// <summary>A person clones the repository on a machine that has the SDK and nothing else, and runs one command.</summary>
[Category("Build")]
[NonParallelizable]
public class FreshCloneTests
{
    [Test]
    public void TheFirstCommandOfTheReadmeMakesTheFirstCalls()
    {
        using var clone = new RepositoryCopy();
        Assert.That(clone.PathOf("build", "nswag", "node_modules"), Does.Not.Exist);

        CommandResult run = CommandResult.Dotnet(
            clone.Root,
            ["run", "--project", "src/Retell.Cli", "--", "quickstart"],
            ("NUGET_PACKAGES", clone.Beside("packages")),
            ("DOTNET_CLI_HOME", clone.Beside("home")));
        if (run.Everything.Contains("NU1301", StringComparison.Ordinal))
        {
            Assert.Ignore("No package source can be reached from here.");
        }

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        Assert.That(run.Messages("warning"), Is.Empty);
        Assert.That(run.Output, Does.Contain("/v2/create-phone-call"));
        Assert.That(run.Output, Does.Contain("RetellNotFoundException").Or.Contain("Exception"));
    }
}
