using Newtonsoft.Json.Linq;
using Retell.SpecTool.Naming;

namespace Retell.SpecTool.Model;

/// <summary>Reads an OpenAPI document, with the overlay applied, into the model of the API.</summary>
internal sealed class SpecReader
{
    private static readonly string[] s_methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    private readonly JObject _document;
    private readonly string _file;
    private readonly SchemaFolder _folder;
    private readonly ApiModel _model;
    private readonly Queue<Action> _pending = new();
    private readonly Dictionary<string, string> _parameterOwners = new(StringComparer.Ordinal);

    private SpecReader(JObject document, string file)
    {
        _document = document;
        _file = file;
        _folder = new SchemaFolder(document, file);
        _model = new ApiModel
        {
            Info = document["info"] as JObject ?? [],
            BaseUrl = (string?)document.SelectToken("$.servers[0].url") ?? string.Empty,
        };
    }

    public static ApiModel Read(JObject document, string file)
    {
        if (document["openapi"]?.ToString().StartsWith("3.", StringComparison.Ordinal) != true)
        {
            throw new SpecError(file, "$.openapi", "This is no OpenAPI 3 document.", "Check that the file is the published spec.");
        }

        var reader = new SpecReader(document, file);
        reader.ReadAll();
        return reader._model;
    }

    private void ReadAll()
    {
        foreach (JProperty schema in (_document["components"]?["schemas"] as JObject ?? []).Properties())
        {
            Component(schema.Name);
        }

        var paths = _document["paths"] as JObject ?? throw new SpecError(_file, "$.paths", "The document has no paths.", "Check that the file is the published spec.");
        foreach (JProperty path in paths.Properties())
        {
            foreach (JProperty method in ((JObject)path.Value).Properties().Where(m => s_methods.Contains(m.Name)))
            {
                ReadOperation(path.Name, (JObject)path.Value, method.Name, (JObject)method.Value);
            }
        }

        while (_pending.TryDequeue(out Action? read))
        {
            read();
        }

        foreach (Definition definition in _model.Definitions.Values.Where(d => d.SpecName is null).ToList())
        {
            definition.Owner = OwnerOf(definition.Place);
        }
    }

    /// <summary>The definition whose place is nearest around this one; for a parameter the operation or the shared parameter.</summary>
    private Definition? OwnerOf(string place)
    {
        for (int end = place.LastIndexOf('/'); end > 0; end = place.LastIndexOf('/', end - 1))
        {
            string outer = place[..end];
            if (_model.Definitions.TryGetValue(outer, out Definition? owner))
            {
                return owner;
            }

            if (_parameterOwners.TryGetValue(outer, out string? name))
            {
                return new ObjectDefinition(outer, null) { Name = name };
            }
        }

        return null;
    }

    private Definition Component(string name)
    {
        Placed component = _folder.Component(name);
        return _model.Definitions.TryGetValue(component.Place, out Definition? known)
            ? known
            : Define(_folder.Expand(name), component.Place, name, string.Empty);
    }

    /// <summary>Makes the definition of a schema that is a type of its own; its members are read later, so that schemas may be recursive.</summary>
    private Definition Define(FoldedSchema schema, string place, string? specName, string hint, bool hintIsName = false)
    {
        if (_model.Definitions.TryGetValue(place, out Definition? known))
        {
            return known;
        }

        Definition definition = Create(schema, place, specName, hint, hintIsName);
        definition.Description = schema.Description;
        definition.Example = schema.Example;
        definition.IsDeprecated = schema.IsDeprecated;
        definition.IsNullable = schema.IsNullable;
        definition.WantedName = schema.WantedName;
        _model.Definitions[place] = definition;
        return definition;
    }

    private Definition Create(FoldedSchema schema, string place, string? specName, string hint, bool hintIsName)
    {
        if (schema.Variants is not null)
        {
            return CreateChoice(schema, place, specName, hint, hintIsName);
        }

        if (IsEnumeration(schema) || (specName is not null && schema.Type == "string"))
        {
            var enumeration = new EnumDefinition(place, specName) { Hint = hint, HintIsName = hintIsName };
            enumeration.Values.AddRange((schema.Enum ?? []).Where(v => v.Type == JTokenType.String).Select(v => (string)v!).Distinct());
            return enumeration;
        }

        if (specName is not null && schema.Properties.Count == 0 && schema.AdditionalProperties is Placed additional)
        {
            var map = new MapDefinition(place, specName);
            _pending.Enqueue(() => map.Item = ReadUse(additional, "value"));
            return map;
        }

        var result = new ObjectDefinition(place, specName) { Hint = hint, HintIsName = hintIsName, IsClosed = schema.IsClosed };
        _pending.Enqueue(() => result.Properties.AddRange(ReadProperties(schema, result)));
        return result;
    }

    private Definition CreateChoice(FoldedSchema schema, string place, string? specName, string hint, bool hintIsName)
    {
        List<Placed> variants = [.. schema.Variants!.Where(v => !IsNull(v.Schema))];
        schema.IsNullable |= variants.Count < schema.Variants!.Count;
        List<FoldedSchema> folded = [.. variants.Select(Resolve)];

        // Texts with and without enumerations are one open enumeration with all the values.
        if (folded.All(v => v.Type == "string" && v.Variants is null) && folded.Any(v => v.Enum is not null))
        {
            var enumeration = new EnumDefinition(place, specName) { Hint = hint, HintIsName = hintIsName };
            enumeration.Values.AddRange(folded.SelectMany(v => v.Enum ?? []).Where(v => v.Type == JTokenType.String).Select(v => (string)v!).Distinct());
            return enumeration;
        }

        if (folded.All(IsObject))
        {
            return CreateUnion(schema, variants, place, specName, hint, hintIsName);
        }

        var choice = new ChoiceDefinition(place, specName) { Hint = hint, HintIsName = hintIsName };
        _pending.Enqueue(() =>
        {
            List<Placed> objects = [.. variants.Where((_, i) => IsObject(folded[i]))];
            foreach ((Placed variant, FoldedSchema shape) in variants.Zip(folded))
            {
                if (IsObject(shape))
                {
                    continue;
                }

                TypeUse use = IsText(shape) ? new TypeUse(ValueKind.String) : ReadUse(variant, "item");
                if (choice.Cases.TrueForAll(known => known.Fingerprint != use.Fingerprint))
                {
                    choice.Cases.Add(use);
                }
            }

            // Several object types beside scalars are a union inside the choice.
            if (objects.Count > 1)
            {
                choice.Cases.Add(new TypeUse(ValueKind.Named, DefineUnion(objects, place + "/oneOf/object")));
            }
            else if (objects.Count == 1)
            {
                choice.Cases.Add(ReadUse(objects[0], "object"));
            }
        });
        return choice;
    }

    private UnionDefinition DefineUnion(List<Placed> variants, string place)
    {
        UnionDefinition union = CreateUnion(new FoldedSchema(), variants, place, null, "object", hintIsName: false);
        _model.Definitions[place] = union;
        return union;
    }

    private UnionDefinition CreateUnion(FoldedSchema schema, List<Placed> variants, string place, string? specName, string hint, bool hintIsName)
    {
        var union = new UnionDefinition(place, specName) { Hint = hint, HintIsName = hintIsName };
        _pending.Enqueue(() =>
        {
            foreach (Placed variant in variants)
            {
                string tag = variant.Place[(variant.Place.LastIndexOf('/') + 1)..];
                union.Variants.Add(ReadUse(variant, tag).Definition
                    ?? throw new SpecError(_file, variant.Place, "This variant of a union is no object with properties.", "Describe its properties in the overlay."));
            }

            union.Added.AddRange(ReadProperties(schema, union));
        });
        return union;
    }

    private FoldedSchema Resolve(Placed placed)
    {
        FoldedSchema folded = _folder.Fold(placed);
        return folded.Reference is null ? folded : _folder.Expand(folded.Reference);
    }

    /// <summary>Whether a schema is, through all its variants, a JSON object.</summary>
    private bool IsObject(FoldedSchema schema) => schema.Variants is not null
        ? schema.Variants.All(v => IsObject(Resolve(v)))
        : schema.Properties.Count > 0 || schema.Type == "object";

    private bool IsText(FoldedSchema schema) => schema.Variants is not null
        ? schema.Variants.All(v => IsText(Resolve(v)))
        : schema.Type == "string" && schema.Format != "binary";

    private static bool IsNull(JObject schema) =>
        (schema["enum"] is JArray { Count: 1 } values && values[0].Type == JTokenType.Null)
        || (schema["not"] is not null && schema["nullable"] is JValue { Value: true } && schema["properties"] is null);

    private static bool IsEnumeration(FoldedSchema schema) =>
        schema.Enum is not null && schema.Type is null or "string" && schema.Enum is not null && schema.Enum.All(v => v.Type is JTokenType.String or JTokenType.Null);

    private List<Property> ReadProperties(FoldedSchema schema, Definition owner)
    {
        var properties = new List<Property>();
        foreach ((string name, Placed placed) in schema.Properties)
        {
            properties.Add(ReadProperty(name, placed, schema.Required.Contains(name), owner));
        }

        // A name that is required but nowhere defined still exists on the wire.
        foreach (string name in schema.Required.Where(name => schema.Properties.All(p => p.Key != name)))
        {
            properties.Add(new Property { JsonName = name, Type = new TypeUse(ValueKind.Any), IsRequired = true });
        }

        return properties;
    }

    private Property ReadProperty(string name, Placed placed, bool isRequired, Definition owner)
    {
        FoldedSchema folded = _folder.Fold(placed);
        JValue? constant = folded is { Reference: null, IsNullable: false, Enum: [JValue { Type: JTokenType.String or JTokenType.Boolean } only] }
            && (isRequired || !IsRequestBody(owner))
                ? only
                : null;
        return new Property
        {
            JsonName = name,
            Type = constant is null ? ReadUse(folded, placed.Place, name) : new TypeUse(constant.Type == JTokenType.Boolean ? ValueKind.Boolean : ValueKind.String),
            IsRequired = isRequired,
            Constant = constant,
            Description = folded.Description,
            IsDeprecated = folded.IsDeprecated,
            Example = folded.Example,
            Default = folded.Default,
            Constraints = folded.Constraints,
            AddedBy = owner as UnionDefinition,
        };
    }

    /// <summary>An optional constant is preset on nested objects only: on the body itself it would be sent unasked.</summary>
    private static bool IsRequestBody(Definition owner) => owner is { HintIsName: true } && owner.Hint.EndsWith("Request", StringComparison.Ordinal);

    private TypeUse ReadUse(Placed placed, string hint) => ReadUse(_folder.Fold(placed), placed.Place, hint);

    private TypeUse ReadUse(FoldedSchema schema, string place, string hint, bool hintIsName = false)
    {
        if (schema.Reference is not null)
        {
            Definition component = Component(schema.Reference);
            return new TypeUse(ValueKind.Named, component, Nullable: schema.IsNullable || component.IsNullable);
        }

        bool nullable = schema.IsNullable || schema.Enum?.Any(v => v.Type == JTokenType.Null) == true;
        if (schema.Variants is { Count: > 1 } variants && variants.Where(v => !IsNull(v.Schema)).ToList() is [var only])
        {
            return ReadUse(only, hint) with { Nullable = true };
        }

        if (schema.Variants is not null)
        {
            Definition choice = Define(schema, place, null, hint, hintIsName);
            return new TypeUse(ValueKind.Named, choice, Nullable: nullable || schema.IsNullable);
        }

        // A narrowed EnumFilter under call_status is a call status filter.
        if (schema.Narrows is not null && !hintIsName && CSharpName.LastWord(schema.Narrows) is string kind && !CSharpName.Pascal(hint).EndsWith(kind, StringComparison.Ordinal))
        {
            hint += "_" + kind;
        }

        if (IsEnumeration(schema) || schema.Properties.Count > 0)
        {
            return new TypeUse(ValueKind.Named, Define(schema, place, null, hint, hintIsName), Nullable: nullable);
        }

        return schema.Type switch
        {
            "string" => new TypeUse(schema.Format == "binary" ? ValueKind.File : ValueKind.String, Nullable: nullable),
            "integer" => new TypeUse(ValueKind.Integer, Nullable: nullable),
            "number" => new TypeUse(ValueKind.Number, Nullable: nullable),
            "boolean" => new TypeUse(ValueKind.Boolean, Nullable: nullable),
            "array" => new TypeUse(ValueKind.List, Item: ReadItem(schema.Items, hint), Nullable: nullable),
            "object" => schema.AdditionalProperties is Placed additional
                ? new TypeUse(ValueKind.Map, Item: ReadUse(additional, CSharpName.Singular(hint) + "_value"), Nullable: nullable)
                : new TypeUse(ValueKind.FreeForm, Nullable: nullable),
            null => new TypeUse(ValueKind.Any, Nullable: nullable),
            string other => throw new SpecError(_file, place, $"\"{other}\" is no type of OpenAPI 3.0.", "Correct it in the overlay."),
        };
    }

    private TypeUse ReadItem(Placed? items, string hint) =>
        items is Placed placed ? ReadUse(placed, CSharpName.Singular(hint)) : new TypeUse(ValueKind.Any);

    private void ReadOperation(string path, JObject pathItem, string method, JObject source)
    {
        string place = $"#/paths/{path.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}/{method}";
        OperationFacts facts = OperationFacts.Of(_document, path, method, source);
        string id = CSharpName.Pascal(facts.Id);
        var operation = new ApiOperation
        {
            Id = facts.Id,
            MethodName = id,
            HttpMethod = method.ToUpperInvariant(),
            Path = path,
            Resource = facts.Resource,
            FacadeMethod = facts.Method,
            IsRepeatable = facts.IsRepeatable,
            IsDeprecated = source["deprecated"] is JValue { Value: true },
            DeprecationNote = (string?)source["x-deprecation-note"],
            Description = (string?)source["description"] ?? (string?)source["summary"],
        };

        foreach (JToken parameter in (pathItem["parameters"] as JArray ?? []).Concat(source["parameters"] as JArray ?? []))
        {
            operation.Parameters.Add(ReadParameter(parameter, place, facts.Id));
        }

        ReadBody(operation, source, place, id);
        ReadResponse(operation, source, place, id);
        _model.Operations.Add(operation);
    }

    private Parameter ReadParameter(JToken source, string place, string operation)
    {
        JObject parameter = Dereference(source, place);
        string name = (string?)parameter["name"] ?? throw new SpecError(_file, place, "A parameter has no name.", "Give it one in the overlay.");
        string schemaPlace = source["$ref"] is JToken reference ? $"{reference}/schema" : $"{place}/parameters/{name}";
        _parameterOwners[schemaPlace[..schemaPlace.LastIndexOf('/')]] = CSharpName.Pascal(source["$ref"] is JToken shared ? shared.ToString().Split('/')[^1] : operation);
        JObject schema = parameter["schema"] as JObject ?? new JObject { ["type"] = "string" };
        FoldedSchema folded = _folder.Fold(new Placed(schema, schemaPlace));
        return new Parameter
        {
            Name = name,
            In = (string?)parameter["in"] is string location and ("path" or "query")
                ? location
                : throw new SpecError(_file, place, $"The parameter {name} is in \"{parameter["in"]}\"; only path and query are supported.", "Extend the templates, or remove the parameter in the overlay."),
            Type = ReadUse(folded, schemaPlace, name),
            IsRequired = parameter["required"] is JValue { Value: true },
            IsDeprecated = parameter["deprecated"] is JValue { Value: true },
            Description = (string?)parameter["description"] ?? folded.Description,
            Example = parameter["example"] ?? folded.Example,
            Constraints = folded.Constraints,
        };
    }

    private void ReadBody(ApiOperation operation, JObject source, string place, string id)
    {
        if (source["requestBody"] is not JToken token)
        {
            return;
        }

        JObject body = Dereference(token, place + "/requestBody");
        var content = (body["content"] as JObject)?.Properties().FirstOrDefault();
        if (content?.Value["schema"] is not JObject schema)
        {
            return;
        }

        operation.IsMultipart = content.Name == "multipart/form-data";
        if (!operation.IsMultipart && content.Name != "application/json")
        {
            throw new SpecError(_file, place + "/requestBody", $"A body of type {content.Name} is not supported.", "Extend the transport, or correct the type in the overlay.");
        }

        string bodyPlace = place + "/requestBody";
        operation.IsBodyRequired = body["required"] is JValue { Value: true };
        operation.Body = ReadUse(_folder.Fold(new Placed(schema, bodyPlace)), bodyPlace, id + "Request", hintIsName: true);
        operation.BodyExample = content.Value["example"];
    }

    private void ReadResponse(ApiOperation operation, JObject source, string place, string id)
    {
        JProperty? success = (source["responses"] as JObject)?.Properties().FirstOrDefault(r => r.Name.StartsWith('2'));
        if (success is null)
        {
            return;
        }

        string responsePlace = $"{place}/responses/{success.Name}";
        JObject response = Dereference(success.Value, responsePlace);
        operation.Status = int.TryParse(success.Name, out int status) ? status : 200;
        operation.ResponseDescription = (string?)response["description"];
        if (response["content"]?["application/json"]?["schema"] is not JObject schema)
        {
            return;
        }

        FoldedSchema folded = _folder.Fold(new Placed(schema, responsePlace));
        bool isPage = folded.Properties.Any(p => p.Key == "items") && folded.Properties.Any(p => p.Key == "has_more");
        operation.Response = folded.Type == "array"
            ? new TypeUse(ValueKind.List, Item: ReadUse(_folder.Fold(folded.Items!.Value), folded.Items.Value.Place, id + "Item", hintIsName: true))
            : ReadUse(folded, responsePlace, id + (isPage ? "Page" : "Response"), hintIsName: true);
    }

    /// <summary>Follows the $ref of a parameter, body or response.</summary>
    private JObject Dereference(JToken token, string place)
    {
        for (int depth = 0; depth < 8; depth++)
        {
            if (token is not JObject value)
            {
                break;
            }

            if ((string?)value["$ref"] is not string reference)
            {
                return value;
            }

            JToken? target = _document;
            foreach (string step in reference.TrimStart('#', '/').Split('/'))
            {
                target = target?[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
            }

            token = target ?? throw new SpecError(_file, place, $"The $ref \"{reference}\" leads nowhere.", "Correct it in the overlay.");
        }

        throw new SpecError(_file, place, "An object is expected here.", "Correct it in the overlay.");
    }
}
