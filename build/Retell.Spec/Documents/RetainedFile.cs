using Newtonsoft.Json.Linq;

namespace Retell.Spec.Documents;

/// <summary>
/// What the API no longer has and code compiled against the SDK may use: operations, components, and at places that live
/// on properties, enumeration values, variants and parameters. It is put back into the document, marked deprecated.
/// </summary>
internal sealed class RetainedFile(JObject content)
{
    /// <summary>Marks what is put back.</summary>
    public const string Mark = "x-retained";

    /// <summary>Says of a property that it was required.</summary>
    public const string WasRequired = "x-was-required";

    private const string Note = "The API no longer has it; it is kept so that code that uses it still compiles.";

    private static readonly string[] s_sections = ["operations", "schemas", "parameters", "places"];

    private static readonly string[] s_marks = ["deprecated", "x-deprecation-note"];

    public JObject Content { get; } = content;

    public bool IsEmpty => Content.Properties().All(section => !section.Value.HasValues);

    public static RetainedFile Empty => new([]);

    public static RetainedFile Read(string? file)
    {
        if (file is null || !File.Exists(file))
        {
            return Empty;
        }

        JObject content = YamlFile.ReadObject(file);
        foreach (JProperty section in content.Properties())
        {
            if (!s_sections.Contains(section.Name) || section.Value is not JObject)
            {
                throw new SpecError(file, $"$.{section.Name}", "A file of retained members has no such section.", "Restore it from version control.");
            }
        }

        return new RetainedFile(content);
    }

    public string Write() => YamlText.Of(
        new JObject(s_sections.Select(name => Content.Property(name)).OfType<JProperty>().Select(section => new JProperty(section.Name, Sorted(section.Value)))),
        "What the API no longer has and we keep callable, marked deprecated. Written by the spec tool (update);",
        "update --drop-retained removes it for a major version.");

    private static JToken Sorted(JToken section) => section is JObject members ? new JObject(members.Properties().OrderBy(member => member.Name, StringComparer.Ordinal)) : section;

    /// <summary>Keeps a schema as a component.</summary>
    public void AddSchema(string name, JObject schema)
    {
        JObject schemas = Child(Content, "schemas");
        schemas[name] = schema;
        Content["schemas"] = new JObject(schemas.Properties().OrderBy(s => s.Name, StringComparer.Ordinal));
    }

    /// <summary>Puts everything back into a document that lacks it.</summary>
    public void Apply(JObject document)
    {
        AddComponents(document, "schemas");
        AddComponents(document, "parameters");
        foreach (JProperty operation in Section("operations"))
        {
            string[] key = operation.Name.Split(' ', 2);
            JObject paths = Child(document, "paths");
            JObject item = Child(paths, key[1]);
            if (item[key[0]] is null)
            {
                item[key[0]] = Marked((JObject)operation.Value);
            }
        }

        foreach (JProperty place in Section("places"))
        {
            if (SpecPlace.Find(document, place.Name) is JObject target)
            {
                AddTo(target, (JObject)place.Value);
            }
        }
    }

    private static void AddTo(JObject target, JObject members)
    {
        foreach (JProperty property in (members["properties"] as JObject ?? []).Properties())
        {
            JObject properties = Child(target, "properties");
            properties[property.Name] ??= Marked((JObject)property.Value);
        }

        foreach (string list in (string[])["enum", "oneOf", "parameters"])
        {
            foreach (JToken item in members[list] as JArray ?? [])
            {
                JArray? known = FindList(target, list);
                if (known is null && list != "parameters")
                {
                    // The place no longer is an enumeration or a union.
                    continue;
                }

                if (known is null)
                {
                    target[list] = known = [];
                }

                // A mark on a $ref would belong to the union, not to the variant.
                JToken marked = item is JObject schema && schema["$ref"] is null ? Marked(schema) : item.DeepClone();
                if (!known.Any(other => JToken.DeepEquals(other, marked)))
                {
                    known.Add(marked);
                }
            }
        }
    }

    /// <summary>The list of a schema, which may stand in a part of its allOf.</summary>
    public static JArray? FindList(JObject target, string list) =>
        target[list] as JArray
        ?? (list == "oneOf" ? target["anyOf"] as JArray : null)
        ?? (target["allOf"] as JArray)?.OfType<JObject>().Select(part => FindList(part, list)).FirstOrDefault(found => found is not null);

    private static JObject Marked(JObject schema)
    {
        var marked = (JObject)schema.DeepClone();
        marked[Mark] = new JArray(s_marks.Where(name => marked[name] is null));
        marked["deprecated"] ??= true;
        marked["x-deprecation-note"] ??= Note;
        return marked;
    }

    /// <summary>Takes the marks away that were set when it was put back.</summary>
    public static JObject Unmarked(JObject schema)
    {
        var plain = (JObject)schema.DeepClone();
        foreach (string? name in plain[Mark]?.Values<string>() ?? [])
        {
            plain.Remove(name!);
        }

        plain.Remove(Mark);
        return plain;
    }

    private static JObject Child(JObject parent, string name)
    {
        if (parent[name] is not JObject child)
        {
            parent[name] = child = [];
        }

        return child;
    }

    private void AddComponents(JObject document, string kind)
    {
        foreach (JProperty component in Section(kind))
        {
            JObject components = Child(Child(document, "components"), kind);
            components[component.Name] ??= Marked((JObject)component.Value);
        }
    }

    private IEnumerable<JProperty> Section(string name) => (Content[name] as JObject ?? []).Properties();
}
