using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Retell.Spec;
using Retell.Tests.SpecTool;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.Build;

/// <summary>Raw layer and facade of this repository, generated from another document and compiled in this process with the settings of their projects.</summary>
internal sealed class SdkLayers
{
    private static readonly Lazy<SyntaxTree[]> s_facade = new(() =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("src", "Retell"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Repository.PathOf("src", "Retell"), file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Append(GeneratedLog)
            .Select(file => RawLayer.Parse(file, File.ReadAllText(file))),
        RawLayer.Usings,
    ]);

    private static readonly Lazy<MetadataReference[]> s_packages = new(() =>
    [
        .. RawLayer.Platform(
            name => name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name.StartsWith("Polly.", StringComparison.Ordinal) || name == "JsonSubTypes.dll"),
    ]);

    /// <summary>The log methods, which a generator of the framework wrote when the facade was built; here no generator runs.</summary>
    private static string GeneratedLog => Directory.EnumerateFiles(Repository.PathOf("src", "Retell", "obj"), "LoggerMessage.g.cs", SearchOption.AllDirectories)
        .Where(file => file.Contains("net10.0", StringComparison.Ordinal))
        .OrderBy(File.GetLastWriteTimeUtc)
        .Last();

    private readonly RawLayer _raw;
    private readonly byte[] _facade;

    private SdkLayers(RawLayer raw, byte[] facade) => (_raw, _facade) = (raw, facade);

    /// <summary>Generates and compiles both; a warning is an error.</summary>
    public static SdkLayers Compile(NormalizeInput input)
    {
        var raw = RawLayer.Compile(input, "Retell");
        var compilation = CSharpCompilation.Create(
            "Retell",
            [.. s_facade.Value, .. raw.Code.Files.Where(file => file.Key.Split('/')[0] is "Resources").Select(file => RawLayer.Parse(file.Key, file.Value))],
            [.. RawLayer.References, .. s_packages.Value, raw.Reference],
            RawLayer.Options.WithSpecificDiagnosticOptions(
                [.. RawLayer.Options.SpecificDiagnosticOptions, new("CS0612", ReportDiagnostic.Suppress), new("CS0618", ReportDiagnostic.Suppress)]));
        return new SdkLayers(raw, RawLayer.Emit(compilation));
    }

    /// <summary>What others can compile against in the facade, without attributes.</summary>
    public IReadOnlyList<string> Facade()
    {
        var context = new AssemblyLoadContext("Another SDK");
        context.LoadFromStream(new MemoryStream(_raw.Image));
        return RawLayer.SurfaceOf(context.LoadFromStream(new MemoryStream(_facade)));
    }

    /// <summary>Compiles code of a caller against both, and loads all three.</summary>
    public Assembly Load(string code)
    {
        var compilation = CSharpCompilation.Create(
            "Caller",
            [RawLayer.Parse("Caller.cs", code), RawLayer.Usings],
            [.. RawLayer.References, .. s_packages.Value, _raw.Reference, MetadataReference.CreateFromImage(_facade)],
            RawLayer.Options.WithSpecificDiagnosticOptions([.. RawLayer.Options.SpecificDiagnosticOptions, new("CS1591", ReportDiagnostic.Suppress)]));
        var context = new AssemblyLoadContext("Another SDK");
        context.LoadFromStream(new MemoryStream(_raw.Image));
        context.LoadFromStream(new MemoryStream(_facade));
        return context.LoadFromStream(new MemoryStream(RawLayer.Emit(compilation)));
    }
}
