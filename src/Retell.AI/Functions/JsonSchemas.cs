using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.AI.Functions;

/// <summary>The JSON schemas of the arguments of methods. What is nested deeply is any object, so that the schemas stay small.</summary>
[RequiresUnreferencedCode("The types are read by reflection.")]
internal static class JsonSchemas
{
    private const int MaxDepth = 2;
    private const int MaxVariants = 4;

    public static JsonElement Of(ClientMethod method, OperationDocs docs)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (ParameterInfo parameter in method.Values)
        {
            string name = FunctionNames.Snake(parameter.Name!);
            JsonObject schema = Of(parameter.ParameterType, 1);
            schema["description"] = docs.Parameter(parameter);
            properties[name] = schema;
            if (!parameter.IsOptional)
            {
                required.Add((JsonNode)name);
            }
        }

        if (method.Request is ParameterInfo request)
        {
            AddMembers(properties, required, request.ParameterType, 0);
        }

        return ToElement(new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required });
    }

    private static void AddMembers(JsonObject properties, JsonArray required, Type type, int depth)
    {
        JsonShape? shape = (type.IsAbstract ? null : Activator.CreateInstance(type) as RetellObject)?.Shape;
        foreach ((string name, PropertyInfo property) in ClientMethod.Members(type).Where(member => !properties.ContainsKey(member.Name)))
        {
            properties[name] = Of(property.PropertyType, depth + 1);
            if (shape?.Find(name)?.IsRequired == true)
            {
                required.Add((JsonNode)name);
            }
        }
    }

    private static JsonObject Of(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => Type("string"),
            _ when type == typeof(bool) => Type("boolean"),
            _ when type == typeof(long) || type == typeof(int) => Type("integer"),
            _ when type == typeof(double) => Type("number"),
            _ when type == typeof(DateTimeOffset) => new() { ["type"] = "string", ["format"] = "date-time" },
            _ when type == typeof(AgentVersionReference) => new() { ["type"] = new JsonArray("integer", "string") },
            _ when type == typeof(JObject) => Type("object"),
            _ when typeof(JToken).IsAssignableFrom(type) => [],
            _ when KnownValues(type) is { Count: > 0 } values => new() { ["type"] = "string", ["enum"] = values },
            _ when type.IsValueType => Type("string"),
            _ when type.IsSubclassOf(typeof(RetellObject)) => OfObject(type, depth),
            _ when Argument(type, typeof(IDictionary<,>), 1) is Type value => new() { ["type"] = "object", ["additionalProperties"] = Of(value, depth + 1) },
            _ when typeof(IEnumerable).IsAssignableFrom(type) && type.IsGenericType => new() { ["type"] = "array", ["items"] = Of(type.GetGenericArguments()[0], depth) },
            _ when UnionOf(type) is IUnion union => OfUnion(union, depth),
            _ => Type("object"),
        };
    }

    private static JsonObject OfObject(Type type, int depth)
    {
        if (depth > MaxDepth)
        {
            return Type("object");
        }

        var properties = new JsonObject();
        var required = new JsonArray();
        AddMembers(properties, required, type, depth);
        return new() { ["type"] = "object", ["properties"] = properties, ["required"] = required };
    }

    private static JsonObject OfUnion(IUnion union, int depth)
    {
        if (union.Discriminator is not string discriminator)
        {
            return Type("object");
        }

        if (depth < MaxDepth && union.Variants.Count <= MaxVariants)
        {
            return new()
            {
                ["anyOf"] = new JsonArray([.. union.Variants.Select(variant =>
                {
                    JsonObject schema = OfObject(variant.Type, depth);
                    schema["properties"]![discriminator] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(variant.Key) };
                    return schema;
                })]),
            };
        }

        var keys = new JsonArray([.. union.Variants.Select(variant => variant.Key).Distinct().Select(key => (JsonNode?)key)]);
        return new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [discriminator] = new JsonObject { ["type"] = "string", ["enum"] = keys } },
            ["required"] = new JsonArray(discriminator),
        };
    }

    private static IUnion? UnionOf(Type type) =>
        type.IsInterface ? typeof(Unions).GetProperty(type.Name, BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as IUnion : null;

    private static JsonArray? KnownValues(Type type) => type.GetProperty(nameof(SortOrder.KnownValues))?.GetValue(null) is IEnumerable values
        ? new([.. values.Cast<object>().Select(value => (JsonNode?)value.ToString())])
        : null;

    private static Type? Argument(Type type, Type generic, int index) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[index] : null;

    private static JsonObject Type(string name) => new() { ["type"] = name };

    private static JsonElement ToElement(JsonObject schema)
    {
        using var document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }
}
