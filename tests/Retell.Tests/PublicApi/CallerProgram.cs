using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Retell.Tests.PublicApi;

/// <summary>Code that compiled against a recorded surface and does not compile any more.</summary>
internal sealed record BrokenCall(string Member, string Code, string Error);

/// <summary>
/// A program that uses everything in a recorded surface the way applications do: calls with positional, named and omitted
/// arguments, null, <c>new()</c>, lambdas, collection expressions, object initializers, patterns over unions. A line of
/// the surface says that a member is there; this says that the code that uses it still compiles.
/// </summary>
internal static class CallerProgram
{
    /// <summary>The namespaces that a new project imports by itself: a type of the SDK that has the name of one of theirs breaks every file that uses both.</summary>
    public static IReadOnlyList<string> Imported { get; } =
    [
        "System",
        "System.Collections.Generic",
        "System.IO",
        "System.Linq",
        "System.Net.Http",
        "System.Threading",
        "System.Threading.Tasks",
    ];

    private static readonly string[] s_allowed = ["CS0612", "CS0618", "CS0168", "CS0219", "CS1701", "CS1702"];

    /// <summary>Gets the assemblies that the tests run with, the SDK among them.</summary>
    public static IEnumerable<MetadataReference> Platform =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file));

    /// <summary>Compiles the program of a surface; a warning is an error, except that a member may have become obsolete.</summary>
    public static IReadOnlyList<BrokenCall> Compile(IEnumerable<string> surface, IEnumerable<MetadataReference> references)
    {
        (IReadOnlyList<string> text, IReadOnlyList<string?> members) = Write(surface);
        var compilation = CSharpCompilation.Create(
            "Callers",
            [CSharpSyntaxTree.ParseText(string.Join('\n', text), new CSharpParseOptions(LanguageVersion.Latest))],
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: s_allowed.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress))));
        return
        [
            .. compilation.GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Select(diagnostic => (Line: diagnostic.Location.GetLineSpan().StartLinePosition.Line, Diagnostic: diagnostic))
                .Select(item => new BrokenCall(members[item.Line] ?? string.Empty, text[item.Line].Trim(), $"{item.Diagnostic.Id}: {item.Diagnostic.GetMessage(null)}")),
        ];
    }

    /// <summary>The lines of the program, and for each of them the member that it uses.</summary>
    public static (IReadOnlyList<string> Text, IReadOnlyList<string?> Members) Write(IEnumerable<string> lines)
    {
        var surface = new RecordedSurface(lines);
        var code = new CallerCode(surface);
        List<string> text = [];
        List<string?> members = [];
        foreach (string name in Imported.Concat(surface.Namespaces).Distinct())
        {
            Append($"using {name};", null);
        }

        Append("internal static class Callers", null);
        Append("{", null);
        foreach (RecordedType type in surface.Types)
        {
            Method(type.Line, type.TypeParameters, type.Constraints, code.Of(type));
            foreach (RecordedMember member in type.Members)
            {
                string typeParameters = string.Join(", ", new[] { type.TypeParameters, member.TypeParameters }.Where(part => part.Length > 0).Select(part => part[1..^1]));
                Method(member.Line, typeParameters.Length > 0 ? $"<{typeParameters}>" : string.Empty, type.Constraints + member.Constraints, code.Of(type, member));
            }
        }

        Append("}", null);
        return (text, members);

        void Append(string line, string? member)
        {
            text.Add(line);
            members.Add(member);
        }

        void Method(string line, string typeParameters, string constraints, (string Variables, IReadOnlyList<string> Statements) body)
        {
            if (body.Statements.Count > 0)
            {
                Append($"    private static void Use{text.Count}{typeParameters}({body.Variables}){constraints}", line);
                Append("    {", line);
                foreach (string statement in body.Statements)
                {
                    Append("        " + statement, line);
                }

                Append("    }", line);
            }
        }
    }
}
