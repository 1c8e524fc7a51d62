using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.Spec.Emission;

/// <summary>
/// Writes the API in the subset of OpenAPI that NSwag generates well. What that subset cannot say stands in x-
/// extensions, which the templates and the fake server read.
/// </summary>
internal static class NormalizedDocument
{
    public static string Write(ApiModel model) => Build(model).ToString(Formatting.Indented) + "\n";

    public static JObject Build(ApiModel model)
    {
        var paths = new JObject();
        foreach (ApiOperation operation in model.Operations)
        {
            JObject item = paths[operation.Path] as JObject ?? [];
            paths[operation.Path] = item;
            item[operation.HttpMethod.ToLowerInvariant()] = OperationSchema.Of(operation);
        }

        var schemas = new JObject();
        foreach (Definition definition in model.Generated)
        {
            schemas[definition.Name!] = DefinitionSchema.Of(definition);
        }

        return new JObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JObject { ["title"] = model.Info["title"], ["version"] = model.Info["version"] },
            ["servers"] = new JArray(new JObject { ["url"] = model.BaseUrl }),
            ["paths"] = paths,
            ["components"] = new JObject { ["schemas"] = schemas },
        };
    }
}
