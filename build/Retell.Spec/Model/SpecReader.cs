using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;
using Retell.Spec.Naming;

namespace Retell.Spec.Model;

/// <summary>Reads an OpenAPI document, with the overlay applied, into the model of the API.</summary>
internal sealed class SpecReader
{
    private static readonly string[] s_methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

    private readonly JObject _document;
    private readonly string _file;
    private readonly SchemaFolder _folder;
    private readonly ApiModel _model;
    private readonly NameLock _names;
    private readonly Queue<Action> _pending = new();
    private readonly Dictionary<string, string> _parameterOwners = new(StringComparer.Ordinal);

    /// <summary>The unions that are being looked through: none may hold itself.</summary>
    private readonly HashSet<string> _nested = new(StringComparer.Ordinal);

    private SpecReader(JObject document, string file, NameLock names)
    {
        _names = names;
        _document = document;
        _file = file;
        _folder = new SchemaFolder(document, file);
        _model = new ApiModel
        {
            Info = document["info"] as JObject ?? [],
            BaseUrl = document.SelectToken("$.servers[0].url")?.ToString() ?? string.Empty,
        };
    }

    public static ApiModel Read(JObject document, string file, NameLock names)
    {
        if (document["openapi"]?.ToString().StartsWith("3.", StringComparison.Ordinal) != true)
        {
            throw new SpecError(file, "$.openapi", "This is not an OpenAPI 3 document.", "Check that the file is the published spec.");
        }

        // What is read by name below has to be a mapping.
        foreach (string path in new[] { "components", "components.schemas", "components.parameters", "components.responses", "components.requestBodies" })
        {
            if (document.SelectToken(path) is { Type: not (JTokenType.Object or JTokenType.Null) })
            {
                throw new SpecError(file, "$." + path, "A mapping is expected here.", "Check that the file is the published spec.");
            }
        }

        var reader = new SpecReader(document, file, names);
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
        List<OperationSource> operations = [];
        foreach (JProperty path in paths.Properties())
        {
            string place = $"#/paths/{SchemaFolder.Step(path.Name)}";
            JObject item = Dereference(Mapping(path.Value, place), place);
            operations.AddRange(
                item.Properties().Where(m => s_methods.Contains(m.Name)).Select(m => new OperationSource(path.Name, m.Name, item, Mapping(m.Value, $"{place}/{m.Name}"))));
        }

        IReadOnlyDictionary<OperationSource, OperationName> named = OperationName.Of(_document, operations, _names);
        foreach (OperationSource operation in operations)
        {
            OperationSource? successor = operation.IsRetained ? operations.Find(other => _names.FindFormer(other.Key) == operation.Key) : null;
            ReadOperation(
                operation,
                named[operation],
                successor is null ? null : $"The API has moved it to {successor.Path}. Use {named[successor].Resource}.{named[successor].FacadeMethod}Async.");
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
            List<Placed> typed = [.. variants.Where((_, i) => !IsFreeForm(variants[i], folded[i]))];
            return typed.Count > 0
                ? CreateUnion(schema, typed, place, specName, hint, hintIsName)
                : new ObjectDefinition(place, specName) { Hint = hint, HintIsName = hintIsName };
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
                    choice.Texts.AddRange(
                        (shape.Enum ?? [])
                            .Concat(variant.Schema["x-known-values"] as JArray ?? [])
                            .Where(v => v.Type == JTokenType.String)
                            .Select(v => (string)v!)
                            .Except(choice.Texts)
                            .ToList());
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
        var union = new UnionDefinition(place, specName) { Hint = hint, HintIsName = hintIsName, Declared = schema.Discriminator };
        _pending.Enqueue(() =>
        {
            foreach (Placed variant in variants)
            {
                string tag = SchemaFolder.LastStep(variant.Place);
                if (ReadUse(variant, tag).Definition is Definition known && known != union)
                {
                    union.Variants.Add(known);
                }
            }

            union.Added.AddRange(ReadProperties(schema, union));
        });
        return union;
    }

    /// <summary>Whether a variant is any object: an UnknownVariant holds it, and no type has to be made for it.</summary>
    private bool IsFreeForm(Placed variant, FoldedSchema folded) =>
        folded is { Variants: null, Properties.Count: 0, Required.Count: 0 } && (_folder.Fold(variant).Reference is null || folded.AdditionalProperties is not null);

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
                // A union that has itself as a variant is what its other variants are.
                continue;
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
            string other => throw new SpecError(_file, place, $"\"{other}\" is not a type of OpenAPI 3.0.", "Correct it in the overlay."),
        };
    }

    private TypeUse ReadItem(Placed? items, string hint) =>
        items is Placed placed ? ReadUse(placed, CSharpName.Singular(hint)) : new TypeUse(ValueKind.Any);

    private void ReadOperation(OperationSource source, OperationName name, string? moved)
    {
        string place = source.Place;
        OperationFacts facts = OperationFacts.Of(_document, source, _names);
        var operation = new ApiOperation
        {
            Id = name.Id,
            MethodName = name.Method,
            HttpMethod = source.Method.ToUpperInvariant(),
            Path = source.Path,
            FormerKey = _names.FindFormer(source.Key),
            Resource = name.Resource,
            FacadeMethod = name.FacadeMethod,
            IsFacadeChosen = name.IsChosen,
            IsRepeatable = facts.IsRepeatable,
            RawOnlyReason = facts.RawOnlyReason,
            IsHandWritten = facts.IsHandWritten,
            ArgumentNames = facts.ArgumentNames,
            IdempotencyKey = facts.IdempotencyKey,
            TimeoutSeconds = facts.TimeoutSeconds,
            IsRetained = source.IsRetained,
            IsDeprecated = source.Source["deprecated"] is JValue { Value: true },
            DeprecationNote = moved ?? (facts.ReplacedBy is null ? (string?)source.Source["x-deprecation-note"] : $"The API no longer has it. Use {facts.ReplacedBy}."),
            Description = (string?)source.Source["description"] ?? (string?)source.Source["summary"],
            Server = Server(source.Source) ?? Server(source.Item),
            IsAnonymous = source.Source["security"] is JArray security && security.All(scheme => scheme is JObject { Count: 0 }),
        };

        foreach (JToken parameter in (source.Item["parameters"] as JArray ?? []).Concat(source.Source["parameters"] as JArray ?? []))
        {
            if (ReadParameter(parameter, place, name.Method, source) is not Parameter read)
            {
                continue;
            }

            // One of the operation replaces that of its path.
            operation.Parameters.RemoveAll(other => (other.Name, other.In) == (read.Name, read.In));
            operation.Parameters.Add(read);
        }

        // What the template of the path asks for is a parameter, whether or not the document says more of it.
        foreach (string missing in source.PathParameters.Where(missing => operation.Parameters.TrueForAll(p => (p.In, p.Name) != ("path", missing))))
        {
            operation.Parameters.Add(new Parameter { Name = missing, In = "path", Type = new TypeUse(ValueKind.String), IsRequired = true });
        }

        ReadBody(operation, source.Source, place);
        ReadResponse(operation, source.Source, place);
        _model.Operations.Add(operation);
    }

    /// <summary>The server of an operation or a path alone.</summary>
    private static string? Server(JObject holder) =>
        (holder["servers"] as JArray)?.OfType<JObject>().FirstOrDefault() is JObject server && (string?)server["url"] is { Length: > 0 } url
        ? (server["variables"] as JObject ?? [])
            .Properties()
            .Aggregate(url, (text, variable) => text.Replace($"{{{variable.Name}}}", (string?)variable.Value["default"], StringComparison.Ordinal))
        : null;

    /// <summary>A parameter; null for one that the client itself decides on, or that the path does not have.</summary>
    private Parameter? ReadParameter(JToken source, string place, string operation, OperationSource owner)
    {
        JObject parameter = Dereference(source, place + "/parameters");
        string name = (string?)parameter["name"] ?? throw new SpecError(_file, place, "A parameter has no name.", "Give it one in the overlay.");
        string location = (string?)parameter["in"] is string known and ("path" or "query" or "header" or "cookie")
            ? known
            : throw new SpecError(_file, place, $"The parameter {name} is in \"{parameter["in"]}\".", "It has to be in path, query, header or cookie: correct it in the overlay.");

        // As OpenAPI has it, these belong to the content and to the security of an operation.
        if ((location == "header" && name.ToLowerInvariant() is "accept" or "content-type" or "authorization") || (location == "path" && !owner.PathParameters.Contains(name)))
        {
            return null;
        }

        string schemaPlace = source["$ref"] is JToken reference ? $"{reference}/schema" : $"{place}/parameters/{SchemaFolder.Step(name)}";
        _parameterOwners[schemaPlace[..schemaPlace.LastIndexOf('/')]] = CSharpName.Pascal(source["$ref"] is JToken shared ? shared.ToString().Split('/')[^1] : operation);
        JProperty? content = (parameter["content"] as JObject)?.Properties().FirstOrDefault();
        JObject schema = parameter["schema"] as JObject ?? content?.Value["schema"] as JObject ?? new JObject { ["type"] = "string" };
        FoldedSchema folded = _folder.Fold(new Placed(schema, schemaPlace));
        string style = content is not null ? "json" : (string?)parameter["style"] ?? (location is "query" or "cookie" ? "form" : "simple");
        return new Parameter
        {
            Name = name,
            In = location,
            Type = ReadUse(folded, schemaPlace, name),
            Style = style,
            IsExploded = parameter["explode"] is JValue { Type: JTokenType.Boolean } explode ? (bool)explode : style == "form",
            IsReservedAllowed = parameter["allowReserved"] is JValue { Value: true },
            IsRequired = location == "path" || parameter["required"] is JValue { Value: true },
            IsDeprecated = parameter["deprecated"] is JValue { Value: true },
            Description = (string?)parameter["description"] ?? folded.Description,
            Example = parameter["example"] ?? folded.Example,
            Constraints = Limits(folded),
        };
    }

    private void ReadBody(ApiOperation operation, JObject source, string place)
    {
        if (source["requestBody"] is not JToken token)
        {
            return;
        }

        string bodyPlace = place + "/requestBody";
        JObject body = Dereference(token, bodyPlace);
        List<JProperty> contents = [.. (body["content"] as JObject ?? []).Properties().OrderBy(c => MediaType.Rank(c.Name)).ThenBy(c => c.Name, StringComparer.Ordinal)];
        JProperty? content = contents.Find(c => MediaType.Bare(c.Name) == MediaType.Form && HoldsFile(Schema(c), bodyPlace)) ?? contents.FirstOrDefault();
        if (content is null)
        {
            return;
        }

        JObject? schema = Schema(content);
        string type = MediaType.Bare(content.Name);
        operation.IsBodyRequired = body["required"] is JValue { Value: true };
        operation.BodyExample = Example(content.Value);
        if (MediaType.IsJson(type) && !IsBinary(schema, bodyPlace))
        {
            operation.BodyType = type.Contains('*', StringComparison.Ordinal) ? MediaType.Json : content.Name;
            operation.Body = schema is null
                ? new TypeUse(ValueKind.Any)
                : ReadUse(_folder.Fold(new Placed(schema, bodyPlace)), bodyPlace, operation.MethodName + "Request", hintIsName: true);
        }
        else if (type is MediaType.Form or MediaType.UrlEncoded)
        {
            operation.BodyType = type;
            operation.Body = ReadUse(
                _folder.Fold(new Placed(schema ?? new JObject { ["type"] = "object" }, bodyPlace)),
                bodyPlace,
                operation.MethodName + "Request",
                hintIsName: true);
            if (operation.Body.Definition is not (ObjectDefinition or UnionDefinition))
            {
                operation.Body = new TypeUse(ValueKind.FreeForm);
            }
        }
        else if (MediaType.IsText(type) && !IsBinary(schema, bodyPlace))
        {
            (operation.BodyType, operation.Body) = (content.Name, new TypeUse(ValueKind.String));
        }
        else
        {
            (operation.BodyType, operation.Body) = (type.Contains('*', StringComparison.Ordinal) ? "application/octet-stream" : content.Name, new TypeUse(ValueKind.File));
            if (schema is not null && !IsBinary(schema, bodyPlace))
            {
                _model.Remarks.Add($"{operation.Key}: a body of type {content.Name} is sent as the caller wrote it (RetellFile); its schema is not used.");
            }
        }
    }

    private static JObject? Schema(JProperty content) => content.Value["schema"] as JObject;

    private static JToken? Example(JToken content) =>
        content["example"] ?? (content["examples"] as JObject)?.Properties().Select(example => example.Value["value"]).FirstOrDefault(value => value is not null);

    /// <summary>Whether the value is bytes: only a schema that says so is.</summary>
    private bool IsBinary(JObject? schema, string place) => schema is not null && _folder.Resolve(new Placed(schema, place)) is { Type: "string", Format: "binary" };

    /// <summary>Whether a form has a member that is a file, or a list of files.</summary>
    private bool HoldsFile(JObject? schema, string place) => schema is not null && _folder.Resolve(new Placed(schema, place)).Properties.Exists(p =>
        _folder.Resolve(p.Value) is var value && (value.Format == "binary" || (value.Items is Placed items && _folder.Resolve(items).Format == "binary")));

    private void ReadResponse(ApiOperation operation, JObject source, string place)
    {
        List<JProperty> all = [.. (source["responses"] as JObject ?? []).Properties()];
        List<JProperty> successes = [.. all.Where(r => r.Name is ['2', >= '0' and <= '9', >= '0' and <= '9']).OrderBy(r => r.Name, StringComparer.Ordinal)];
        if (successes.Count == 0)
        {
            // A range stands for all of it; a default, where nothing else is said, for success and failure.
            successes = [.. all.Where(r => string.Equals(r.Name, "2XX", StringComparison.OrdinalIgnoreCase)), .. all.Where(r => r.Name == "default")];
            successes = [.. successes.Take(1)];
        }

        List<(string Status, string Place, JObject Response, JProperty? Content)> read =
        [
            .. successes.Select(success =>
            {
                string at = $"{place}/responses/{success.Name}";
                JObject response = Dereference(success.Value, at);
                return (success.Name,
                    at,
                    response,
                    (response["content"] as JObject ?? []).Properties().OrderBy(c => MediaType.Rank(c.Name)).ThenBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault());
            }),
        ];
        if (read.Count == 0)
        {
            return;
        }

        // The first that has a body is what a caller waits for.
        var main = read.Find(r => r.Content is not null);
        main = main.Content is null ? read[0] : main;
        operation.Status = int.TryParse(main.Status, out int status) ? status : 200;
        operation.ResponseDescription = (string?)main.Response["description"];
        if (main.Content is not JProperty content || operation.HttpMethod == "HEAD")
        {
            return;
        }

        string type = MediaType.Bare(content.Name);
        if (type == MediaType.Events)
        {
            (operation.ResponseKind, operation.ResponseType) = (ResponseKind.Events, MediaType.Events);
        }
        else if (!MediaType.IsJson(type) || IsBinary(Schema(content), main.Place))
        {
            (operation.ResponseKind, operation.ResponseType) = (ResponseKind.Stream, type);
        }
        else
        {
            operation.ResponseType = type.Contains('*', StringComparison.Ordinal) ? MediaType.Json : type;
            List<(string Status, Placed Schema)> bodies =
            [
                .. read.Where(r => r.Content is JProperty other && MediaType.IsJson(other.Name))
                    .Select(r => (r.Status, Schema: new Placed(Schema(r.Content!) ?? [], r.Place)))
                    .DistinctBy(r => _folder.Fold(r.Schema) is { Reference: string reference } ? reference : r.Schema.Schema.ToString()),
            ];
            operation.MayBeEmpty = read.Exists(r => r.Content is null);
            operation.Response = bodies.Count == 1 ? ReadAnswer(bodies[0].Schema, operation.MethodName) : ReadAnswers(bodies, place, operation.MethodName);
        }
    }

    private TypeUse ReadAnswer(Placed body, string id)
    {
        FoldedSchema folded = _folder.Fold(body);
        bool isPage = folded.Properties.Any(p => p.Key == "items") && folded.Properties.Any(p => p.Key == "has_more");
        return folded is { Type: "array", Items: Placed items }
            ? new TypeUse(ValueKind.List, Item: ReadUse(_folder.Fold(items), items.Place, id + "Item", hintIsName: true))
            : ReadUse(folded, body.Place, id + (isPage ? "Page" : "Response"), hintIsName: true);
    }

    /// <summary>Success has several bodies: the answer is one of them, told apart as the variants of any union.</summary>
    private TypeUse ReadAnswers(List<(string Status, Placed Schema)> bodies, string place, string id)
    {
        foreach ((string status, Placed schema) in bodies)
        {
            ReadUse(_folder.Fold(schema), schema.Place, $"{id}Response{status}", hintIsName: true);
        }

        var all = new FoldedSchema { Variants = [.. bodies.Select(body => body.Schema)] };
        return ReadUse(all, place + "/responses", id + "Response", hintIsName: true);
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

            token = (reference.StartsWith('#') ? JsonPointer.Find(_document, reference[1..]) : null)
                ?? throw new SpecError(_file, place, $"The $ref \"{reference}\" does not resolve.", "Correct it in the overlay.");
        }

        throw new SpecError(_file, place, "An object is expected here.", "Correct it in the overlay.");
    }
}
