using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Facade;

/// <summary>The serializer by itself: what it takes, what it refuses, and that an application cannot bend it.</summary>
[NonParallelizable]
internal sealed class RetellJsonTests
{
    [Test]
    public void RetellJson_text_and_stream_give_same_result()
    {
        const string Json = """{"type":"thing","id":"ü€😀","child":{"id":null},"new":"2026-11-21T08:00:00Z"}""";

        Thing fromText = RetellJson.Deserialize<Thing>(Json)!;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Json));
        Thing fromStream = RetellJson.Deserialize<Thing>(stream)!;
        using var written = new MemoryStream();
        RetellJson.Serialize(fromStream, written);

        Assert.That(RetellJson.Serialize(fromText), Is.EqualTo(Json));
        Assert.That(written.ToArray(), Is.EqualTo(Encoding.UTF8.GetBytes(Json)));
        Assert.That(stream.CanRead && written.CanWrite, Is.True, "streams stay open");
    }

    [Test]
    public void RetellJson_reads_and_writes_collections_null_and_anonymous_types()
    {
        Assert.That(RetellJson.Deserialize<List<Thing>>("""[{"id":"a"},null]""")![0].Id, Is.EqualTo("a"));
        Assert.That(RetellJson.Deserialize<Dictionary<string, Thing>>("""{"x":{"id":"a"}}""")!["x"].Id, Is.EqualTo("a"));
        Assert.That(RetellJson.Deserialize<Thing>("null"), Is.Null);
        Assert.That(
            new[] { typeof(Thing), typeof(object) }.Select(type => RetellJson.Deserialize(" {} // comment", type)?.GetType()),
            Is.EqualTo(new[] { typeof(Thing), typeof(JObject) }));
        Assert.That(RetellJson.Serialize(null), Is.EqualTo("null"));
        Assert.That(RetellJson.Serialize(new { a = new Thing(), B = 1 }), Is.EqualTo("""{"a":{"type":"thing"},"B":1}"""));
    }

    [TestCase("", "")]
    [TestCase("  ", "")]
    [TestCase("{", "")]
    [TestCase("""{"id":"a""", "id")]
    [TestCase("""{"id":"a","child":{"things":[{"count":1},{"count":""", "child.things[1].count")]
    [TestCase("""{"id":"a"}}""", "")]
    [TestCase("""{"id":"a"} x""", "")]
    [TestCase("[]", "")]
    [TestCase("""{"any":[1,2""", "any[1]")]
    [TestCase("""{"unknown":{"x":tru}}""", "unknown.x")]
    public void RetellJson_invalid_JSON_throws_with_path(string json, string path)
    {
        RetellSerializationException fromText = Assert.Throws<RetellSerializationException>(() => RetellJson.Deserialize<Thing>(json))!;
        RetellSerializationException fromStream = Assert.Throws<RetellSerializationException>(() => RetellJson.Deserialize<Thing>(new MemoryStream(Encoding.UTF8.GetBytes(json))))!;

        Assert.That(fromText.JsonPath, Is.EqualTo(path));
        Assert.That(fromText.Message, Does.StartWith("The JSON cannot be read as Thing: "));
        Assert.That(fromStream.Message, Is.EqualTo(fromText.Message));
    }

    [Test]
    public void RetellJson_error_in_long_document_has_excerpt_and_line()
    {
        string json = $$"""
            {"texts": ["{{new string('x', 5000)}}",
              "y",
              oops here it is, {{new string('z', 5000)}}
            """;

        RetellSerializationException error = Assert.Throws<RetellSerializationException>(() => RetellJson.Deserialize<Thing>(json))!;

        Assert.That(error.JsonPath, Is.EqualTo("texts[1]"));
        Assert.That(error.Excerpt, Does.Contain("oops here").And.Contain("\"y\",").And.Not.Contain('\n'));
        Assert.That(error.Excerpt, Has.Length.LessThanOrEqualTo(80));
        Assert.That(error.Message, Does.Contain(error.Excerpt!).And.Contain("line 3"));
    }

    [Test]
    public void RetellJson_deep_nesting_is_read_and_written()
    {
        const int Depth = 400;
        string json = string.Concat(Enumerable.Repeat("""{"child":""", Depth)) + """{"any":[[]]}""" + new string('}', Depth);

        Assert.That(RetellJson.Serialize(RetellJson.Deserialize<Thing>(json)), Is.EqualTo(json));
        Assert.That(() => RetellJson.Deserialize<Thing>(new string('[', 100_000)), Throws.InstanceOf<RetellSerializationException>());
    }

    [Test]
    public void RetellJson_12_MB_text_is_streamed()
    {
        string text = new('ä', 6_000_000);
        using var stream = new MemoryStream();
        RetellJson.Serialize(new Thing { Id = text }, stream);
        stream.Position = 0;

        Assert.That(stream.Length, Is.GreaterThan(12_000_000));
        Assert.That(RetellJson.Deserialize<Thing>(stream)!.Id, Is.EqualTo(text));
    }

    [Test]
    public void RetellJson_ignores_JsonConvert_DefaultSettings()
    {
        const string Json = """{"type":"thing","id":"2026-11-21T08:00:00.000Z","ratio":0.1,"texts":["a"],"$type":"System.IO.FileInfo, mscorlib","odd":1.5}""";
        Func<JsonSerializerSettings>? before = JsonConvert.DefaultSettings;
        JsonConvert.DefaultSettings = () => new JsonSerializerSettings
        {
            ContractResolver = new CamelCasePropertyNamesContractResolver(),
            Converters = { new ThrowingConverter(), new StringEnumConverter() },
            DateFormatString = "yyyy",
            DateParseHandling = DateParseHandling.DateTimeOffset,
            DefaultValueHandling = DefaultValueHandling.Ignore,
            FloatParseHandling = FloatParseHandling.Decimal,
            Formatting = Formatting.Indented,
            MaxDepth = 1,
            MetadataPropertyHandling = MetadataPropertyHandling.ReadAhead,
            MissingMemberHandling = MissingMemberHandling.Error,
            NullValueHandling = NullValueHandling.Ignore,
            PreserveReferencesHandling = PreserveReferencesHandling.All,
            StringEscapeHandling = StringEscapeHandling.EscapeNonAscii,
            TypeNameHandling = TypeNameHandling.All,
        };
        try
        {
            Assert.Multiple(() =>
            {
                Assert.That(RetellJson.Serialize(RetellJson.Deserialize<Thing>(Json)), Is.EqualTo(Json));
                Assert.That(RetellJson.Serialize(new[] { new { Name = "ü" } }), Is.EqualTo("""[{"Name":"ü"}]"""));
                Assert.That(JsonConvert.SerializeObject(JsonConvert.DeserializeObject<Thing>(Json, RetellJson.Settings), RetellJson.Settings), Is.EqualTo(Json));
            });
        }
        finally
        {
            JsonConvert.DefaultSettings = before;
        }
    }

    [Test]
    public void RetellJson_Settings_returns_complete_copy()
    {
        JsonSerializerSettings settings = RetellJson.Settings;
        settings.Converters.Add(new ThrowingConverter());
        settings.Formatting = Formatting.Indented;

        Assert.That(RetellJson.Settings, Is.Not.SameAs(settings));
        Assert.That(RetellJson.Serialize(new Thing()), Is.EqualTo("""{"type":"thing"}"""));

        // A setting that was never set is the one that JsonConvert.DefaultSettings decides.
        IEnumerable<string> open = typeof(JsonSerializerSettings)
            .GetFields(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)
            .Where(field => Nullable.GetUnderlyingType(field.FieldType) is not null && field.GetValue(RetellJson.Settings) is null)
            .Select(field => field.Name);
        Assert.That(open, Is.Empty);
    }

    [Test]
    public void RetellJson_large_numbers_keep_their_value([Values("1703302407333", "9223372036854775807", "-9223372036854775808", "123456789012345678901234567890")] string number)
    {
        string json = $$"""{"count":{{number}},"any":{{number}},"new":{{number}}}""";

        JObject written = JObject.Parse(RetellJson.Serialize(RetellJson.Deserialize<Thing>(json)));

        Assert.That(JToken.DeepEquals(written, JObject.Parse(json)), Is.True, written.ToString());
    }

    private sealed class ThrowingConverter : JsonConverter
    {
        public override bool CanConvert(Type objectType) => true;

        public override object ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) => throw new InvalidOperationException();

        public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => throw new InvalidOperationException();
    }
}
