using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Emission;
using Retell.Spec.Model;
using Retell.Tests.Build;

namespace Retell.Tests.SpecTool;

/// <summary>What the tool makes of a document: the names it gives and the document that NSwag reads.</summary>
internal sealed record Normalized(ApiModel Model, JObject Document, IReadOnlyList<string> Notes)
{
    private const string Components = "#/components/schemas/";

    /// <summary>The C# name of each place of the document.</summary>
    public IReadOnlyDictionary<string, string> Names { get; } =
        Model.Definitions.Values.ToDictionary(definition => Short(definition.Place), definition => definition.Name!, StringComparer.Ordinal);

    public JObject Schemas => (JObject)Document["components"]!["schemas"]!;

    /// <summary>The type that stands for a schema of the document, or for an inline one at a place under components.</summary>
    public JObject Of(string place) => (JObject)Schemas[Model.Definitions[Components + place].TypeName]!;

    public JObject Property(string place, string name) => (JObject)Of(place)["properties"]![name]!;

    public IEnumerable<string> PropertiesOf(string place) => ((JObject)Of(place)["properties"]!).Properties().Select(property => property.Name);

    public IEnumerable<string?> RequiredOf(string place) => (Of(place)["required"] ?? new JArray()).Select(name => (string?)name);

    public JObject Operation(string method, string path) => (JObject)Document["paths"]![path]![method]!;

    /// <summary>A document with these schemas and no operations.</summary>
    public static Normalized OfSchemas(string schemas, string? overlay = null, params (string Place, string Name)[] recorded) =>
        Of(Yaml.Document(schemas), overlay is null ? null : Yaml.Overlay(overlay), recorded);

    public static Normalized Of(string spec, string? overlay = null, params (string Place, string Name)[] recorded)
    {
        using var folder = new TempFolder();
        return Of(new NormalizeInput(
            folder.Write("api.yaml", spec),
            overlay is null ? null : folder.Write("overlay.yaml", overlay),
            recorded.Length == 0 ? folder.PathOf("names.yaml") : folder.Write("names.yaml", Yaml.Lock(recorded))));
    }

    public static Normalized Of(NormalizeInput input)
    {
        var notes = new List<string>();
        (ApiModel model, _) = NormalizeCommand.Load(input, notes);
        return new Normalized(model, NormalizedDocument.Build(model), notes);
    }

    /// <summary>The complaint about input that has to be mended.</summary>
    public static SpecError Refusal(string spec, string? overlay = null, string? names = null)
    {
        using var folder = new TempFolder();
        var input = new NormalizeInput(
            folder.Write("api.yaml", spec),
            overlay is null ? null : folder.Write("overlay.yaml", overlay),
            names is null ? folder.PathOf("names.yaml") : folder.Write("names.yaml", names));
        return Assert.Throws<SpecError>(() => Of(input))!;
    }

    private static string Short(string place) => place.StartsWith(Components, StringComparison.Ordinal) ? place[Components.Length..] : place;
}
