using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.Spec.Emission;

/// <summary>
/// Writes the API as a plain OpenAPI document that any reader takes and NSwag generates well from. Names and facts that
/// OpenAPI cannot say stand in x-retell- members, which the templates and the fake read: x-retell-doc is the content of an
/// XML documentation element. It holds no C#.
/// </summary>
internal static class NormalizedDocument
{
    public static string Write(ApiModel model) => Build(model).ToString(Formatting.Indented) + "\n";

    public static JObject Build(ApiModel model)
    {
        var paths = new JObject();
        ILookup<string, ApiOperation> ids = model.Operations.ToLookup(operation => operation.Id);
        foreach (ApiOperation operation in model.Operations)
        {
            if (paths[operation.Path] is not JObject item)
            {
                paths[operation.Path] = item = [];
            }

            item[operation.HttpMethod.ToLowerInvariant()] = OperationSchema.Of(operation, isIdShared: ids[operation.Id].Count() > 1);
        }

        var schemas = new JObject();
        var documentation = new Documentation(model);
        foreach (Definition definition in model.Generated)
        {
            schemas[definition.Name!] = DefinitionSchema.Of(definition, documentation);
        }

        IEnumerable<JObject> tags = model.Operations
            .DistinctBy(operation => operation.Resource)
            .OrderBy(operation => operation.Resource, StringComparer.Ordinal)
            .Select(operation => DefinitionSchema.WithoutNulls(new JObject { ["name"] = operation.Resource, ["description"] = operation.ResourceDescription }));
        return new JObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JObject { ["title"] = model.Info["title"], ["version"] = model.Info["version"] },
            ["servers"] = new JArray(new JObject { ["url"] = model.BaseUrl }),
            ["tags"] = new JArray(tags),
            ["paths"] = paths,
            ["components"] = new JObject { ["schemas"] = schemas },
        };
    }
}
