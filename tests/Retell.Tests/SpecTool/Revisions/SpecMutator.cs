using Newtonsoft.Json.Linq;

namespace Retell.Tests.SpecTool.Revisions;

/// <summary>What the API may do in its next revision, at a random place. A change gives false where the document has no place for it.</summary>
/// <param name="document">The document, which is changed.</param>
/// <param name="random">Where chance comes from: the same seed makes the same revision.</param>
internal sealed class SpecMutator(JObject document, Random random)
{
    /// <summary>Changes after which all code that callers wrote still compiles and means the same.</summary>
    public static IReadOnlyList<(string Name, Func<SpecMutator, bool> Apply)> Benign { get; } =
    [
        ("operation with a header parameter", m => m.AddOperation("post", "checkHealth", parameters: [Parameter("header", "X-Trace-Id", "string")])),
        ("operation of a known resource", m => m.AddOperationOf("call")),
        ("operation of a known resource by tag", m => m.AddOperation("post", "summarizeThings", tags: ["Agents"])),
        ("operation without an operationId", m => m.AddOperation("get", null)),
        ("operation with a form", m => m.AddOperation("post", "sendForm", body: ("application/x-www-form-urlencoded", Object(("a", Scalar("string")))))),
        ("operation with bytes", m => m.AddOperation("put", "sendBytes", body: ("application/octet-stream", Scalar("string", "binary")))),
        ("operation with a merge patch", m => m.AddOperation("patch", "patchThing", body: ("application/merge-patch+json", Object(("a", Scalar("string")))))),
        ("operation with a body of an odd type", m => m.AddOperation("post", "sendXml", body: ("application/xml", Object(("a", Scalar("string")))))),
        (
            "operation with a list as its body",
            m => m.AddOperation("post", "sendList", body: ("application/json", new JObject { ["type"] = "array", ["items"] = Scalar("integer") }))),
        ("operation that answers with a stream", m => m.AddOperation("get", "getAudio", answer: ("audio/mpeg", Scalar("string", "binary")))),
        ("operation that answers with events", m => m.AddOperation("get", "streamEvents", answer: ("text/event-stream", Scalar("string")))),
        (
            "operation with parameters in every style",
            m =>
                m.AddOperation(
                    "get",
                    "findThings",
                    parameters:
                    [
                        Styled("a", "deepObject", true, new JObject { ["type"] = "object" }),
                        Styled("b", "form", false, List("integer")),
                        Styled("c", "pipeDelimited", false, List("string")),
                        Parameter("cookie", "d", "string"),
                    ])),
        ("operation of two answers", m => m.AddOperation("post", "startThing", more: ("202", Object(("job_id", Scalar("string")))))),
        ("operation called as one that is there", m => m.AddTwin()),
        ("optional query parameter", m => m.AddParameter(Parameter("query", m.Word(), "integer"))),
        ("optional header parameter", m => m.AddParameter(Parameter("header", "X-" + m.Word(), "string"))),
        ("optional query parameter that is an enumeration", m => m.AddParameter(new JObject { ["in"] = "query", ["name"] = m.Word(), ["schema"] = m.Enumeration() })),
        ("parameter for a whole path", m => m.AddPathParameter()),
        ("deprecated operation", m => m.Operation() is { } operation && Set(operation, "deprecated", true)),
        ("deprecated property", m => m.Property() is { } property && Set((JObject)property.Value, "deprecated", true)),
        ("deprecated schema", m => m.ObjectSchema() is { } schema && Set(schema, "deprecated", true)),
        ("path that moves to another version", m => m.MovePath()),
        ("renamed path parameter", m => m.RenamePathParameter()),
        ("dropped operationId", m => m.Operation() is { } operation && operation.Remove("operationId")),
        ("changed operationId", m => m.Operation() is { } operation && Set(operation, "operationId", "changed" + m.Word())),
        ("property", m => m.AddProperty(m.Word(), Scalar("string"))),
        ("property that is an enumeration", m => m.AddProperty(m.Word(), m.Enumeration())),
        ("property that is an object", m => m.AddProperty(m.Word(), Object((m.Word(), Scalar("integer")), (m.Word(), m.Enumeration())))),
        ("property whose schema gets a name that is taken", m => m.AddProperty(m.TakenName(), Object(("own_" + m.Word(), Scalar("boolean"))))),
        (
            "property that is a list of lists",
            m => m.AddProperty(m.Word(), new JObject { ["type"] = "array", ["items"] = new JObject { ["type"] = "array", ["items"] = Object(("a", Scalar("number"))) } })),
        ("property that is a map", m => m.AddProperty(m.Word(), new JObject { ["type"] = "object", ["additionalProperties"] = Object(("a", Scalar("string"))) })),
        ("property of several scalars", m => m.AddProperty(m.Word(), new JObject { ["anyOf"] = new JArray(Scalar("string"), Scalar("integer"), List("string")) })),
        ("property of any object", m => m.AddProperty(m.Word(), new JObject { ["type"] = "object", ["additionalProperties"] = true })),
        (
            "property with an odd name",
            m => m.AddProperty(m.Pick("class", "1st", "a-b", "Ünicode", "$ref_like", "get type", "@id", "event", "new", "ToString", "_", "a.b"), Scalar("string"))),
        ("property whose name is another one in C#", m => m.Property() is { } property && AddSibling(property)),
        ("default with quotes", m => m.AddProperty(m.Word(), new JObject { ["type"] = "string", ["default"] = "say \"hi\" {0} \\ */ </summary>" })),
        (
            "description with everything",
            m => m.Property() is { } property && Set((JObject)property.Value, "description", "Ends */ here </summary> {0} \"q\" `code` \u2028 <b> & \u0007 $x\r\nnext")),
        ("description of an operation", m => m.Operation() is { } operation && Set(operation, "description", "Ends */ here </summary>\n\n- {0}\n- \u2028 & <x>")),
        ("value of an enumeration", m => m.AnyEnumeration() is { } values && Add(values, "value_" + m.Word())),
        ("values that are one in C#", m => m.AnyEnumeration() is { } values && Add(values, "x-y") && Add(values, "x_y") && Add(values, "")),
        ("variant of a union", m => m.AddVariant()),
        ("component", m => m.AddComponent("Thing" + m.Word(), Object(("a", Scalar("string")), ("b", m.Enumeration())))),
        (
            "component with an odd name",
            m => m.AddComponent(m.Pick("Task", "TimeSpan", "Obsolete", "foo-bar", "foo_bar", "object", "Page", "String", "retell.client", "X"), Object(("a", Scalar("string"))))),
        ("component that is called as an inline schema", m => m.InlineName() is { } name && m.AddComponent(name, Object(("a", Scalar("string"))))),
        (
            "union that holds a list of itself",
            m =>
                m.AddComponent(
                    "Nest" + m.Word(),
                    new JObject { ["oneOf"] = new JArray(Scalar("string"), new JObject { ["type"] = "array", ["items"] = new JObject() }) },
                    selfAt: "oneOf[1].items")),
        (
            "object that holds itself",
            m => m.AddComponent("Tree" + m.Word(), Object(("children", new JObject { ["type"] = "array", ["items"] = new JObject() })), selfAt: "properties.children.items")),
        ("union with a mapping", m => m.AddMappedUnion()),
        (
            "union of lists",
            m =>
                m.AddProperty(
                    m.Word(),
                    new JObject { ["oneOf"] = new JArray(List("string"), List("integer"), new JObject { ["type"] = "array", ["items"] = Object(("a", Scalar("string"))) }) })),
        ("inline schema that becomes a component", m => m.Hoist()),
        ("component that becomes an inline schema", m => m.Inline()),
        ("properties that move to a base", m => m.ExtractBase()),
        ("renamed component", m => m.RenameComponent()),
        ("another order", m => m.Shuffle()),
        (
            "required parameter that becomes optional",
            m =>
                m.Parameters().FirstOrDefault(p => p["in"]?.ToString() == "query" && p["required"] is JValue { Value: true }) is { } parameter
                    && Set(parameter, "required", false)),
        ("one more success", m => m.Operation() is { } operation && AddAnswer(operation, "default")),
        ("links, callbacks and vendor members", m => m.AddExtras()),
        ("operation without security", m => m.Operation() is { } operation && Set(operation, "security", new JArray())),
        ("operation with a server", m => m.Operation() is { } operation && Set(operation, "servers", new JArray(new JObject { ["url"] = "https://other.example.com/v1" }))),
    ];

    /// <summary>Changes after which code of callers may no longer compile, or calls may fail.</summary>
    public static IReadOnlyList<(string Name, Func<SpecMutator, bool> Apply)> Breaking { get; } =
    [
        ("removed property", m => m.Property() is { } property && Remove(property)),
        ("property of another type", m => m.Property() is { } property && Replace(property, Scalar("integer"))),
        ("property that becomes an object", m => m.Property() is { } property && Replace(property, Object(("inner", Scalar("string"))))),
        ("property that becomes a list", m => m.Property() is { } property && Replace(property, new JObject { ["type"] = "array", ["items"] = property.Value.DeepClone() })),
        ("removed variant", m => m.Union() is { Count: > 1 } variants && RemoveAt(variants, m.Next(variants.Count))),
        ("removed value", m => m.AnyEnumeration() is { Count: > 1 } values && RemoveAt(values, m.Next(values.Count))),
        ("removed operation", m => m.RemoveOperation()),
        (
            "removed parameter",
            m =>
                m.Operation()?["parameters"] is JArray { Count: > 0 } parameters
                    && parameters.FirstOrDefault(p => p["in"]?.ToString() == "query") is { } query
                    && RemoveItem(query)),
        (
            "parameter that becomes required",
            m => m.Parameters().FirstOrDefault(p => p["in"]?.ToString() == "query" && p["required"] is null) is { } parameter && Set(parameter, "required", true)),
        ("required query parameter", m => m.AddParameter(new JObject { ["in"] = "query", ["name"] = m.Word(), ["required"] = true, ["schema"] = Scalar("string") })),
        ("required body", m => m.AddBody()),
        ("removed body", m => m.Operation() is { } operation && operation.Remove("requestBody")),
        ("answer without a body", m => m.Operation()?["responses"] is JObject { Count: > 0 } responses && Set((JObject)responses.Properties().First().Value, "content", null)),
        ("answer that becomes a list", m => m.ListAnswer()),
        (
            "property that becomes required",
            m => m.ObjectSchema() is { } schema && Set(schema, "required", new JArray(((JObject)schema["properties"]!).Properties().Select(p => p.Name)))),
        ("object that becomes a union", m => m.TurnIntoUnion()),
        ("path that moves and changes its body", m => m.MovePath() && m.AddBody()),
    ];

    /// <summary>Applies some changes of a list; gives the names of those that found a place.</summary>
    public IReadOnlyList<string> Apply(IReadOnlyList<(string Name, Func<SpecMutator, bool> Apply)> changes, int count)
    {
        List<string> applied = [];
        for (int i = 0; i < count; i++)
        {
            (string name, Func<SpecMutator, bool> apply) = changes[random.Next(changes.Count)];
            if (apply(this))
            {
                applied.Add(name);
            }
        }

        return applied;
    }

    private static JObject Scalar(string type, string? format = null) => format is null ? new JObject { ["type"] = type } : new JObject { ["type"] = type, ["format"] = format };

    private static JObject List(string type) => new() { ["type"] = "array", ["items"] = Scalar(type) };

    private static JObject Object(params (string Name, JObject Schema)[] properties) =>
        new() { ["type"] = "object", ["properties"] = new JObject(properties.DistinctBy(p => p.Name).Select(p => new JProperty(p.Name, p.Schema))) };

    private static JObject Parameter(string location, string name, string type) => new() { ["in"] = location, ["name"] = name, ["schema"] = Scalar(type) };

    private static JObject Styled(string name, string style, bool explode, JObject schema) =>
        new() { ["in"] = "query", ["name"] = name, ["style"] = style, ["explode"] = explode, ["schema"] = schema };

    private static bool Set(JObject node, string name, JToken? value)
    {
        if (value is null)
        {
            return node.Remove(name);
        }

        node[name] = value;
        return true;
    }

    private static bool Add(JArray list, string value)
    {
        list.Add(value);
        return true;
    }

    private static bool Remove(JProperty property)
    {
        (property.Parent!.Parent!.Parent as JObject)?.Remove("required");
        property.Remove();
        return true;
    }

    private static bool Replace(JProperty property, JObject schema)
    {
        property.Value = schema;
        return true;
    }

    private static bool RemoveAt(JArray list, int index)
    {
        list.RemoveAt(index);
        return true;
    }

    private static bool RemoveItem(JToken item)
    {
        item.Remove();
        return true;
    }

    private int Next(int count) => random.Next(count);

    private T Pick<T>(params T[] items) => items[random.Next(items.Length)];

    /// <summary>A word that is not in the document yet.</summary>
    private string Word() =>
        $"{Pick("blue", "swift", "call", "agent", "sort", "user", "max")}_{Pick("mode", "filter", "type", "limit", "status", "config", "level")}_{random.Next(10000)}";

    private JObject Enumeration() => new() { ["type"] = "string", ["enum"] = new JArray("on", "off", Pick("auto", "1m", "==", "x-y")) };

    private JObject Schemas => (JObject)document["components"]!["schemas"]!;

    private T? Choose<T>(IEnumerable<T> items)
        where T : class => items.ToArray() is { Length: > 0 } all ? all[random.Next(all.Length)] : null;

    private IEnumerable<(JProperty Path, JProperty Method)> Operations() =>
        from path in ((JObject)document["paths"]!).Properties()
        from method in ((JObject)path.Value).Properties()
        where method.Name is "get" or "put" or "post" or "delete" or "patch"
        select (path, method);

    private JObject? Operation() => Choose(Operations().Select(operation => (JObject)operation.Method.Value));

    private IEnumerable<JObject> Parameters() =>
        Operations().SelectMany(o => o.Method.Value["parameters"] as JArray ?? []).OfType<JObject>().Where(p => p["$ref"] is null).OrderBy(_ => random.Next());

    /// <summary>An object with properties, a component or inline.</summary>
    private JObject? ObjectSchema() =>
        Choose(Schemas.Descendants().OfType<JObject>().Where(node => node["type"]?.ToString() == "object" && node["properties"] is JObject { Count: > 0 } && IsSchema(node)));

    private static bool IsSchema(JObject node) => !node.Ancestors().OfType<JProperty>().Any(property => property.Name is "example" or "default" or "enum");

    private JProperty? Property() => Choose(Schemas.Descendants().OfType<JProperty>()
        .Where(
            property =>
                property.Parent?.Parent is JProperty { Name: "properties" }
                    && property.Value is JObject schema
                    && schema["enum"] is not JArray { Count: 1 }
                    && schema["$ref"] is null
                    && IsSchema(schema)));

    private JArray? AnyEnumeration() =>
        Choose(
            Schemas.Descendants()
                .OfType<JProperty>()
                .Where(p => p is { Name: "enum", Value: JArray { Count: > 1 } values } && values.All(v => v.Type == JTokenType.String) && IsSchema((JObject)p.Parent!))
                .Select(p => (JArray)p.Value));

    private JArray? Union() => Choose(Schemas.Descendants().OfType<JProperty>().Where(p => p is { Name: "oneOf", Value: JArray }).Select(p => (JArray)p.Value));

    private bool AddOperation(
        string method, string? id, JObject[]? parameters = null, string[]? tags = null, (string Type, JObject Schema)? body = null, (string Type, JObject Schema)? answer = null, (string Status, JObject Schema)? more = null)
    {
        string path = $"/{Pick("v2/", "v3/", "")}{Pick("do", "get", "run")}-{Word().Replace('_', '-')}";
        var operation = new JObject
        {
            ["parameters"] = new JArray(parameters ?? []),
            ["responses"] = new JObject
            {
                ["200"] = new JObject
                {
                    ["description"] = "Done.",
                    ["content"] = answer is null
                        ? new JObject { ["application/json"] = new JObject { ["schema"] = Object(("result", Scalar("string"))) } }
                        : new JObject { [answer.Value.Type] = new JObject { ["schema"] = answer.Value.Schema } },
                },
            },
        };
        if (id is not null)
        {
            operation["operationId"] = id + random.Next(1000);
        }

        if (tags is not null)
        {
            operation["tags"] = new JArray(tags);
        }

        if (body is not null)
        {
            operation["requestBody"] = new JObject
            {
                ["required"] = random.Next(2) == 0,
                ["content"] = new JObject { [body.Value.Type] = new JObject { ["schema"] = body.Value.Schema } },
            };
        }

        if (more is not null)
        {
            operation["responses"]![more.Value.Status] = new JObject
            {
                ["description"] = "Later.",
                ["content"] = new JObject { ["application/json"] = new JObject { ["schema"] = more.Value.Schema } },
            };
        }

        document["paths"]![path] = new JObject { [method] = operation };
        return true;
    }

    private bool AddOperationOf(string noun)
    {
        AddOperation("get", "getCallSummary");
        JProperty added = ((JObject)document["paths"]!).Properties().Last();
        ((JArray)added.Value["get"]!["parameters"]!).Add(new JObject { ["in"] = "path", ["name"] = noun + "_id", ["required"] = true, ["schema"] = Scalar("string") });
        added.Replace(new JProperty($"{added.Name}/{{{noun}_id}}", added.Value));
        return true;
    }

    /// <summary>An operation whose ID another one has, in another version.</summary>
    private bool AddTwin()
    {
        if (Choose(Operations().Select(o => o.Method)) is not { } method || method.Value["operationId"] is null)
        {
            return false;
        }

        string path = $"/v{random.Next(4, 9)}/twin-{random.Next(1000)}" + ((JProperty)method.Parent!.Parent!).Name;
        document["paths"]![path] = new JObject { [method.Name] = method.Value.DeepClone() };
        return true;
    }

    private bool AddParameter(JObject parameter)
    {
        if (Operation() is not { } operation)
        {
            return false;
        }

        if (operation["parameters"] is not JArray parameters)
        {
            operation["parameters"] = parameters = [];
        }

        parameters.Insert(random.Next(parameters.Count + 1), parameter);
        return true;
    }

    private bool AddPathParameter()
    {
        if (Choose(((JObject)document["paths"]!).Properties()) is not { } path || path.Value["parameters"] is not null)
        {
            return false;
        }

        path.Value["parameters"] = new JArray(Parameter("header", "X-Shared", "string"), Parameter("query", Word(), "boolean"));
        return true;
    }

    private bool MovePath()
    {
        if (Choose(((JObject)document["paths"]!).Properties()) is not { } path)
        {
            return false;
        }

        string rest = path.Name.Split('/') is ["", ['v', >= '0' and <= '9'], .. var steps] ? "/" + string.Join('/', steps) : path.Name;
        string moved = $"/v{random.Next(4, 10)}{rest}";
        if (document["paths"]![moved] is not null)
        {
            return false;
        }

        path.Replace(new JProperty(moved, path.Value));
        return true;
    }

    private bool RenamePathParameter()
    {
        if (Choose(((JObject)document["paths"]!).Properties().Where(p => p.Name.Contains('{', StringComparison.Ordinal))) is not { } path)
        {
            return false;
        }

        string name = path.Name.Split('{')[1].Split('}')[0];
        foreach (
            JToken parameter in path.Value.SelectTokens("$..parameters[*]").OfType<JObject>().Where(p => p["in"]?.ToString() == "path" && p["name"]?.ToString() == name).ToList())
        {
            parameter["name"] = name + "_x";
        }

        path.Replace(new JProperty(path.Name.Replace($"{{{name}}}", $"{{{name}_x}}", StringComparison.Ordinal), path.Value));
        return true;
    }

    private bool AddProperty(string name, JObject schema)
    {
        if (ObjectSchema() is not { } owner || owner["properties"]![name] is not null)
        {
            return false;
        }

        owner["properties"]![name] = schema;
        return true;
    }

    private static bool AddSibling(JProperty property)
    {
        string name = property.Name.Replace('_', '-');
        if (property.Parent![name] is not null)
        {
            return false;
        }

        property.Parent[name] = Scalar("string");
        return true;
    }

    /// <summary>The name of a property that is an inline object or enumeration somewhere.</summary>
    private string TakenName() =>
        Choose(
            Schemas.Descendants()
                .OfType<JProperty>()
                .Where(p => p.Parent?.Parent is JProperty { Name: "properties" } && p.Value is JObject schema && (schema["properties"] ?? schema["enum"]) is not null))?.Name
            ?? "filter";

    private string? InlineName() =>
        string.Concat(TakenName().Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..])) is { Length: > 0 } name
            && Schemas[name] is null
            ? name
            : null;

    private bool AddVariant()
    {
        if (Union() is not { } union
                || union.OfType<JObject>().FirstOrDefault(v => v["$ref"] is not null) is not { } known
                || Schemas[((string)known["$ref"]!).Split('/')[^1]] is not JObject schema
                || schema["properties"] is not JObject)
        {
            return false;
        }

        var variant = (JObject)schema.DeepClone();
        foreach (JObject tag in variant["properties"]!.Children<JProperty>().Select(p => p.Value).OfType<JObject>().Where(p => p["enum"] is JArray { Count: 1 }))
        {
            tag["enum"] = new JArray("tag_" + random.Next(10000));
        }

        string name = "Variant" + random.Next(10000);
        Schemas[name] = variant;
        union.Add(new JObject { ["$ref"] = "#/components/schemas/" + name });
        return true;
    }

    private bool AddComponent(string name, JObject schema, string? selfAt = null)
    {
        if (Schemas[name] is not null)
        {
            return false;
        }

        Schemas[name] = schema;
        if (selfAt is not null)
        {
            ((JObject)schema.SelectToken(selfAt)!)["$ref"] = "#/components/schemas/" + name;
        }

        return ObjectSchema() is { } owner && Set((JObject)owner["properties"]!, "uses_" + random.Next(1000), new JObject { ["$ref"] = "#/components/schemas/" + name });
    }

    private bool AddMappedUnion()
    {
        string name = "Pet" + random.Next(1000);
        JObject Variant() =>
            new() { ["type"] = "object", ["required"] = new JArray("kind"), ["properties"] = new JObject { ["kind"] = Scalar("string"), ["lives"] = Scalar("integer") } };
        Schemas[name + "Cat"] = Variant();
        Schemas[name + "Dog"] = Variant();
        return AddComponent(name, new JObject
        {
            ["oneOf"] = new JArray(new JObject { ["$ref"] = $"#/components/schemas/{name}Cat" }, new JObject { ["$ref"] = $"#/components/schemas/{name}Dog" }),
            ["discriminator"] = new JObject { ["propertyName"] = "kind", ["mapping"] = new JObject { ["cat"] = $"#/components/schemas/{name}Cat" } },
        });
    }

    private bool Hoist()
    {
        if (Choose(
                Schemas.Descendants()
                    .OfType<JProperty>()
                    .Where(
                        p =>
                            p.Parent?.Parent is JProperty { Name: "properties" }
                                && p.Value is JObject schema
                                && (schema["properties"] ?? schema["enum"]) is not null
                                && IsSchema(schema))) is not { } property)
        {
            return false;
        }

        string name = "Hoisted" + random.Next(10000);
        JToken schema = property.Value.DeepClone();
        property.Value = new JObject { ["$ref"] = "#/components/schemas/" + name };
        Schemas[name] = schema;
        return true;
    }

    private bool Inline()
    {
        if (Choose(document.Descendants().OfType<JProperty>().Where(p => p.Name == "$ref" && p.Parent is JObject { Count: 1 } && p.Parent.Parent is JProperty { Parent.Parent: JProperty { Name: "properties" } })) is not { } reference
            || Schemas[((string)reference.Value!).Split('/')[^1]] is not JObject target
            || target.ToString().Contains((string)reference.Value!, StringComparison.Ordinal))
        {
            return false;
        }

        ((JProperty)reference.Parent!.Parent!).Value = target.DeepClone();
        return true;
    }

    private bool ExtractBase()
    {
        if (Choose(
                Schemas.Properties().Where(
                    p => p.Value["properties"] is JObject { Count: > 1 } && p.Value["allOf"] is null && p.Value["type"]?.ToString() == "object")) is not { } component)
        {
            return false;
        }

        var schema = (JObject)component.Value;
        JProperty[] moved = [.. ((JObject)schema["properties"]!).Properties().Take(1)];
        string name = "Base" + random.Next(10000);
        Schemas[name] = Object([.. moved.Select(p => (p.Name, (JObject)p.Value.DeepClone()))]);
        foreach (JProperty property in moved)
        {
            property.Remove();
        }

        component.Value = new JObject { ["allOf"] = new JArray(new JObject { ["$ref"] = "#/components/schemas/" + name }, schema.DeepClone()) };
        return true;
    }

    private bool RenameComponent()
    {
        if (Choose(Schemas.Properties()) is not { } component)
        {
            return false;
        }

        string name = component.Name + "Renamed" + random.Next(100);
        string old = "#/components/schemas/" + component.Name;
        foreach (JProperty reference in document.Descendants().OfType<JProperty>().Where(p => p.Value.Type == JTokenType.String && (string)p.Value! == old).ToList())
        {
            reference.Value = "#/components/schemas/" + name;
        }

        component.Replace(new JProperty(name, component.Value));
        return true;
    }

    private bool Shuffle()
    {
        foreach (JObject map in new[] { (JObject)document["paths"]!, Schemas }.Concat(
                Schemas.Descendants().OfType<JProperty>().Where(p => p is { Name: "properties", Value: JObject }).Select(p => (JObject)p.Value)).ToList())
        {
            JProperty[] members = [.. map.Properties()];
            random.Shuffle(members);
            map.ReplaceAll(members.Cast<object>().ToArray());
        }

        return true;
    }

    private static bool AddAnswer(JObject operation, string status)
    {
        if (operation["responses"] is not JObject responses || responses[status] is not null)
        {
            return false;
        }

        responses[status] = new JObject
        {
            ["description"] = "Another.",
            ["content"] = new JObject { ["application/json"] = new JObject { ["schema"] = Object(("message", Scalar("string"))) } },
        };
        return true;
    }

    private bool AddExtras()
    {
        if (Operation() is not { } operation)
        {
            return false;
        }

        operation["x-vendor"] = new JObject { ["$ref"] = "#/nowhere", ["type"] = new JArray("odd") };
        operation["callbacks"] = new JObject { ["onDone"] = new JObject { ["{$request.body#/url}"] = new JObject { ["post"] = new JObject { ["responses"] = new JObject { ["200"] = new JObject { ["description"] = "Heard." } } } } } };
        return true;
    }

    private bool RemoveOperation()
    {
        (JProperty Path, JProperty Method)[] all = [.. Operations()];
        if (all.Length < 2)
        {
            return false;
        }

        (JProperty path, JProperty method) = all[random.Next(all.Length)];
        method.Remove();
        if (!path.Value.Children<JProperty>().Any(p => p.Name is "get" or "put" or "post" or "delete" or "patch"))
        {
            path.Remove();
        }

        return true;
    }

    private bool AddBody()
    {
        if (Operation() is not { } operation)
        {
            return false;
        }

        operation["requestBody"] = new JObject
        {
            ["required"] = true,
            ["content"] = new JObject { ["application/json"] = new JObject { ["schema"] = Object(("needed", Scalar("string"))) } },
        };
        return true;
    }

    private bool ListAnswer()
    {
        if (Operation()?.SelectTokens("responses.*.content['application/json']").FirstOrDefault() is not JObject content || content["schema"] is not JToken schema)
        {
            return false;
        }

        content["schema"] = new JObject { ["type"] = "array", ["items"] = schema.DeepClone() };
        return true;
    }

    private bool TurnIntoUnion()
    {
        if (Choose(Schemas.Properties().Where(p => p.Value is JObject schema && schema["properties"] is JObject)) is not { } component)
        {
            return false;
        }

        JObject Variant(string tag)
        {
            var variant = (JObject)component.Value.DeepClone();
            variant["properties"]!["tag_of_it"] = new JObject { ["type"] = "string", ["enum"] = new JArray(tag) };
            return variant;
        }

        component.Value = new JObject { ["oneOf"] = new JArray(Variant("one"), Variant("two")) };
        return true;
    }
}
