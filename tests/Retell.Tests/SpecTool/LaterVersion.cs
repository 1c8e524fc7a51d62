using Newtonsoft.Json.Linq;

namespace Retell.Tests.SpecTool;

/// <summary>Writes a document of OpenAPI 3.0 as 3.1 says the same, in ways that generators of documents use.</summary>
/// <param name="withVariants">Whether null is a variant (<c>anyOf: [X, { type: 'null' }]</c>), rather than one of several types.</param>
internal sealed class LaterVersion(bool withVariants)
{
    private static readonly string[] s_methods = ["get", "put", "post", "delete", "patch"];

    private static readonly string[] s_words = ["description", "title", "deprecated", "default", "readOnly", "writeOnly", "externalDocs"];

    private int _count;

    public static JObject Of(JObject document, bool withVariants)
    {
        var later = (JObject)document.DeepClone();
        new LaterVersion(withVariants).Rewrite(later);
        return later;
    }

    private void Rewrite(JObject document)
    {
        document["openapi"] = "3.1.1";
        document["jsonSchemaDialect"] = "https://spec.openapis.org/oas/3.1/dialect/base";
        document["webhooks"] = JObject.Parse(
            """{ "ping": { "post": { "requestBody": { "content": { "application/json": { "schema": { "type": ["object", "null"] } } } }, "responses": {} } } }""");
        var components = (JObject)document["components"]!;
        RewriteAll(components["schemas"]);
        foreach (JObject parameter in Objects(components["parameters"]))
        {
            RewriteMember(parameter, "schema");
        }

        foreach (JObject holder in Objects(components["responses"]).Concat(Objects(components["requestBodies"])))
        {
            RewriteContent(holder);
        }

        var items = new JObject();
        foreach (JProperty path in ((JObject)document["paths"]!).Properties())
        {
            RewritePath((JObject)path.Value);
            if (withVariants)
            {
                string name = $"item{items.Count}";
                items[name] = path.Value;
                path.Value = new JObject { ["$ref"] = $"#/components/pathItems/{name}", ["summary"] = "A path." };
            }
        }

        if (withVariants)
        {
            components["pathItems"] = items;
        }
    }

    private void RewritePath(JObject item)
    {
        foreach (JObject holder in s_methods.Select(method => item[method]).OfType<JObject>().Prepend(item))
        {
            foreach (JObject parameter in (holder["parameters"] ?? new JArray()).OfType<JObject>())
            {
                RewriteMember(parameter, "schema");
            }

            RewriteContent(holder["requestBody"]);
            foreach (JObject response in Objects(holder["responses"]))
            {
                RewriteContent(response);
                foreach (JObject header in Objects(response["headers"]))
                {
                    RewriteMember(header, "schema");
                }
            }
        }
    }

    private void RewriteContent(JToken? holder)
    {
        foreach (JObject media in Objects(holder?["content"]))
        {
            RewriteMember(media, "schema");
        }
    }

    private void RewriteAll(JToken? schemas)
    {
        foreach (JProperty schema in (schemas as JObject ?? []).Properties().ToList())
        {
            RewriteMember((JObject)schemas!, schema.Name);
        }
    }

    private void RewriteMember(JObject holder, string name)
    {
        if (holder[name] is JObject schema)
        {
            holder[name] = Schema(schema);
        }
    }

    private JToken Schema(JObject schema)
    {
        foreach (string list in (string[])["allOf", "anyOf", "oneOf"])
        {
            if (schema[list] is JArray parts)
            {
                schema[list] = new JArray(parts.Select(part => Schema((JObject)part)));
            }
        }

        foreach (string name in (string[])["items", "additionalProperties", "not"])
        {
            // What is not is part of the idiom for null as well.
            if (name != "not" || schema["nullable"] is null)
            {
                RewriteMember(schema, name);
            }
        }

        RewriteAll(schema["properties"]);
        if (schema.Count == 0)
        {
            return true;
        }

        Rename(schema, "example", "examples", example => new JArray(example));
        if (schema["enum"] is JArray { Count: 1 } and [JValue value] && value.Type != JTokenType.Null)
        {
            Rename(schema, "enum", "const", _ => value);
            if (withVariants && schema["nullable"] is null)
            {
                schema.Remove("type");
            }
        }

        RewriteLimit(schema, "minimum", "exclusiveMinimum");
        RewriteLimit(schema, "maximum", "exclusiveMaximum");
        if ((string?)schema["format"] == "binary")
        {
            Rename(schema, "format", "contentMediaType", _ => "application/octet-stream");
        }

        if ((string?)schema["$ref"] is string reference && withVariants)
        {
            schema["$ref"] = reference[..^1] + "%" + ((int)reference[^1]).ToString("X2", System.Globalization.CultureInfo.InvariantCulture);
        }

        if (schema["oneOf"] is JArray variants && !withVariants && variants.All(variant => variant is JObject { Count: 1 } only && only["type"] is JValue))
        {
            Rename(schema, "oneOf", "type", _ => new JArray(variants.Select(variant => variant["type"])));
        }

        if (schema["$ref"] is null)
        {
            schema["$comment"] = "A comment.";
        }

        return schema["nullable"] is JValue { Value: true } ? Nullable(schema) : schema;
    }

    private JObject Nullable(JObject schema)
    {
        if (schema["not"] is not null)
        {
            return new JObject { ["type"] = "null" };
        }

        schema.Remove("nullable");
        if ((schema["oneOf"] ?? schema["anyOf"]) is JArray variants)
        {
            variants.Insert(++_count % (variants.Count + 1), new JObject { ["type"] = "null" });
            return schema;
        }

        if (schema["type"] is JValue type && !withVariants)
        {
            schema["type"] = _count++ % 2 == 0 ? new JArray(type, "null") : new JArray("null", type);
            return schema;
        }

        // Only what is said of the whole stays outside of the variants.
        var outer = new JObject(schema.Properties().Where(member => s_words.Contains(member.Name)));
        var inner = new JObject(schema.Properties().Where(member => !s_words.Contains(member.Name) && member.Name != "$comment"));
        if (inner["enum"] is JArray values)
        {
            inner["enum"] = new JArray(values.Where(value => value.Type != JTokenType.Null));
        }

        JToken only = inner["allOf"] is JArray { Count: 1 } parts && inner.Count == 1 ? parts[0] : inner;
        var both = new JArray(only, new JObject { ["type"] = "null" });
        outer[_count++ % 2 == 0 ? "anyOf" : "oneOf"] = _count % 3 == 0 ? new JArray(both.Reverse()) : both;
        return outer;
    }

    private static void RewriteLimit(JObject schema, string inclusive, string exclusive)
    {
        if (schema[exclusive] is JValue { Value: true })
        {
            schema.Remove(exclusive);
            Rename(schema, inclusive, exclusive, limit => limit);
        }
    }

    private static void Rename(JObject schema, string name, string now, Func<JToken, JToken> value)
    {
        if (schema[name] is JToken token)
        {
            schema.Property(name)!.Replace(new JProperty(now, value(token)));
        }
    }

    private static IEnumerable<JObject> Objects(JToken? map) => (map as JObject ?? []).PropertyValues().OfType<JObject>();
}
