using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.SpecTool.Update;

/// <summary>Finds what a new revision lacks of what callers could use until now.</summary>
/// <param name="before">The document until now, with what has been retained.</param>
/// <param name="beforeModel">The same as a model.</param>
/// <param name="after">The new revision.</param>
/// <param name="afterModel">The same as a model.</param>
/// <param name="moved">Where the schemas are now that stood elsewhere.</param>
/// <param name="values">Values that an enumeration lost with another of its places, by a place that remains.</param>
internal sealed class RetainedCollector(
    JObject before,
    ApiModel beforeModel,
    JObject after,
    ApiModel afterModel,
    IReadOnlyDictionary<string, Definition> moved,
    ILookup<string, string> values)
{
    private readonly JObject _operations = [];
    private readonly JObject _schemas = [];
    private readonly JObject _parameters = [];
    private readonly JObject _places = [];

    public RetainedFile Collect()
    {
        CollectComponents("schemas", _schemas);
        CollectComponents("parameters", _parameters);
        foreach (ApiOperation operation in beforeModel.Operations.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            ApiOperation? now = afterModel.Operations.Find(o => o.Key == operation.Key);
            if (now is null
                    && afterModel.Operations.Find(
                        o => o.FormerKey == operation.Key && MovedOperations.SameOnTheWire(o.Key) == MovedOperations.SameOnTheWire(operation.Key)) is ApiOperation renamed)
            {
                // A path whose parameters are called otherwise is the same path.
                CollectParameters(operation, renamed);
            }
            else if (now is null)
            {
                _operations[operation.Key] = Operation(operation);
            }
            else
            {
                CollectParameters(operation, now);
            }
        }

        foreach (Definition definition in beforeModel.Definitions.Values.OrderBy(d => d.Place, StringComparer.Ordinal))
        {
            if (afterModel.Definitions.TryGetValue(definition.Place, out Definition? now) || moved.TryGetValue(definition.Place, out now))
            {
                CollectMembers(definition, now);
            }
        }

        var content = new JObject();
        foreach ((string name, JObject section) in new[] { ("operations", _operations), ("schemas", _schemas), ("parameters", _parameters), ("places", _places) })
        {
            if (section.HasValues)
            {
                content[name] = section;
            }
        }

        return new RetainedFile(content);
    }

    private void CollectComponents(string kind, JObject section)
    {
        foreach (JProperty component in (before["components"]?[kind] as JObject ?? []).Properties().OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            if (after["components"]?[kind]?[component.Name] is null)
            {
                section[component.Name] = RetainedFile.Unmarked((JObject)component.Value);
            }
        }
    }

    /// <summary>The operation with its success answer; what the errors look like is the same for all.</summary>
    private JObject Operation(ApiOperation operation)
    {
        string method = operation.HttpMethod.ToLowerInvariant();
        JObject source = RetainedFile.Unmarked((JObject)before["paths"]![operation.Path]![method]!);
        if (afterModel.Operations.Exists(o => o.Id == operation.Id))
        {
            // The current operation has the id: this one says its age, and stays with its resource.
            source["x-retell-sdk-resource"] ??= operation.Resource;
            source["operationId"] = CSharpName.Camel(operation.Id) + (CSharpName.Version(operation.Path) is { Length: > 0 } version ? version : "V1");
        }

        var item = (JObject)before["paths"]![operation.Path]!;
        if (item["parameters"] is JArray shared)
        {
            source["parameters"] = new JArray(shared.Concat(source["parameters"] as JArray ?? []));
        }

        foreach (JProperty response in ((JObject)source["responses"]!).Properties().Where(r => !r.Name.StartsWith('2')).ToList())
        {
            response.Remove();
        }

        return source;
    }

    private void CollectParameters(ApiOperation operation, ApiOperation now)
    {
        foreach (Parameter parameter in operation.Parameters.Where(p => p.In != "path" && now.Parameters.All(n => n.Name != p.Name)))
        {
            if (SpecPlace.Parameter(SpecPlace.Find(before, Place(operation)), parameter.Name) is JObject source)
            {
                JObject optional = RetainedFile.Unmarked(source);
                optional["required"] = false;
                List(Place(now), "parameters").Add(optional);
            }
        }

        static string Place(ApiOperation operation) => SpecPlace.OfOperation(operation.Path, operation.HttpMethod.ToLowerInvariant());
    }

    private void CollectMembers(Definition definition, Definition now)
    {
        switch (definition, now)
        {
            case (ObjectDefinition type, ObjectDefinition current):
                CollectProperties(type.Place, type.Properties, current.Place, current.Properties);
                break;
            case (EnumDefinition type, EnumDefinition current):
                foreach (string value in type.Values.Concat(values[type.Place]).Except(current.Values).Where(_ => CanTake(EnumPlace(current), "enum")))
                {
                    List(EnumPlace(current), "enum").Add(value);
                }

                break;
            case (UnionDefinition type, UnionDefinition current):
                CollectProperties(type.Place, type.Added, current.Place, current.Added);
                foreach (Definition variant in type.Variants.Where(v => current.Variants.TrueForAll(c => c.Place != v.Place)))
                {
                    JObject? schema = variant.SpecName is not null ? new JObject { ["$ref"] = variant.Place } : SpecPlace.Find(before, variant.Place);
                    if (schema is not null && CanTake(current.Place, "oneOf"))
                    {
                        List(current.Place, "oneOf").Add(RetainedFile.Unmarked(schema));
                    }
                }

                break;
        }
    }

    private void CollectProperties(string place, List<Property> properties, string target, List<Property> current)
    {
        foreach (Property property in properties.Where(p => current.TrueForAll(c => c.JsonName != p.JsonName)))
        {
            // What is inherited comes back with the schema it is inherited from.
            if (property.Place == $"{place}/properties/{property.JsonName}"
                && SpecPlace.Find(before, property.Place) is JObject schema
                && SpecPlace.Find(after, target) is not null)
            {
                JObject kept = RetainedFile.Unmarked(schema);
                if (property.IsAlwaysThere)
                {
                    kept[RetainedFile.WasRequired] = true;
                }

                Child(Child(_places, target), "properties")[property.JsonName] = kept;
            }
        }
    }

    /// <summary>An enumeration may be written as a choice of two; its values then stand in the first part that lists any.</summary>
    private string EnumPlace(EnumDefinition type) =>
        SpecPlace.Find(after, type.Place) is JObject schema
            && schema["enum"] is null
            && schema["oneOf"] is JArray parts
            && parts.OfType<JObject>().FirstOrDefault(v => v["enum"] is JArray) is JObject part
            ? $"{type.Place}/oneOf/{SchemaFolder.VariantKey(after, part, parts, parts.IndexOf(part))}"
            : type.Place;

    /// <summary>Whether the schema at a place has the list itself; what it only refers to has it elsewhere.</summary>
    private bool CanTake(string place, string list) => SpecPlace.Find(after, place) is JObject schema && RetainedFile.FindList(schema, list) is not null;

    private JArray List(string place, string name)
    {
        JObject members = Child(_places, place);
        if (members[name] is not JArray list)
        {
            members[name] = list = [];
        }

        return list;
    }

    private static JObject Child(JObject parent, string name)
    {
        if (parent[name] is not JObject child)
        {
            parent[name] = child = [];
        }

        return child;
    }
}
