using System.Text.RegularExpressions;
using Retell.Tests.Support;

namespace Retell.Tests.Build;

/// <summary>The repository as a clone would have it, in a folder of its own where a test may change what it likes.</summary>
internal sealed partial class RepositoryCopy : IDisposable
{
    private readonly TempFolder _folder = new();

    public RepositoryCopy()
    {
        CommandResult files = CommandResult.Run("git", Repository.Root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        Assert.That(files.ExitCode, Is.Zero, files.Error);
        foreach (string file in files.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Repository.PathOf(file))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
            File.Copy(Repository.PathOf(file), PathOf(file));
        }
    }

    /// <summary>Removes all tests but those of the public API.</summary>
    public void Trim()
    {
        foreach (string folder in Directory.GetDirectories(PathOf("tests", "Retell.Tests")).Where(folder => Path.GetFileName(folder) is not ("PublicApi" or "Support")))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public string Root => _folder.PathOf("clone");

    public string PathOf(params string[] parts) => _folder.PathOf(["clone", .. parts]);

    public string Write(string name, string text) => _folder.Write(Path.Combine("clone", name), text);

    /// <summary>A path beside the copy.</summary>
    public string Beside(params string[] parts) => _folder.PathOf(parts);

    public void Dispose() => _folder.Dispose();
}

/// <summary>Runs dotnet build and reads its log.</summary>
internal static partial class BuildRun
{
    /// <summary>The sources of the repository were analysed when the tests were built.</summary>
    public static readonly (string Name, string? Value) WithoutAnalyzers = ("RunAnalyzers", "false");

    /// <summary>On one node unless the arguments say otherwise: other tests keep the cores busy, and each node warms up anew.</summary>
    public static CommandResult Build(string folder, string project, params string[] arguments) =>
        CommandResult.Dotnet(folder, ["build", project, "-nologo", "-nodeReuse:false", "-maxCpuCount:1", "-verbosity:minimal", "--tl:off", .. arguments], CompilerServer.Variables);

    public static CommandResult AssertSucceeded(this CommandResult result)
    {
        Assert.That(result.ExitCode, Is.Zero, result.Everything);
        Assert.That(result.Messages("warning"), Is.Empty);
        return result;
    }

    /// <summary>The errors or warnings, each once (the summary repeats them) and without the project they came from.</summary>
    public static IReadOnlyList<string> Messages(this CommandResult result, string kind) =>
        [.. result.Everything.Split('\n').Distinct().Select(line => Message().Match(line)).Where(match => match.Groups["kind"].Value == kind).Select(match => match.Groups["text"].Value.Trim())];

    /// <summary>The lines that say that code was generated.</summary>
    public static IReadOnlyList<string> NSwagLines(this CommandResult result) =>
        [.. result.Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("NSwag: ", StringComparison.Ordinal))];

    [GeneratedRegex(@"(^|: )(?<kind>error|warning) (?<text>[A-Z]+\d+: .*?)( \[[^\[\]]*proj(::[^\]]*)?\])?\s*$")]
    private static partial Regex Message();
}
