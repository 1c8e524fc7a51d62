using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;
using Retell.Spec.Emission;
using Retell.Spec.Naming;

namespace Retell.Spec.Model;

/// <summary>
/// Our own words for what the spec describes by its name alone. The overlay's table x-retell-descriptions gives them by
/// operation ("get /get-app/{app_id}"), by place ("#/components/schemas/App") or, for properties and parameters, by name ("app_id").
/// </summary>
internal static class Descriptions
{
    public const string Table = "x-retell-descriptions";

    /// <summary>One sentence for each operation, in the third person: what its methods say first.</summary>
    public const string Summaries = "x-retell-summaries";

    /// <summary>What each resource of the facade is about.</summary>
    public const string Resources = "x-retell-resources";

    public static void Apply(JObject document, ApiModel model, NameLock names)
    {
        foreach (ApiOperation operation in model.Operations)
        {
            operation.Summary = names.Lineage(operation.Key).Select(key => (string?)document[Summaries]?[key]).FirstOrDefault(text => text is not null);
            operation.ResourceDescription = (string?)document[Resources]?[operation.Resource];
        }

        if (document[Table] is not JObject table)
        {
            return;
        }

        foreach (ApiOperation operation in model.Operations)
        {
            operation.Description ??= names.Lineage(operation.Key).Select(key => Text(table, key)).FirstOrDefault(text => text is not null);
            foreach (Parameter parameter in operation.Parameters)
            {
                parameter.Description ??= Text(table, parameter.Name);
            }
        }

        (string Before, string Now)[] moved = [.. names.Moved.Select(move => (SpecPlace.OfOperation(move.Value) + "/", SpecPlace.OfOperation(move.Key) + "/"))];
        foreach (Definition definition in model.Definitions.Values)
        {
            definition.Description ??= TextAt(table, definition.Place, moved);
            List<Property> properties = definition switch
            {
                ObjectDefinition type => type.Properties,
                UnionDefinition type => type.Added,
                _ => [],
            };
            foreach (Property property in properties)
            {
                if (string.IsNullOrWhiteSpace(property.Description) || Lead.IsOnlyName(property.Description, property.JsonName))
                {
                    property.Description = TextAt(table, property.Place, moved) ?? Text(table, property.JsonName) ?? property.Description;
                }
            }
        }
    }

    /// <summary>The text for a place; what stands in an operation that moved is described where it stood.</summary>
    private static string? TextAt(JObject table, string place, (string Before, string Now)[] moved) =>
        Text(table, place)
            ?? moved.Where(move => place.StartsWith(move.Now, StringComparison.Ordinal))
                .Select(move => Text(table, move.Before + place[move.Now.Length..]))
                .FirstOrDefault(text => text is not null);

    private static string? Text(JObject table, string key) => (string?)table[key];
}
