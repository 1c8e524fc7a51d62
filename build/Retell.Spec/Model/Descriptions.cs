using Newtonsoft.Json.Linq;

namespace Retell.Spec.Model;

/// <summary>
/// Our own words for what the spec describes by its name alone. The overlay's table x-retell-descriptions gives them by
/// operation ("get /get-app/{app_id}"), by place ("#/components/schemas/App") or, for properties, by name ("app_id").
/// </summary>
internal static class Descriptions
{
    public const string Table = "x-retell-descriptions";

    /// <summary>One sentence for each operation, in the third person: what its methods say first.</summary>
    public const string Summaries = "x-retell-summaries";

    /// <summary>What each resource of the facade is about.</summary>
    public const string Resources = "x-retell-resources";

    public static void Apply(JObject document, ApiModel model)
    {
        foreach (ApiOperation operation in model.Operations)
        {
            operation.Summary = (string?)document[Summaries]?[operation.Key];
            operation.ResourceDescription = (string?)document[Resources]?[operation.Resource];
        }

        if (document[Table] is not JObject table)
        {
            return;
        }

        foreach (ApiOperation operation in model.Operations)
        {
            operation.Description ??= Text(table, operation.Key);
        }

        foreach (Definition definition in model.Definitions.Values)
        {
            definition.Description ??= Text(table, definition.Place);
            List<Property> properties = definition switch
            {
                ObjectDefinition type => type.Properties,
                UnionDefinition type => type.Added,
                _ => [],
            };
            foreach (Property property in properties)
            {
                property.Description ??= Text(table, property.Place) ?? Text(table, property.JsonName);
            }
        }
    }

    private static string? Text(JObject table, string key) => (string?)table[key];
}
