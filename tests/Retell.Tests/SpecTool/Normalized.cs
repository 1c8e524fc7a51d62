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

    /// <summary>What is worth knowing and leaves nothing to do.</summary>
    public IReadOnlyList<string> Remarks => Model.Remarks;

    public JObject Schemas => (JObject)Document["components"]!["schemas"]!;

    /// <summary>The type that stands for a schema of the document, or for an inline one at a place under components.</summary>
    public JObject Of(string place) => (JObject)Schemas[Model.Definitions[Components + place].TypeName]!;

    public JObject Property(string place, string name) => (JObject)Of(place)["properties"]![name]!;

    public IEnumerable<string> PropertiesOf(string place) => ((JObject)Of(place)["properties"]!).Properties().Select(property => property.Name);

    public IEnumerable<string?> RequiredOf(string place) => (Of(place)["required"] ?? new JArray()).Select(name => (string?)name);

    /// <summary>The members that are preset, with their values.</summary>
    public IEnumerable<string> ConstantsOf(string place) => ((JObject)Of(place)["properties"]!).Properties()
        .Where(member => member.Value["x-retell-constant"] is not null)
        .Select(member => $"{member.Name} = {member.Value["x-retell-constant"]}");

    public JObject Operation(string method, string path) => (JObject)Document["paths"]![path]![method]!;

    /// <summary>The name of the schema that a value refers to; null where it refers to none.</summary>
    public static string? Reference(JToken? value) => ((string?)(value?["$ref"] ?? (value?["allOf"] as JArray)?[0]["$ref"]))?[Components.Length..];

    /// <summary>What x-retell-value says, from the outside in: <c>list nullable integer</c>, <c>map Thing?</c>.</summary>
    public static string Value(JToken? facts) => facts is null ? "nothing"
        : string.Join(' ', [.. (facts["in"] ?? new JArray()).Values<string>(), (string?)(facts["schema"] ?? facts["kind"])])
            + ((bool?)facts["nullable"] == true ? "?" : string.Empty);

    /// <summary>The arguments of an operation in their order: where each goes, its JSON name, its C# name, its value, and whether it may be left out.</summary>
    public static IEnumerable<string> Arguments(JObject operation) => (operation["x-retell-arguments"] ?? new JArray())
        .Select(
            argument =>
                string.Join(
                    ' ',
                    new[]
                    {
                        (string?)argument["in"],
                        (string?)argument["json"],
                        (string?)argument["name"],
                        Value(argument["value"]),
                        (bool?)argument["optional"] == true ? "= null" : null,
                    }.Where(part => part is not null)));

    /// <summary>The variant for each value of the discriminator: <c>cat=PetCat</c>.</summary>
    public static IEnumerable<string> Tags(JObject union) => (union["discriminator"]?["mapping"] as JObject ?? []).Properties()
        .Select(tag => $"{tag.Name}={((string)tag.Value!)[Components.Length..]}");

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
