using System.Collections;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using Retell.Models;
using Retell.Tests.Support;

namespace Retell.Tests.Json;

/// <summary>The cases that other SDKs got wrong, by name.</summary>
public class RoundTripTests
{
    private const long Milliseconds = 1703302407333;

    private static IEnumerable<Type> Objects => SdkTypes.Objects;

    [TestCaseSource(nameof(Objects))]
    public void Model_integer_properties_hold_milliseconds(Type type)
    {
        SchemaView? view = SpecDocument.Current.FindSchema(SdkTypes.SchemaOf(type)) is { } schema ? SchemaView.Of(SpecDocument.Current, schema) : null;
        foreach (var (member, property) in SdkTypes.MembersOf(type))
        {
            bool isInteger = view?.Properties.ContainsKey(member.Name) == true && view.Property(member.Name) is { Type: "integer", Enum: null };
            Type valueType = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (isInteger)
            {
                Assert.That(valueType, Is.EqualTo(typeof(long)), $"{type.Name}.{property.Name} is an integer in the document");
            }

            if (valueType != typeof(long))
            {
                continue;
            }

            object read = Wire.Read($$"""{"{{member.Name}}":{{Milliseconds}}}""", type)!;
            Assert.That(property.GetValue(read), Is.EqualTo(Milliseconds), $"{type.Name}.{property.Name}");
            Assert.That(Wire.Write(read), Does.Contain($"\"{member.Name}\":{Milliseconds}"), $"{type.Name}.{property.Name}");
        }
    }

    [Test]
    public void RoundTrip_explicit_null_is_preserved() =>
        Assert.That(Wire.RoundTrip("""{"webhook_url": null}""", SdkTypes.Of("AgentRequest")), Is.EqualTo("""{"webhook_url":null}"""));

    [TestCase("string", "StringAnalysisData")]
    [TestCase("enum", "EnumAnalysisData")]
    [TestCase("boolean", "BooleanAnalysisData")]
    [TestCase("number", "NumberAnalysisData")]
    public void AnalysisData_type_selects_variant(string tag, string schema)
    {
        string json = $$"""{"name":"x","description":"y","type":"{{tag}}","choices":["a"]}""";
        foreach (string union in new[] { "AnalysisData", "PostCallAnalysisData", "PostChatAnalysisData" })
        {
            object read = Wire.Read(json, SdkTypes.Of(union))!;

            Assert.That(read, Is.InstanceOf(SdkTypes.Of(schema)), union);
            JsonEquivalence.AssertSame(json, Wire.Write(read), union);
        }
    }

    [TestCase("""{"call_type":"hologram_call","call_id":"c1","call_status":{"phase":1},"start_timestamp":1703302407333,"x":[null,{"y":"ü"}]}""")]
    [TestCase("""{"call_id":"c1","call_type":null}""")]
    [TestCase("""{"call_type":5,"call_id":"c1"}""")]
    [TestCase("""{"call_id":"c1"}""")]
    [TestCase("""{"x":{"call_type":"phone_call"},"call_type":["phone_call"]}""")]
    [TestCase("""{"CALL_TYPE":"phone_call","call_id":"c1"}""")]
    [TestCase("""{"CALL_TYPE":{"a":1},"call_id":"c1"}""")]
    [TestCase("{}")]
    public void RoundTrip_call_of_unknown_type_is_preserved(string json)
    {
        object call = Wire.Read(json, SdkTypes.Of("V2CallResponse"))!;

        Assert.That(call, Is.TypeOf<UnknownVariant>());
        JsonEquivalence.AssertSame(json, Wire.Write(call));
    }

    [Test]
    public void RoundTrip_call_with_late_call_type_selects_variant()
    {
        const string Json = """
            {"call_id":"c1","metadata":{"call_type":"web_call","a":[1,{"b":2}]},"transcript_object":[],"call_type":"phone_call","from_number":"+1","to_number":"+2"}
            """;
        object call = Wire.Read(Json, SdkTypes.Of("V2CallResponse"))!;

        Assert.That(call, Is.TypeOf(SdkTypes.Of("V2PhoneCallResponse")));
        JsonEquivalence.AssertSame(Json, Wire.Write(call));
    }

    [Test]
    [NonParallelizable]
    public void RoundTrip_ignores_JsonConvert_DefaultSettings()
    {
        var generator = new InstanceGenerator(SpecDocument.Current, InstanceOptions.Tolerant);
        var cases = SpecDocument.Current.Schemas.Select(schema => (Json: generator.CreateJson(schema.Value, 7), Type: SdkTypes.Of(schema.Key))).ToList();
        string[] before = [.. cases.Select(item => Wire.RoundTrip(item.Json, item.Type))];

        Func<JsonSerializerSettings>? original = JsonConvert.DefaultSettings;
        int asked = 0;
        Func<JsonSerializerSettings> hostile = () =>
        {
            asked++;
            return new JsonSerializerSettings
            {
                ContractResolver = new CamelCasePropertyNamesContractResolver(),
                TypeNameHandling = TypeNameHandling.All,
                NullValueHandling = NullValueHandling.Ignore,
                DateParseHandling = DateParseHandling.DateTimeOffset,
                FloatParseHandling = FloatParseHandling.Decimal,
                Formatting = Formatting.Indented,
                MaxDepth = 3,
                Converters = { new ThrowingConverter() },
            };
        };
        try
        {
            JsonConvert.DefaultSettings = hostile;

            Assert.That(cases.Select(item => Wire.RoundTrip(item.Json, item.Type)), Is.EqualTo(before));
            Assert.That(asked, Is.Zero, "the application's settings are not even looked at");
            Assert.That(ReferenceEquals(JsonConvert.DefaultSettings, hostile), "and they are left alone");
        }
        finally
        {
            JsonConvert.DefaultSettings = original;
        }
    }

    [TestCase(100)]
    [TestCase(400)]
    public void RoundTrip_deeply_nested_conversation_flow_is_preserved(int depth)
    {
        JObject parameters = new() { ["type"] = "string" };
        for (int i = 0; i < depth / 2; i++)
        {
            parameters = new JObject { ["type"] = "object", ["properties"] = new JObject { ["p"] = parameters } };
        }

        JToken unknown = 1;
        for (int i = 0; i < depth; i++)
        {
            unknown = new JArray(unknown);
        }

        var flow = new JObject
        {
            ["conversation_flow_id"] = "f",
            ["version"] = 0,
            ["tools"] = new JArray(new JObject { ["tool_id"] = "t", ["type"] = "custom", ["name"] = "n", ["url"] = "https://example.com", ["parameters"] = parameters }),
            ["nodes"] = new JArray(new JObject { ["id"] = "n", ["type"] = "end", ["newer_than_the_sdk"] = unknown }),
        };
        string json = flow.ToString(Formatting.None);
        Type type = SdkTypes.Of("ConversationFlowResponse");

        JsonEquivalence.AssertSame(json, Wire.RoundTrip(json, type));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        JsonEquivalence.AssertSame(json, Wire.Write(Wire.Read(stream, type)));
    }

    [Test]
    public void RoundTrip_12_MB_transcript_is_streamed()
    {
        Type type = SdkTypes.Of("V2PhoneCallResponse");
        byte[] json = LongCall(12_000_000, out int utterances);
        using var source = new MeteredStream(json);

        object call = Wire.Read(source, type)!;

        var transcript = (ICollection)type.GetProperty("TranscriptObject")!.GetValue(call)!;
        Assert.Multiple(() =>
        {
            Assert.That(transcript, Has.Count.EqualTo(utterances));
            Assert.That(source.CanRead, Is.True, "the caller's stream stays open");
            Assert.That(source.LargestRead, Is.LessThan(1 << 20), "it is read piece by piece");
        });

        using var target = new MeteredStream([]);
        Wire.Write(target, call);
        Assert.That(target.CanWrite, Is.True, "the caller's stream stays open");
        Assert.That(target.LargestWrite, Is.LessThan(1 << 20), "it is written piece by piece");
        Assert.That(JsonEquivalence.Difference(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(target.ToArray())), Is.Null);
    }

    private static byte[] LongCall(int bytes, out int utterances)
    {
        var text = new StringBuilder("""{"call_type":"phone_call","call_id":"c","from_number":"+1","to_number":"+2","direction":"inbound","transcript_object":[""");
        for (utterances = 0; text.Length < bytes; utterances++)
        {
            text.Append(utterances > 0 ? "," : "").Append("""
                {"role":"agent","content":"Grüße, was kann ich für Sie tun? 😀","words":[{"word":"Grüße","start":0.7,"end":1.3},{"word":"was","start":1.4,"end":2}]}
                """);
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    private sealed class ThrowingConverter : JsonConverter
    {
        public override bool CanConvert(Type objectType) => true;

        public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) => throw Used();

        public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => throw Used();

        private static InvalidOperationException Used() => new("The application's converter was used.");
    }

    /// <summary>Gives no more than 16 KB at a time, as a socket does, and notes how much it was asked for at once.</summary>
    private sealed class MeteredStream : MemoryStream
    {
        public MeteredStream(byte[] content)
        {
            base.Write(content, 0, content.Length);
            Position = 0;
            LargestWrite = 0;
        }

        public int LargestRead { get; private set; }

        public int LargestWrite { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            LargestRead = Math.Max(LargestRead, count);
            return base.Read(buffer, offset, Math.Min(count, 16 * 1024));
        }

        public override int Read(Span<byte> buffer)
        {
            LargestRead = Math.Max(LargestRead, buffer.Length);
            return base.Read(buffer[..Math.Min(buffer.Length, 16 * 1024)]);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            LargestWrite = Math.Max(LargestWrite, count);
            base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            LargestWrite = Math.Max(LargestWrite, buffer.Length);
            base.Write(buffer);
        }
    }
}
