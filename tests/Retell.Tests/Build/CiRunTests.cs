using Retell.Tests.Support;

namespace Retell.Tests.Build;

/// <summary>What .ci/run says of the results, with a dotnet that only leaves them.</summary>
internal sealed class CiRunTests
{
    private const string Dotnet = """
        #!/usr/bin/env bash
        if [ "$1" = test ]; then
          cp "$(dirname "$0")"/*.trx "$RetellTestResults"
          for package in Retell Retell.Spec Retell.SpecTool; do echo "<package name=\"$package\" line-rate=\"0.95\">"; done > "$RetellTestResults/coverage.cobertura.xml"
        fi
        exit 0
        """;

    [Test]
    public void CiRun_with_skipped_tests_names_and_counts_them()
    {
        string[] lines = Run(
            (
                "One",
                """<UnitTestResult testName="A_passes" outcome="Passed" /><UnitTestResult testName="B(&quot;x&quot;)" outcome="NotExecuted" /><Counters total="2" passed="1" failed="0" error="0" timeout="0" aborted="0" notExecuted="0" />"""),
            (
                "Two",
                """<UnitTestResult testName="C" outcome="NotExecuted" /><UnitTestResult testName="D" outcome="Passed" /><Counters total="2" passed="1" failed="0" error="0" timeout="0" aborted="0" notExecuted="0" />"""));

        Assert.That(lines, Does.Contain("skipped: One: B(\"x\")").And.Contain("skipped: Two: C"));
        Assert.That(lines[^2..], Is.EqualTo(new[] { "2 skipped", "2 passed, 0 failed" }));
    }

    [Test]
    public void CiRun_without_skipped_tests_prints_0_skipped()
    {
        string[] lines = Run(
            (
                "One",
                """<UnitTestResult testName="A" outcome="Passed" /><UnitTestResult testName="B" outcome="Failed" /><Counters total="2" passed="1" failed="1" error="0" timeout="0" aborted="0" />"""));

        Assert.That(lines, Does.Contain("failed: One: B").And.None.StartWith("skipped:"));
        Assert.That(lines[^2..], Is.EqualTo(new[] { "0 skipped", "1 passed, 1 failed" }));
    }

    private static string[] Run(params (string Project, string Results)[] projects)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The script is for bash.");
            return [];
        }

        using var folder = new TempFolder();
        string tools = Directory.CreateDirectory(Path.Combine(folder.Root, "tools")).FullName;
        Directory.CreateDirectory(Path.Combine(folder.Root, ".ci"));
        File.Copy(Repository.PathOf(".ci", "run"), Path.Combine(folder.Root, ".ci", "run"));
        File.WriteAllText(Path.Combine(tools, "dotnet"), Dotnet);
        File.SetUnixFileMode(Path.Combine(tools, "dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach ((string project, string results) in projects)
        {
            string place = Directory.CreateDirectory(Path.Combine(folder.Root, "tests", project)).FullName;
            File.WriteAllText(Path.Combine(place, project + ".csproj"), "<Project/>");
            File.WriteAllText(Path.Combine(tools, project + ".trx"), results.Replace("/><", "/>\n<", StringComparison.Ordinal));
        }

        CommandResult result = CommandResult.Run("bash", folder.Root, [Path.Combine(folder.Root, ".ci", "run")], ("PATH", $"{tools}:{Environment.GetEnvironmentVariable("PATH")}"));
        return result.Output.TrimEnd().Split('\n');
    }
}
