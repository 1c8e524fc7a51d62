using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Retell.SpecTool.Check;

/// <summary>Reads the hand-written declarations of the discriminators: interface → tag or member → class.</summary>
internal static class UnionSource
{
    /// <summary>Where each union has a file of its name.</summary>
    public const string Folder = "src/Retell.Generated/Runtime/Unions";

    public static Dictionary<string, Dictionary<string, string>> Read(string root)
    {
        var unions = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        string path = Path.Combine(root, Folder);
        IEnumerable<string> files = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.cs").Order(StringComparer.Ordinal) : [];
        foreach (InvocationExpressionSyntax call in files.SelectMany(file => CSharpSource.Read(file).DescendantNodes().OfType<InvocationExpressionSyntax>()))
        {
            if (UnionOf(call) is not string union)
            {
                continue;
            }

            if (!unions.TryGetValue(union, out Dictionary<string, string>? variants))
            {
                unions[union] = variants = new Dictionary<string, string>(StringComparer.Ordinal);
            }

            if (Generic(call, "Is", "Has") is GenericNameSyntax variant)
            {
                foreach (string key in call.ArgumentList.Arguments.Select(argument => (argument.Expression as LiteralExpressionSyntax)?.Token.Value).OfType<string>())
                {
                    variants[key] = TypeOf(variant);
                }
            }
        }

        return unions;
    }

    /// <summary>Returns the interface of the chain Union.By&lt;…&gt;(…).Is&lt;…&gt;(…)… that a call belongs to.</summary>
    private static string? UnionOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax earlier } => UnionOf(earlier),
        MemberAccessExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: "Union" } } when Generic(call, "By", "ByMember") is GenericNameSyntax start =>
            TypeOf(start),
        _ => null,
    };

    private static GenericNameSyntax? Generic(InvocationExpressionSyntax call, params ReadOnlySpan<string> names) =>
        call.Expression is MemberAccessExpressionSyntax { Name: GenericNameSyntax { TypeArgumentList.Arguments.Count: 1 } name } && names.Contains(name.Identifier.ValueText)
            ? name
            : null;

    private static string TypeOf(GenericNameSyntax name) => CSharpSource.NameOf(name.TypeArgumentList.Arguments[0]);
}
