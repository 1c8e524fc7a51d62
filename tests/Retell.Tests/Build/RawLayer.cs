using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Retell.Spec;
using Retell.Tests.PublicApi;
using Retell.Tests.SpecTool;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.Build;

/// <summary>
/// The raw layer of this repository, generated from another document. It is compiled in this process, for .NET 10 and with
/// the settings of the project: a build of its own for each document would take most of the time of the tests.
/// </summary>
internal sealed class RawLayer
{
    private static readonly CSharpParseOptions s_language = new(
        LanguageVersion.Latest, DocumentationMode.Diagnose, preprocessorSymbols: ["NET", "NET8_0_OR_GREATER", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER"]);

    // Two documents have most generated files in common.
    private static readonly ConcurrentDictionary<(string Path, string Text), SyntaxTree> s_trees = new();

    private static readonly Lazy<SyntaxTree[]> s_runtime = new(() =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("src", "Retell.Generated", "Runtime"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != "Unions").Select(file => Parse(file, File.ReadAllText(file))),
        Usings,
    ]);

    /// <summary>The unions that are declared by hand, by their names.</summary>
    private static readonly Lazy<Dictionary<string, SyntaxTree>> s_unions = new(() =>
        Directory.EnumerateFiles(Repository.PathOf("src", "Retell.Generated", "Runtime", "Unions"), "*.cs").ToDictionary(
            file => Path.GetFileNameWithoutExtension(file),
            file => Parse(file, File.ReadAllText(file))));

    private static readonly Lazy<MetadataReference[]> s_references = new(() =>
        [.. Platform(name => name.StartsWith("System.", StringComparison.Ordinal) || name is "Microsoft.Win32.Primitives.dll" or "netstandard.dll" or "mscorlib.dll" or "Newtonsoft.Json.dll")]);

    private RawLayer(GeneratedCode code, byte[] assembly) => (Code, Image) = (code, assembly);

    /// <summary>The namespaces that every file of the SDK sees.</summary>
    public static SyntaxTree Usings =>
        Parse(
            "Usings.cs",
            string.Concat(new[] { "", ".Collections.Generic", ".IO", ".Linq", ".Net.Http", ".Threading", ".Threading.Tasks" }.Select(name => $"global using System{name};\n")));

    public static MetadataReference[] References => s_references.Value;

    public static CSharpCompilationOptions Options { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,

        // Other fixtures keep the cores busy.
        concurrentBuild: false,

        // An assembly that was built against an earlier .NET; every project leaves these out.
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    public GeneratedCode Code { get; }

    public byte[] Image { get; }

    public MetadataReference Reference => MetadataReference.CreateFromImage(Image);

    /// <summary>The generated models.</summary>
    public string Models =>
        string.Concat(
            Code.Files.Where(file => file.Key.StartsWith("Models/", StringComparison.Ordinal)).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value));

    /// <summary>Generates and compiles it; a warning is an error.</summary>
    /// <param name="input">The document.</param>
    /// <param name="friends">The assemblies that see what is internal.</param>
    public static RawLayer Compile(NormalizeInput input, params string[] friends)
    {
        GeneratedCode code = GeneratedCode.Of(input);
        var compilation = CSharpCompilation.Create(
            "Retell.Generated",
            [
                .. s_runtime.Value,
                .. s_unions.Value.Where(union => code.Files.ContainsKey($"Unions/{union.Key}.g.cs")).Select(union => union.Value),
                .. code.Files.Where(file => file.Key.Split('/')[0] is "Models" or "Clients" or "Unions").Select(file => Parse(file.Key, file.Value)),
                Parse("Friends.cs", string.Concat(friends.Select(friend => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{friend}\")]\n"))),
            ],
            References,
            Options);
        return new RawLayer(code, Emit(compilation));
    }

    /// <summary>Compiles; a warning is an error.</summary>
    public static byte[] Emit(CSharpCompilation compilation)
    {
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString()).Take(20), Is.Empty);
        return assembly.ToArray();
    }

    /// <summary>Assemblies that these tests run with.</summary>
    public static IEnumerable<MetadataReference> Platform(Func<string, bool> isWanted) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file => isWanted(Path.GetFileName(file)))
            .Select(file => MetadataReference.CreateFromFile(file));

    /// <summary>What others can compile against, without attributes.</summary>
    public IReadOnlyList<string> Surface() => SurfaceOf(new AssemblyLoadContext("Another document").LoadFromStream(new MemoryStream(Image)));

    public static IReadOnlyList<string> SurfaceOf(Assembly assembly) => [.. ApiSurface.Of(assembly).Select(ApiSurface.Signature)];

    public static SyntaxTree Parse(string path, string text) => s_trees.GetOrAdd((path, text), file => CSharpSyntaxTree.ParseText(file.Text, s_language, file.Path));
}
