using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;
using Retell.Spec.Naming;

namespace Retell.Spec.Model;

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

    /// <summary>The unions that are being looked through: none may hold itself.</summary>
    private readonly HashSet<string> _nested = new(StringComparer.Ordinal);

    private SpecReader(JObject document, string file)
    {
        _document = document;
        _file = file;
        _folder = new SchemaFolder(document, file);
        _model = new ApiModel
        {
            Info = document["info"] as JObject ?? [],
            BaseUrl = document.SelectToken("$.servers[0].url")?.ToString() ?? string.Empty,
        };
    }

    public static ApiModel Read(JObject document, string file)
    {
        if (document["openapi"]?.ToString().StartsWith("3.", StringComparison.Ordinal) != true)
        {
            throw new SpecError(file, "$.openapi", "This is no OpenAPI 3 document.", "Check that the file is the published spec.");
        }

        // What is read by name below has to be a mapping.
        foreach (string path in new[] { "components", "components.schemas", "components.parameters", "components.responses", "components.requestBodies" })
        {
            if (document.SelectToken(path) is { Type: not (JTokenType.Object or JTokenType.Null) })
            {
                throw new SpecError(file, "$." + path, "A mapping is expected here.", "Check that the file is the published spec.");
            }
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
        List<(string Path, JObject Item, string Method, JObject Source)> operations = [];
        foreach (JProperty path in paths.Properties())
        {
            JObject item = Mapping(path.Value, $"#/paths/{SchemaFolder.Step(path.Name)}");
            if (item["$ref"] is JToken reference)
            {
                throw new SpecError(_file, $"#/paths/{SchemaFolder.Step(path.Name)}", $"The $ref \"{reference}\" leads nowhere.", "Correct it in the overlay, or bundle the document into one file.");
            }

            operations.AddRange(item.Properties().Where(m => s_methods.Contains(m.Name)).Select(m => (path.Name, item, m.Name, Mapping(m.Value, $"#/paths/{SchemaFolder.Step(path.Name)}/{m.Name}"))));
        }

        // Of operations that share an operationId the current one has the natural name; the others say their age.
        HashSet<JObject> older = [.. operations.GroupBy(Name).SelectMany(g => g.OrderBy(o => IsRetained(o.Source)).ThenByDescending(o => CSharpName.Version(o.Path), StringComparer.Ordinal).Skip(1)).Select(o => o.Source)];
        foreach ((string Path, JObject Item, string Method, JObject Source) operation in operations)
        {
            string age = !older.Contains(operation.Source) ? string.Empty : CSharpName.Version(operation.Path) is { Length: > 0 } version ? version : "V1";
            ReadOperation(operation.Path, operation.Item, operation.Method, operation.Source, Name(operation) + age);
        }

        string Name((string Path, JObject, string Method, JObject Source) operation) =>
            CSharpName.Pascal(OperationFacts.Of(_document, operation.Path, operation.Method, operation.Source).Id);

        while (_pending.TryDequeue(out Action? read))
        {
            read();
        }

        foreach (Definition definition in _model.Definitions.Values.Where(d => d.SpecName is null).ToList())
        {
            definition.Owner = OwnerOf(definition.Place);
        }
    }

    private static bool IsRetained(JObject source) => source[RetainedFile.Mark] is not null;

    private JObject Mapping(JToken token, string place) =>
        token as JObject ?? throw new SpecError(_file, place, "A mapping is expected here.", "Check that the file is the published spec.");

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
        definition.DeprecationNote = schema.DeprecationNote;
        definition.IsRetained = schema.IsRetained;
        definition.IsNullable = schema.IsNullable || HasNull(schema);
        if ((specName is not null || hintIsName) && definition is not ChoiceDefinition)
        {
            definition.Constraints = schema.Constraints;
        }

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

        // A component that is no object is a value with a name.
        if (specName is not null && schema.Type is "array" or "integer" or "number" or "boolean")
        {
            var value = new ChoiceDefinition(place, specName);
            _pending.Enqueue(() => value.Cases.Add(ReadUse(schema, place, specName!) with { Nullable = false, Constraints = Limits(schema) }));
            return value;
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
        List<FoldedSchema> folded = [.. variants.Select(_folder.Resolve)];

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

                if (IsText(shape))
                {
                    // Words that the spec has only in a pattern come from the overlay.
                    choice.Texts.AddRange((shape.Enum ?? []).Concat(variant.Schema["x-known-values"] as JArray ?? []).Where(v => v.Type == JTokenType.String).Select(v => (string)v!).Except(choice.Texts).ToList());
                    if (_folder.Fold(variant).Reference is string component && Component(component) is EnumDefinition text)
                    {
                        choice.TextTypes.Add(text);
                    }
                }

                // The limits of one of several texts are none of the others'.
                TypeUse use = !IsText(shape) ? ReadUse(variant, "item")
                    : new TypeUse(ValueKind.String) { Constraints = folded.Count(IsText) == 1 ? Limits(shape) : [] };
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
                string tag = SchemaFolder.LastStep(variant.Place);
                union.Variants.Add(ReadUse(variant, tag).Definition
                    ?? throw new SpecError(_file, variant.Place, "This variant of a union is no object with properties.", "Describe its properties in the overlay."));
            }

            union.Added.AddRange(ReadProperties(schema, union));
        });
        return union;
    }

    private bool IsObject(FoldedSchema schema) => Every(schema, s => s.Properties.Count > 0 || s.Type == "object");

    private bool IsText(FoldedSchema schema) => Every(schema, s => s.Type == "string" && s.Format != "binary");

    /// <summary>Whether something is so through all the variants of a schema.</summary>
    private bool Every(FoldedSchema schema, Func<FoldedSchema, bool> isSo)
    {
        if (schema.Variants is null)
        {
            return isSo(schema);
        }

        foreach (Placed variant in schema.Variants)
        {
            string? component = _folder.Fold(variant).Reference;
            if (component is not null && !_nested.Add(component))
            {
                throw new SpecError(_file, $"$.components.schemas.{component}", "This union has itself as a variant.", "Break the circle.");
            }

            bool isEvery = Every(_folder.Resolve(variant), isSo);
            _nested.Remove(component ?? string.Empty);
            if (!isEvery)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasNull(FoldedSchema schema) => schema.Enum?.Any(v => v.Type == JTokenType.Null) == true;

    /// <summary>What a value at this place has to keep to; values that are no texts have no type that says it.</summary>
    private static JObject Limits(FoldedSchema schema)
    {
        var limits = (JObject)schema.Constraints.DeepClone();
        if (schema.Enum is not null && !IsEnumeration(schema))
        {
            limits["x-retell-allowed"] = new JArray(schema.Enum.Where(v => v.Type != JTokenType.Null));
        }

        return limits;
    }

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
        bool wasRequired = placed.Schema[RetainedFile.WasRequired] is JValue { Value: true };
        JValue? constant = folded is { Reference: null, IsNullable: false, Enum: [JValue { Type: JTokenType.String or JTokenType.Boolean } only] }
            && (isRequired || wasRequired || !IsRequestBody(owner))
                ? only
                : null;
        return new Property
        {
            JsonName = name,
            Place = placed.Place,
            Type = constant is null ? ReadUse(folded, placed.Place, name) : new TypeUse(constant.Type == JTokenType.Boolean ? ValueKind.Boolean : ValueKind.String),
            IsRequired = isRequired,
            WasRequired = wasRequired,
            Constant = constant,
            Description = folded.Description,
            IsDeprecated = folded.IsDeprecated,
            DeprecationNote = folded.DeprecationNote,
            Example = folded.Example,
            Default = folded.Default,
            Constraints = constant is null ? Limits(folded) : folded.Constraints,
            AddedBy = owner is UnionDefinition union ? [union] : [],
        };
    }

    /// <summary>An optional constant is preset on nested objects only: on the body itself it would be sent unasked.</summary>
    private static bool IsRequestBody(Definition owner) => owner is { HintIsName: true } && owner.Hint.EndsWith("Request", StringComparison.Ordinal);

    private TypeUse ReadUse(Placed placed, string hint)
    {
        FoldedSchema folded = _folder.Fold(placed);
        return ReadUse(folded, placed.Place, hint) with { Constraints = Limits(folded) };
    }

    private TypeUse ReadUse(FoldedSchema schema, string place, string hint, bool hintIsName = false)
    {
        if (schema.Reference is not null)
        {
            Definition component = Component(schema.Reference);
            return new TypeUse(ValueKind.Named, component, Nullable: schema.IsNullable || component.IsNullable);
        }

        bool nullable = schema.IsNullable || HasNull(schema);
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

    private void ReadOperation(string path, JObject pathItem, string method, JObject source, string id)
    {
        string place = $"#/paths/{SchemaFolder.Step(path)}/{method}";
        OperationFacts facts = OperationFacts.Of(_document, path, method, source);
        if (_model.Operations.Find(known => known.MethodName == id) is ApiOperation same)
        {
            throw new SpecError(_file, place, $"{same.Key} would be named {id} as well.", "Give one of the two another operationId in the overlay.");
        }

        var operation = new ApiOperation
        {
            Id = facts.Id,
            MethodName = id,
            HttpMethod = method.ToUpperInvariant(),
            Path = path,
            Resource = facts.Resource,
            FacadeMethod = facts.Method,
            IsRepeatable = facts.IsRepeatable,
            RawOnlyReason = facts.RawOnlyReason,
            IsHandWritten = facts.IsHandWritten,
            ArgumentNames = facts.ArgumentNames,
            IdempotencyKey = facts.IdempotencyKey,
            TimeoutSeconds = facts.TimeoutSeconds,
            IsRetained = IsRetained(source),
            IsDeprecated = source["deprecated"] is JValue { Value: true },
            DeprecationNote = facts.ReplacedBy is null ? (string?)source["x-deprecation-note"] : $"The API no longer has it. Use {facts.ReplacedBy}.",
            Description = (string?)source["description"] ?? (string?)source["summary"],
        };

        foreach (JToken parameter in (pathItem["parameters"] as JArray ?? []).Concat(source["parameters"] as JArray ?? []))
        {
            // One of the operation replaces that of its path.
            Parameter read = ReadParameter(parameter, place, facts.Id);
            operation.Parameters.RemoveAll(other => (other.Name, other.In) == (read.Name, read.In));
            int index = operation.Parameters.FindIndex(other => other.Name == (string?)parameter[RetainedFile.Before]);
            operation.Parameters.Insert(index < 0 ? operation.Parameters.Count : index, read);
        }

        ReadBody(operation, source, place, id);
        ReadResponse(operation, source, place, id);
        _model.Operations.Add(operation);
    }

    private Parameter ReadParameter(JToken source, string place, string operation)
    {
        JObject parameter = Dereference(source, place + "/parameters");
        string name = (string?)parameter["name"] ?? throw new SpecError(_file, place, "A parameter has no name.", "Give it one in the overlay.");
        string schemaPlace = source["$ref"] is JToken reference ? $"{reference}/schema" : $"{place}/parameters/{SchemaFolder.Step(name)}";
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
            Constraints = Limits(folded),
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
        if ((content?.Value as JObject)?["schema"] is not JObject schema)
        {
            return;
        }

        operation.IsMultipart = content!.Name == "multipart/form-data";
        if (!operation.IsMultipart && content.Name != "application/json")
        {
            throw new SpecError(_file, place + "/requestBody", $"A body of type {content.Name} is not supported.", "Extend the transport, or correct the type in the overlay.");
        }

        string bodyPlace = place + "/requestBody";
        operation.IsBodyRequired = body["required"] is JValue { Value: true };
        operation.Body = ReadUse(_folder.Fold(new Placed(schema, bodyPlace)), bodyPlace, id + "Request", hintIsName: true);
        operation.BodyExample = content!.Value["example"];
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
        if (response.SelectToken("content['application/json'].schema") is not JObject schema)
        {
            return;
        }

        FoldedSchema folded = _folder.Fold(new Placed(schema, responsePlace));
        bool isPage = folded.Properties.Any(p => p.Key == "items") && folded.Properties.Any(p => p.Key == "has_more");
        operation.Response = folded is { Type: "array", Items: Placed items }
            ? new TypeUse(ValueKind.List, Item: ReadUse(_folder.Fold(items), items.Place, id + "Item", hintIsName: true))
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

            token = (reference.StartsWith('#') ? JsonPointer.Find(_document, reference[1..]) : null) ?? throw new SpecError(_file, place, $"The $ref \"{reference}\" leads nowhere.", "Correct it in the overlay.");
        }

        throw new SpecError(_file, place, "An object is expected here.", "Correct it in the overlay.");
    }
}
