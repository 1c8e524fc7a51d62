using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Retell.Tests.SpecTool;

/// <summary>The C# that the templates make of the normalised document: right, and legal whatever the document holds.</summary>
public class GeneratedCodeTests
{
    private static readonly (string Schema, string Type, string Codec)[] s_values =
    [
        ("{ type: string }", "string?", "Codec.String"),
        ("{ type: string, format: date-time }", "string?", "Codec.String"),
        ("{ type: integer }", "long?", "Codec.Int64"),
        ("{ type: integer, enum: [1, 2] }", "long?", "Codec.Int64"),
        ("{ type: number }", "double?", "Codec.Number"),
        ("{ type: boolean, nullable: true }", "bool?", "Codec.Boolean"),
        ("{ type: object }", "JObject?", "Codec.FreeForm"),
        ("{ }", "JToken?", "Codec.Any"),
        ("{ type: string, format: binary }", "RetellFile?", "Codec.File"),
        ("{ type: array, items: { type: integer, nullable: true } }", "IList<long?>?", "Codec.List(Codec.Nullable(Codec.Int64))"),
        ("{ type: array, items: { type: string, nullable: true } }", "IList<string?>?", "Codec.List(Codec.String)"),
        ("{ type: array, items: { } }", "IList<JToken>?", "Codec.List(Codec.Any)"),
        ("{ type: array, items: { type: object } }", "IList<JObject>?", "Codec.List(Codec.FreeForm)"),
        ("{ type: object, additionalProperties: { } }", "JObject?", "Codec.FreeForm"),
        ("{ type: object, additionalProperties: true }", "JObject?", "Codec.FreeForm"),
        ("{ type: object, additionalProperties: { type: number } }", "IDictionary<string, double>?", "Codec.Map(Codec.Number)"),
        ("{ type: object, nullable: true, additionalProperties: { type: boolean, nullable: true } }", "IDictionary<string, bool?>?", "Codec.Map(Codec.Nullable(Codec.Boolean))"),
        ("{ type: array, items: { type: array, items: { type: string } } }", "IList<IList<string>>?", "Codec.List(Codec.List(Codec.String))"),
        ("{ type: array, items: { type: array, nullable: true, items: { type: integer } } }", "IList<IList<long>?>?", "Codec.List(Codec.List(Codec.Int64))"),
        (
            "{ type: object, additionalProperties: { type: array, items: { type: integer, nullable: true } } }",
            "IDictionary<string, IList<long?>>?",
            "Codec.Map(Codec.List(Codec.Nullable(Codec.Int64)))"),
        ("{ $ref: '#/components/schemas/Plain' }", "Plain?", "Codec.Object(static () => new Plain())"),
        ("{ $ref: '#/components/schemas/Pet', nullable: true }", "IPet?", "Unions.IPet"),
        ("{ $ref: '#/components/schemas/Sign' }", "Sign?", "global::Retell.Models.Sign.s_codec"),
        ("{ $ref: '#/components/schemas/Table' }", "Table?", "global::Retell.Models.Table.s_codec"),
        ("{ $ref: '#/components/schemas/Mixed' }", "Mixed?", "global::Retell.Models.Mixed.s_codec"),
        ("{ type: array, items: { $ref: '#/components/schemas/Sign', nullable: true } }", "IList<Sign?>?", "Codec.List(Codec.Nullable(global::Retell.Models.Sign.s_codec))"),
        (
            "{ type: object, additionalProperties: { type: array, items: { $ref: '#/components/schemas/Pet' } } }",
            "IDictionary<string, IList<IPet>>?",
            "Codec.Map(Codec.List(Unions.IPet))"),
    ];

    private static readonly (string Schema, string Property, string Rule)[] s_required =
    [
        ("{ type: string }", "public string A{0} { get => _a{0}!; set => Assign(ref _a{0}, value, {0}, false); }", "MemberRule.Required"),
        ("{ type: integer }", "public long A{0} { get => _a{0}.GetValueOrDefault(); set => Assign(ref _a{0}, value, {0}, false); }", "MemberRule.Required"),
        ("{ type: string, nullable: true }", "public string? A{0} { get => _a{0}; set => Assign(ref _a{0}, value, {0}, true); }", "MemberRule.Required"),
        ("{ type: integer, nullable: true }", "public long? A{0} { get => _a{0}; set => Assign(ref _a{0}, value, {0}, true); }", "MemberRule.Required"),
        ("{ type: array, items: { type: integer } }", "public IList<long> A{0} { get => Created(ref _a{0}); set => Assign(ref _a{0}, value, {0}, false); }", "MemberRule.Required"),
        ("{ $ref: '#/components/schemas/Sign' }", "public Sign A{0} { get => _a{0}.GetValueOrDefault(); set => Assign(ref _a{0}, value, {0}, false); }", "MemberRule.Required"),
        ("{ $ref: '#/components/schemas/Pet' }", "public IPet A{0} { get => _a{0}!; set => Assign(ref _a{0}, value, {0}, false); }", "MemberRule.Required"),
        ("{ type: string, enum: [x] }", "public string A{0} => _a{0}!;", "MemberRule.Required | MemberRule.Constant"),
        ("{ type: boolean, enum: [true] }", "public bool A{0} => _a{0}.GetValueOrDefault();", "MemberRule.Required | MemberRule.Constant"),
        ("{ type: string, enum: ['\"\\'] }", "public string A{0} => _a{0}!;", "MemberRule.Required | MemberRule.Constant"),
        (
            "{ type: string, pattern: '^\\+[1-9]\\d{1,14}$' }",
            "public string A{0} { get => _a{0}!; set => Assign(ref _a{0}, value, {0}, false); }",
            "MemberRule.Required | MemberRule.PhoneNumber"),
    ];

    /// <summary>Text as YAML escapes it, and the summary that it becomes.</summary>
    private static readonly (string Text, string Summary)[] s_texts =
    [
        ("One line.", "/// <summary>One line.</summary>"),
        ("Ends a line:\\nnext", "/// <summary>Ends a line: next.</summary>"),
        ("Ends a line:\\r\\nnext", "/// <summary>Ends a line: next.</summary>"),
        ("Ends a line for C#:\\u2028next", "/// <summary>Ends a line for C#: next.</summary>"),
        ("Ends a line for C#:\\u2029next", "/// <summary>Ends a line for C#: next.</summary>"),
        ("Ends a line for C#:\\u0085next", "/// <summary>Ends a line for C#: next.</summary>"),
        ("Legal in no XML:\\u0001\\uFFFEnext", "/// <summary>Legal in no XML:next.</summary>"),
        ("Markup: <b> & `a<b>` \\\"quoted\\\"", "/// <summary>Markup: &lt;b&gt; &amp; <c>a&lt;b&gt;</c> \"quoted\".</summary>"),
        ("Ends a comment */ public class Injected { }", "/// <summary>Ends a comment */ public class Injected { }.</summary>"),
        ("{{ Liquid }} and {% tags %} stay", "/// <summary><c>{{ Liquid }}</c> and {% tags %} stay.</summary>"),
        ("`first` and `last`", "/// <summary><c>first</c> and <c>last</c>.</summary>"),
        ("Two `a` `b` of them", "/// <summary>Two <c>a</c> <c>b</c> of them.</summary>"),
        ("One ` is no code", "/// <summary>One ` is no code.</summary>"),
        ("Code `a` and one ` more", "/// <summary>Code <c>a</c> and one ` more.</summary>"),
        (
            "First `a<b`.\\n\\nSecond & last:\\n- one\\n- two\\nmore of two",
            "/// <summary>\n/// Gets or sets the first <c>a&lt;b</c>.\n/// <para>Second &amp; last:</para>\n/// <list type=\"bullet\">\n/// <item><description>one.</description></item>\n/// <item><description>two more of two.</description></item>\n/// </list>\n/// </summary>"),
        ("After two blank lines:\\n\\n\\nnext", "/// <summary>\n/// After two blank lines:\n/// <para>next.</para>\n/// </summary>"),
        ("# Heading\\n\\n**Bold** and *italic* text", "/// <summary>\n/// Heading.\n/// <para>Bold and italic text.</para>\n/// </summary>"),
        (
            "See [the guide](/features/webhook) or [this](https://example.com/a?b=1&c=2)",
            "/// <summary>See <see href=\"https://docs.retellai.com/features/webhook\">the guide</see> or <see href=\"https://example.com/a?b=1&amp;c=2\">this</see>.</summary>"),
        ("See https://example.com/a_b_c.", "/// <summary>See <see href=\"https://example.com/a_b_c\">https://example.com/a_b_c</see>.</summary>"),
        (
            "Used with long_member and `long_member`, not other_member; `null` clears it",
            "/// <summary>Used with <see cref=\"Documented.LongMember\"/> and <see cref=\"Documented.LongMember\"/>, not <c>other_member</c>; <see langword=\"null\"/> clears it.</summary>"),
        ("Unique id of the thing", "/// <summary>Gets or sets the unique ID of the thing.</summary>"),
        ("Whether or not it is on", "/// <summary>Gets or sets a value indicating whether it is on.</summary>"),
        ("How long it took", "/// <summary>Gets or sets how long it took.</summary>"),
        ("The agent will use it", "/// <summary>The agent will use it.</summary>"),
        ("When set, it is used", "/// <summary>When set, it is used.</summary>"),
        ("A 'quote', a \\\\ backslash and #if", "/// <summary>Gets or sets a 'quote', a \\ backslash and #if.</summary>"),
    ];

    private static readonly string[] s_signs =
    [
        "<",
        "==",
        "a-b",
        "a_b",
        "A.B",
        "value",
        "known_values",
        "400",
        "",
        "sign",
        "日本",
        "中文",
        "say \"hi\"",
        "back\\slash",
        "two\nlines",
        "`",
        "codec",
    ];

    private GeneratedCode _code = null!;

    public static IEnumerable<int> Values => Enumerable.Range(0, s_values.Length);

    public static IEnumerable<int> RequiredMembers => Enumerable.Range(0, s_required.Length);

    public static IEnumerable<int> DocumentedTexts => Enumerable.Range(0, s_texts.Length);

    [OneTimeSetUp]
    public void Generate() => _code = GeneratedCode.Of(Yaml.Document(Schemas(), Paths()));

    [Test]
    public void Generated_files_are_valid_CSharp_and_XML_documentation()
    {
        var options = new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose);

        Assert.That(_code.Files.SelectMany(file => CSharpSyntaxTree.ParseText(file.Value, options).GetDiagnostics().Select(fault => $"{file.Key}: {fault}")), Is.Empty);
        Assert.That(_code.Files.Where(file => file.Value.Any(c => (char.IsControl(c) && c != '\n') || c is '\u2028' or '\u2029' or '\uFFFE')).Select(file => file.Key), Is.Empty);
        Assert.That(
            _code.Files.Where(file => file.Value.Contains("Injected", StringComparison.Ordinal))
                .SelectMany(file => file.Value.Split('\n'))
                .Where(line => line.Contains("Injected", StringComparison.Ordinal)),
            Is.All.Match("^ *///"));
    }

    [Test]
    public void Generated_files_match_types_one_to_one() =>
        Assert.That(
            _code.Files.Keys.Where(file => file.StartsWith("Models/", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { "Cat", "Constants", "Documented", "Dog", "DogType", "IPet", "Mixed", "Names", "Old", "Plain", "Required", "Sign", "Table", "Things", "UpdateThingRequest", "UploadRequest", "Values", "Word" }
                .Select(name => $"Models/{name}.g.cs")));

    [TestCaseSource(nameof(Values))]
    public void Generated_property_has_expected_type_and_codec(int index)
    {
        (string schema, string type, string codec) = s_values[index];

        // Collections are created when they are first touched, so their properties are never null.
        bool isCollection = type is "JObject?" or "Table?" || type.StartsWith("IList<", StringComparison.Ordinal) || type.StartsWith("IDictionary<", StringComparison.Ordinal);
        string property = isCollection ? $"public {type[..^1]} A{index} {{ get => Created(ref _a{index}); " : $"public {type} A{index} {{ get => _a{index}; ";
        Assert.That(_code.Property("Values", "A" + index), Does.StartWith(property), schema);
        Assert.That(_code.Model("Values").Contains($"    [AllowNull]\n    public {type[..^1]} A{index}\n", StringComparison.Ordinal), Is.EqualTo(isCollection), schema);
        Assert.That(_code.Model("Values"), Does.Contain($"    private {(type == "double?" ? "OptionalNumber" : type)} _a{index};\n"), schema);
        Assert.That(_code.Shape("Values", "A" + index), Is.EqualTo($".Add(\"a{index}\", nameof(A{index}), static o => ref o._a{index}, {codec})"), schema);
    }

    [TestCaseSource(nameof(RequiredMembers))]
    public void Generated_required_property_is_nullable_only_if_spec_says_so(int index)
    {
        (string schema, string property, string rule) = s_required[index];

        Assert.That(_code.Property("Required", "A" + index), Is.EqualTo(property.Replace("{0}", $"{index}", StringComparison.Ordinal)), schema);
        Assert.That(_code.Shape("Required", "A" + index), Does.EndWith($", {rule})"), schema);
    }

    [Test]
    public void Generated_constructor_sets_constants_but_not_defaults()
    {
        Assert.That(_code.Model("Required"), Does.Contain("""
                public Required()
                {
                    _a7 = "x";
                    _a8 = true;
                    _a9 = "\"\\";
                }
            """.ReplaceLineEndings("\n")));
        Assert.That(_code.Model("Constants"), Does.Contain("        _kind = \"fixed\";\n    }\n").And.Not.Contain("= 5").And.Not.Contain("\"preset\""));
        Assert.That(_code.Documentation("Constants", "Size"), Does.Contain("/// <remarks>The API's default is <c>5</c>. At least 1, at most 9. Example: <c>7</c>.</remarks>"));
    }

    [Test]
    public void Generated_properties_keep_JSON_names()
    {
        string[] members = ["NamesValue", "ShapeValue", "OrgName", "OrgNameCamelCase", "CodecValue", "Class", "AB", "Value2fa"];

        Assert.That(
            members.Select(name => _code.Shape("Names", name)),
            Is.EqualTo([
                """.Add("names", nameof(NamesValue), static o => ref o._namesValue, Codec.String)""",
                """.Add("shape", nameof(ShapeValue), static o => ref o._shapeValue, Codec.String)""",
                """.Add("org_name", nameof(OrgName), static o => ref o._orgName, Codec.String)""",
                """.Add("orgName", nameof(OrgNameCamelCase), static o => ref o._orgNameCamelCase, Codec.String)""",
                """.Add("codec", nameof(CodecValue), static o => ref o._codecValue, Codec.String)""",
                """.Add("class", nameof(Class), static o => ref o._class, Codec.String)""",
                """.Add("a\"b", nameof(AB), static o => ref o._aB, Codec.String)""",
                """.Add("2fa", nameof(Value2fa), static o => ref o._value2fa, Codec.Boolean)""",
            ]));
        Assert.That(_code.Attributes("Names", "AB"), Is.EqualTo(["""[JsonProperty("a\"b")]"""]));
    }

    [TestCaseSource(nameof(DocumentedTexts))]
    public void Generated_documentation_matches_spec_description(int index)
    {
        (string text, string summary) = s_texts[index];
        string document = _code.Documentation("Documented", "A" + index);

        Assert.That(document.Split("\n/// <remarks>")[0], Is.EqualTo(summary), text);
        Assert.That(document.Split('\n'), Is.All.StartsWith("/// "), text);
        Assert.That(() => XElement.Parse($"<doc>{string.Concat(document.Split('\n').Select(line => line[4..] + "\n"))}</doc>"), Throws.Nothing, text);
    }

    [Test]
    public void Generated_Obsolete_attribute_contains_deprecation_note()
    {
        Assert.That(_code.Attributes("Old").Concat(_code.Attributes("Old", "A")).Concat(_code.Attributes("Old", "B")), Is.EqualTo([
            "[Obsolete(\"Deprecated by the API.\")]", "[OpenApiSchema(\"Old\")]",
            "[Obsolete(\"Deprecated by the API.\")]", "[JsonProperty(\"a\")]",
            "[Obsolete(\"Use \\\"new\\\" \\\\ instead.\")]", "[JsonProperty(\"b\")]",
        ]));
        Assert.That(_code.Client("Olds"), Does.Contain("    [Obsolete(\"Use \\\"new\\\".\")]\n    [OpenApiOperation(\"getOld\")]\n"));
    }

    [Test]
    public void Generated_arguments_are_ordered_required_body_optional()
    {
        const string Tail = "RequestOptions? options = null, CancellationToken cancellationToken = default)";

        Assert.That(
            GeneratedCode.Methods(_code.Client("Things")),
            Does.Contain($"Task<Plain> UpdateThingAsync(string thingId, long part, string mode, UpdateThingRequest body, long? limit = null, {Tail}"));
        Assert.That(_code.Client("Things"), Does.Contain("""
            .WithPath("thing_id", thingId, argument: nameof(thingId)).WithPath("part", part, argument: nameof(part)).WithQuery("mode", mode).WithBody(body ?? throw new ArgumentNullException(nameof(body))).WithQuery("limit", limit),
            """));
        Assert.That(GeneratedCode.Methods(_code.Resource("Things")), Is.SupersetOf([
            $"Task<Plain> UpdateAsync(string thingId, long part, string mode, UpdateThingRequest request, long? limit = null, {Tail}",
            $"Task<Plain> UpdateAsync(string thingId, long part, string mode, Action<UpdateThingRequest> change, {Tail}",
        ]));
    }

    [Test]
    public void Generated_arguments_have_valid_unique_names()
    {
        Assert.That(
            GeneratedCode.Methods(_code.Client("Things")),
            Does.Contain("Task GetThingsAsync(string? optionsValue = null, string? cancellationTokenValue = null, string? bodyValue = null, Sign? @class = null, IList<Sign>? many = null, RequestOptions? options = null, CancellationToken cancellationToken = default)"));
        Assert.That(_code.Client("Things"), Does.Contain("""
            .WithQuery("options", optionsValue).WithQuery("cancellation_token", cancellationTokenValue).WithQuery("body", bodyValue).WithQuery("class", @class).WithQuery("many", many),
            """).And.Contain("/// <param name=\"class\">The class.</param>"));
        Assert.That(
            _code.Resource("Things"),
            Does.Contain("Raw.GetThingsAsync(optionsValue: optionsValue, cancellationTokenValue: cancellationTokenValue, bodyValue: bodyValue, @class: @class, many: many, options: options,"));
    }

    [Test]
    public void Generated_operations_with_same_id_keep_operation_id()
    {
        Assert.That(
            _code.Client("Twins"),
            Does.Contain("""s_getTwinV1 = new("getTwin", "GET", "/twin",""")
                .And.Contain("""s_getTwin = new("getTwin", "GET", "/v2/twin",""")
                .And.Contain("/// <summary>Calls the Get Twin operation.</summary>"));
        Assert.That(_code.Client("Twins").Split("[OpenApiOperation(\"getTwin\")]"), Has.Length.EqualTo(3));
    }

    [Test]
    public void Generated_optional_body_is_optional_argument() =>
        Assert.That(
            (GeneratedCode.Methods(_code.Client("Others")).Single(), _code.Client("Others").Contains(".WithBody(body),", StringComparison.Ordinal)),
            Is.EqualTo(
                (
                    "Task<IDictionary<string, IList<long?>>> PostOtherAsync(Plain? body = null, RequestOptions? options = null, CancellationToken cancellationToken = default)",
                    true)));

    [Test]
    public void Generated_multipart_body_is_one_object()
    {
        Assert.That(
            GeneratedCode.Methods(_code.Client("Uploads")),
            Is.EqualTo(["Task UploadAsync(string id, UploadRequest body, bool? force = null, RequestOptions? options = null, CancellationToken cancellationToken = default)"]));
        Assert.That(_code.Client("Uploads"), Does.Contain("contentType: \"multipart/form-data\"").And.Contain("""
            .WithPath("id", id, argument: nameof(id)).WithBody(body ?? throw new ArgumentNullException(nameof(body))).WithQuery("force", force),
            """));
        Assert.That(_code.Property("UploadRequest", "Files"), Does.StartWith("public IList<RetellFile> Files {"));
        Assert.That(
            GeneratedCode.Methods(_code.Resource("Uploads")),
            Is.EqualTo(["Task UploadAsync(string id, UploadRequest request, bool? force = null, RequestOptions? options = null, CancellationToken cancellationToken = default)"]));
    }

    [Test]
    public void Generated_union_is_interface_implemented_by_variants()
    {
        Assert.That(_code.Model("IPet"), Does.Contain("public partial interface IPet\n{"));
        Assert.That(
            new[] { "Type", "Id", "StartTimestamp", "StartTime" }.Select(name => _code.Property("IPet", name)),
            Is.EqualTo(["string Type { get; }", "string Id { get; }", "long? StartTimestamp { get; }", "DateTimeOffset? StartTime { get; }"]));
        Assert.That(Lines("Cat", "IPet."), Is.EqualTo([
            "string IPet.Type => Type;", "string IPet.Id => Id;", "long? IPet.StartTimestamp => StartTimestamp;", "DateTimeOffset? IPet.StartTime => Milliseconds.ToTime(((IPet)this).StartTimestamp);",
        ]));
        Assert.That(Lines("Dog", "IPet.Type"), Is.EqualTo(["string IPet.Type => Type.Value;"]), "an enumeration as its text");
        Assert.That(Lines("IPet", "IPet.").Where(line => !line.StartsWith("///", StringComparison.Ordinal)), Is.EqualTo([
            "string IPet.Type => Shared(\"type\", Codec.String)!;", "string IPet.Id => Shared(\"id\", Codec.String)!;", "long? IPet.StartTimestamp => SharedValue(\"start_timestamp\", Codec.Int64);",
            "DateTimeOffset? IPet.StartTime => Milliseconds.ToTime(((IPet)this).StartTimestamp);",
        ]), "the members of an unknown variant");
    }

    [Test]
    public void Generated_choice_has_each_case()
    {
        Assert.That(_code.Model("Mixed").Split('\n').Where(line => line.Contains("OneOfCase.Of", StringComparison.Ordinal)).Select(line => line.Trim()), Is.EqualTo([
            ", OneOfCase.Of(Codec.String, JsonToken.String)", ", OneOfCase.Of(Codec.Number, JsonToken.Integer, JsonToken.Float)", ", OneOfCase.Of(Codec.List(Codec.Boolean), JsonToken.StartArray)", ", OneOfCase.Of(Codec.Object(static () => new Plain()), JsonToken.StartObject)",
        ]));
        Assert.That(Lines("Mixed", "implicit operator"), Is.EqualTo([
            "public static implicit operator Mixed(string value) => new Mixed(value);", "public static implicit operator Mixed(double value) => new Mixed(value);",
            "public static implicit operator Mixed(bool[] value) => new Mixed((IList<bool>)value);", "public static implicit operator Mixed(List<bool> value) => new Mixed((IList<bool>)value);",
            "public static implicit operator Mixed(Plain value) => new Mixed(value);",
        ]));
        Assert.That(
            Lines("Things", "OneOfCase.Of"),
            Is.EqualTo([", OneOfCase.Of(Codec.List(Codec.Object(static () => new Plain())), JsonToken.StartArray)"]),
            "a component that is a list");
        Assert.That(
            _code.Model("Table"),
            Does.Contain(
                "public sealed partial class Table : Dictionary<string, double?>, ICodecOwner<Table>, ICreatedCollection\n").And.Contain("Codec.Map<Table, double?>(Codec.Nullable(Codec.Number));"));
    }

    [Test]
    public void Generated_enumeration_has_member_for_each_value()
    {
        string[] names = [.. Normalized.Of(Yaml.Document(Schemas(), Paths())).Of("Sign")["x-retell-names"]!.Select(name => (string)name!)];

        Assert.That(names.Select(name => _code.EnumValue("Sign", name)), Is.EqualTo(s_signs));
        Assert.That(_code.Property("Sign", "KnownValues"), Does.EndWith($"{{ get; }} = new Sign[] {{ {string.Join(", ", names)} }};"));
        Assert.That(_code.Documentation("Sign", "LessThan"), Is.EqualTo("/// <summary>Gets the value <c>&lt;</c>.</summary>"));
        Assert.That(_code.Documentation("Sign", names[^3]), Is.EqualTo("/// <summary>Gets the value <c>two lines</c>.</summary>"));
    }

    [Test]
    public void Generated_enumeration_without_values_has_no_known_values() =>
        Assert.That(_code.Property("Word", "KnownValues"), Is.EqualTo("public static IReadOnlyList<Word> KnownValues { get; } = new Word[] { };"));

    private static string Schemas() => $$"""
        Values: { type: object, properties: { {{Members(s_values.Select(value => value.Schema))}} } }
        Required: { type: object, required: [{{string.Join(", ", RequiredMembers.Select(i => "a" + i))}}], properties: { {{Members(s_required.Select(value => value.Schema))}} } }
        Documented: { type: object, properties: { {{Members(s_texts.Select(text => $"{{ type: string, description: \"{text.Text}\", example: \"{text.Text}\", pattern: \"{text.Text}\" }}"))}}, long_member: { type: string } } }
        Constants: { type: object, properties: { kind: { type: string, enum: [fixed] }, size: { type: integer, default: 5, minimum: 1, maximum: 9, example: 7 }, text: { type: string, default: preset } } }
        Names: { type: object, properties: { names: { type: string }, shape: { type: string }, org_name: { type: string }, orgName: { type: string }, codec: { type: string }, class: { type: string }, "a\"b": { type: string }, 2fa: { type: boolean } } }
        Old: { type: object, deprecated: true, properties: { a: { type: string, deprecated: true }, b: { type: string, deprecated: true, x-deprecation-note: 'Use "new" \ instead.' } } }
        Plain: { type: object, properties: { a: { type: string } } }
        Cat: { type: object, required: [type, id], properties: { type: { type: string, enum: [cat] }, id: { type: string }, start_timestamp: { type: integer } } }
        Dog: { type: object, required: [type, id], properties: { type: { type: string, enum: [dog, puppy] }, id: { type: string }, start_timestamp: { type: integer } } }
        Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
        Mixed: { oneOf: [{ type: string }, { type: number }, { type: array, items: { type: boolean } }, { $ref: '#/components/schemas/Plain' }] }
        Things: { type: array, items: { $ref: '#/components/schemas/Plain' } }
        Table: { type: object, additionalProperties: { type: number, nullable: true } }
        Word: { type: string, maxLength: 8 }
        Sign: { type: string, enum: {{Newtonsoft.Json.JsonConvert.SerializeObject(s_signs)}} }
        """;

    private static string Paths() => """
        /things/{thing_id}/{part}:
          parameters: [{ name: thing_id, in: path, required: true, schema: { type: string } }]
          patch:
            operationId: updateThing
            parameters:
              - { name: limit, in: query, description: "Ends a line:\u2028<next>", schema: { type: integer, maximum: 50 } }
              - { name: mode, in: query, required: true, schema: { type: string } }
              - { name: part, in: path, required: true, schema: { type: integer } }
            requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } }
            responses: { 200: { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Plain' } } } } }
        /things:
          get:
            operationId: getThings
            description: "Ends a line:\u2028public class Injected { } */ \u0001 `a<b`"
            parameters:
              - { name: options, in: query, schema: { type: string } }
              - { name: cancellation_token, in: query, schema: { type: string } }
              - { name: body, in: query, schema: { type: string } }
              - { name: class, in: query, schema: { $ref: '#/components/schemas/Sign' } }
              - { name: many, in: query, schema: { type: array, items: { $ref: '#/components/schemas/Sign' } } }
        /upload/{id}:
          post:
            operationId: upload
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
              - { name: force, in: query, schema: { type: boolean } }
            requestBody: { required: true, content: { multipart/form-data: { schema: { type: object, required: [files], properties: { files: { type: array, items: { type: string, format: binary } }, size: { type: integer } } } } } }
            responses: { 204: { description: Gone. } }
        /old: { get: { operationId: getOld, deprecated: true, x-deprecation-note: 'Use "new".' } }
        /other:
          post:
            operationId: postOther
            requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Plain' } } } }
            responses: { 200: { description: Done., content: { application/json: { schema: { type: object, additionalProperties: { type: array, items: { type: integer, nullable: true } } } } } } }
        /twin: { get: { operationId: getTwin } }
        /v2/twin: { get: { operationId: getTwin } }
        """;

    private static string Members(IEnumerable<string> schemas) => string.Join(", ", schemas.Select((schema, i) => $"a{i}: {schema}"));

    private IEnumerable<string> Lines(string model, string text) =>
        _code.Model(model).Split('\n').Where(line => line.Contains(text, StringComparison.Ordinal)).Select(line => line.Trim());
}
