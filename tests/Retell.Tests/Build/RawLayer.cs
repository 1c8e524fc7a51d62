using System.Reflection;
using System.Runtime.Loader;
using Retell.Tests.PublicApi;
using Retell.Tests.Support;

namespace Retell.Tests.Build;

/// <summary>The raw layer of this repository, built from another document with all output in a folder of its own.</summary>
internal sealed class RawLayer
{
    private readonly TempFolder _folder;
    private readonly string _output;

    private RawLayer(TempFolder folder, string output) => (_folder, _output) = (folder, output);

    /// <summary>The generated models.</summary>
    public string Models => File.ReadAllText(_folder.PathOf(_output, "generated", "Retell.Models.g.cs"));

    /// <summary>Builds it for one framework, or for all. A file of retained members that is not there is none.</summary>
    public static RawLayer Build(TempFolder folder, string spec, string overlay, string names, string? retained = null, string? framework = null, string output = "artifacts")
    {
        // The recorded names are a copy: whatever happens, those of the repository stay as they are.
        string copy = File.Exists(names) ? folder.Write(Path.Combine(output, "names.yaml"), File.ReadAllText(names)) : names;
        string[] onlyFor = framework is null ? [] : ["--framework", framework];
        BuildRun.Build(
            Repository.Root,
            "src/Retell.Generated",
            [
                "--artifacts-path", folder.PathOf(output), "-p:RunAnalyzers=false", $"-p:RetellSpec={spec}", $"-p:RetellOverlay={overlay}", $"-p:RetellNames={copy}",
                $"-p:RetellRetained={retained ?? folder.PathOf("no-retained.yaml")}", .. onlyFor,
            ]).AssertSucceeded();
        return new RawLayer(folder, output);
    }

    public string Assembly(string framework) => _folder.PathOf(_output, "bin", "Retell.Generated", $"debug_{framework}", "Retell.Generated.dll");

    /// <summary>What others can compile against, without attributes.</summary>
    public IReadOnlyList<string> Surface() => SurfaceOf(new AssemblyLoadContext(_output).LoadFromAssemblyPath(Assembly("net10.0")));

    public static IReadOnlyList<string> SurfaceOf(Assembly assembly) => [.. ApiSurface.Of(assembly).Select(ApiSurface.Signature)];
}
