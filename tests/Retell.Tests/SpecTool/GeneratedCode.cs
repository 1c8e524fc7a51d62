using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Retell.Spec;
using Retell.Tests.Build;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.SpecTool;

/// <summary>What NSwag and the templates make of a small document, as the build runs them.</summary>
internal sealed class GeneratedCode
{
    private GeneratedCode(IReadOnlyDictionary<string, string> files) => Files = files;

    /// <summary>The text of each file, under its path such as <c>Models/Thing.g.cs</c>.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    public static GeneratedCode Of(string spec)
    {
        using var folder = new TempFolder();
        return Of(new NormalizeInput(folder.Write("api.yaml", spec), null, folder.PathOf("names.yaml")));
    }

    public static GeneratedCode Of(NormalizeInput input)
    {
        using var folder = new TempFolder();
        (string document, string clients, string models, string list) = (
            folder.PathOf("retell.nswag.json"),
            folder.PathOf("Clients.txt"),
            folder.PathOf("Models.txt"),
            folder.PathOf("sources.txt"));
        NormalizeCommand.Run(input, document, writeNames: false, TextWriter.Null);

        // NSwag splits its variables at commas and equals signs: a relative path has none.
        NSwagTool.Run("run", Repository.PathOf("nswag.json"), $"/variables:Input={Relative(document)},Clients={Relative(clients)},Models={Relative(models)}");

        string output = Directory.CreateDirectory(folder.PathOf("code")).FullName;
        SplitCommand.Run([clients, models], output, list, TextWriter.Null);
        return new GeneratedCode(File.ReadAllLines(list).ToDictionary(name => name, name => File.ReadAllText(Path.Combine(output, name)), StringComparer.Ordinal));
    }

    public string Model(string name) => Files[$"Models/{name}.g.cs"];

    public string Client(string resource) => Files[$"Clients/{resource}Client.g.cs"];

    public string Resource(string name) => Files[$"Resources/{name}Resource.g.cs"];

    /// <summary>The declaration of a property, without its attributes and documentation.</summary>
    public string Property(string model, string name) => Flat(PropertySyntax(model, name).WithAttributeLists([]));

    /// <summary>The text that a property of an enumeration is initialised with.</summary>
    public string EnumValue(string model, string name) =>
        ((LiteralExpressionSyntax)((ObjectCreationExpressionSyntax)PropertySyntax(model, name).Initializer!.Value).ArgumentList!.Arguments.Single().Expression).Token.ValueText;

    /// <summary>The documentation above the class, interface or struct of a model, or above one of its properties.</summary>
    public string Documentation(string model, string? property = null)
    {
        MemberDeclarationSyntax member = property is null ? TypeSyntax(model) : PropertySyntax(model, property);
        return string.Join('\n', member.GetLeadingTrivia().ToFullString().Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("///", StringComparison.Ordinal)));
    }

    /// <summary>The attributes of a model, or of one of its properties.</summary>
    /// <summary>The attributes of a type or property, without the converter that every type has.</summary>
    public IEnumerable<string> Attributes(string model, string? property = null) =>
        (property is null ? TypeSyntax(model) : (MemberDeclarationSyntax)PropertySyntax(model, property)).AttributeLists.Select(Flat)
            .Where(attribute => !attribute.Contains("RetellJsonConverter", StringComparison.Ordinal));

    /// <summary>The line that tells the codec of a member.</summary>
    public string Shape(string model, string name) => Model(model).Split('\n').Single(line => line.Contains($"nameof({name})", StringComparison.Ordinal)).Trim();

    /// <summary>The signatures of the methods of a client or a resource.</summary>
    public static IEnumerable<string> Methods(string code) => CSharpSyntaxTree.ParseText(code).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
        .Select(method => $"{Flat(method.ReturnType)} {method.Identifier}{Flat(method.ParameterList)}");

    private TypeDeclarationSyntax TypeSyntax(string model) =>
        CSharpSyntaxTree.ParseText(Model(model)).GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().First(type => type.Identifier.ValueText == model);

    private PropertyDeclarationSyntax PropertySyntax(string model, string name) =>
        TypeSyntax(model).Members.OfType<PropertyDeclarationSyntax>().Single(property => property.Identifier.ValueText == name && property.ExplicitInterfaceSpecifier is null);

    private static string Flat(Microsoft.CodeAnalysis.SyntaxNode node) => string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);
}
