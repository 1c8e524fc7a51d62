using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Retell.SpecTool.Check;

/// <summary>The syntax of the hand-written code. Nothing is compiled, so code that does not compile yet is read as well.</summary>
internal static class CSharpSource
{
    // The code as it is compiled for .NET; what only netstandard2.0 needs calls no other operations.
    private static readonly CSharpParseOptions s_options = new CSharpParseOptions(LanguageVersion.Preview).WithPreprocessorSymbols(
        "NET",
        "NET8_0_OR_GREATER",
        "NET9_0_OR_GREATER",
        "NET10_0_OR_GREATER",
        "NET10_0");

    public static CompilationUnitSyntax Read(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file), s_options, file).GetCompilationUnitRoot();

    /// <summary>Returns the name of a type without its namespace and type arguments.</summary>
    public static string NameOf(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        _ => type.ToString(),
    };
}
