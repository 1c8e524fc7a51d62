using System.Text.Json;
using System.Text.Json.Serialization;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Models;
using Retell.Tests.Support;

namespace Retell.Tests.Json;

/// <summary>The objects of the API in the hands of System.Text.Json, however an application has set it up.</summary>
internal sealed partial class SystemTextJsonTests
{
    private const string Call = """
        {"call_type":"phone_call","call_id":"call_1","call_status":"ended","metadata":{"a":[1,{"B":0.1234567890123456789}]},"newer":{"Camel":null},"from_number":null,"transcript_object":[{"role":"agent","content":"Grüße 😀 <b>","words":[{"word":"Grüße","start":0.5}]}]}
        """;

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>Each way to set up System.Text.Json.</summary>
    private static IEnumerable<TestCaseData> Options()
    {
        yield return new TestCaseData(new JsonSerializerOptions()).SetArgDisplayNames("none");
        yield return new TestCaseData(new JsonSerializerOptions(JsonSerializerDefaults.Web)).SetArgDisplayNames("web");
        yield return new TestCaseData(new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper,
            DictionaryKeyPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            NumberHandling = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        }).SetArgDisplayNames("everything else");
        yield return new TestCaseData(s_indented).SetArgDisplayNames("indented");
        yield return new TestCaseData(new JsonSerializerOptions { TypeInfoResolver = ApplicationContext.Default }).SetArgDisplayNames("source generator");
    }

    [TestCaseSource(nameof(Options))]
    public void SystemTextJson_models_are_written_as_API_JSON_with_any_options(JsonSerializerOptions options)
    {
        var call = (PhoneCall)JsonSerializer.Deserialize<ICall>(Call, options)!;

        Assert.That(call.CallStatus, Is.EqualTo(CallStatus.Ended));
        Assert.That(call.TranscriptObject![0].Words[0].Start, Is.EqualTo(0.5));
        JsonEquivalence.AssertSame(Call, JsonSerializer.Serialize<ICall>(call, options));
        JsonEquivalence.AssertSame(Call, JsonSerializer.Serialize(call, options));
    }

    [TestCaseSource(nameof(Options))]
    public void SystemTextJson_models_inside_application_types_are_preserved(JsonSerializerOptions options)
    {
        var answer = new Answer(
            RetellJson.Deserialize<ICall>(Call),
            [CallStatus.Ended, "new_status"],
            new Dictionary<CallStatus, long> { [CallStatus.Ongoing] = 3 },
            AgentVersionReference.Latest,
            null,
            new UnknownVariant(new JObject { ["call_type"] = "newer", ["x"] = 1 }));

        string json = JsonSerializer.Serialize(answer, options);
        Answer read = JsonSerializer.Deserialize<Answer>(json, options)!;

        Assert.That(read.Call, Is.TypeOf<PhoneCall>());
        Assert.That(RetellJson.Serialize(read.Call), Is.EqualTo(RetellJson.Serialize(answer.Call)));
        Assert.That(read.Statuses, Is.EqualTo(answer.Statuses));
        Assert.That(read.Counts, Is.EqualTo(answer.Counts));
        Assert.That(read.Version, Is.EqualTo(answer.Version));
        Assert.That(read.Missing, Is.Null);
        Assert.That(read.Newer, Is.TypeOf<UnknownVariant>());
    }

    [Test]
    public void SystemTextJson_indented_models_match_document_format()
    {
        string json = JsonSerializer.Serialize(new { item = RetellJson.Deserialize<Utterance>("""{"role":"agent","words":[{"word":"a"}],"x":{},"y":[]}""") }, s_indented);

        Assert.That(json, Is.EqualTo(JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json), s_indented)));
    }

    [TestCase("5", "JSON of type Integer cannot be read as PhoneCall.")]
    [TestCase("[]", "JSON of type Array cannot be read as PhoneCall.")]
    public void SystemTextJson_model_from_non_object_throws_JsonException(string json, string message) =>
        Assert.That(() => JsonSerializer.Deserialize<PhoneCall>(json), Throws.InstanceOf<JsonException>().With.Message.EqualTo(message));

    [Test]
    public void SystemTextJson_null_and_default_values_are_null()
    {
        Assert.That(JsonSerializer.Deserialize<ICall>("null"), Is.Null);
        Assert.That(JsonSerializer.Deserialize<CallStatus?>("null"), Is.Null);
        Assert.That(JsonSerializer.Deserialize<CallStatus>("null"), Is.EqualTo(default(CallStatus)));
        Assert.That(JsonSerializer.Serialize(default(CallStatus)), Is.EqualTo("null"));
        Assert.That(JsonSerializer.Serialize((ICall?)null), Is.EqualTo("null"));
    }

    [Test]
    public void SystemTextJson_NaN_throws_JsonException() =>
        Assert.That(
            () => JsonSerializer.Serialize(new UtteranceWord { Start = double.NaN }),
            Throws.InstanceOf<JsonException>().With.Message.Contains("NaN cannot be written as a JSON number"));

    [Test]
    public void SystemTextJson_RetellJsonConverter_reads_and_writes_JToken()
    {
        var options = new JsonSerializerOptions { Converters = { new RetellJsonConverter<JToken>(), new RetellJsonConverter<JObject>() } };
        JObject metadata = RetellJson.Deserialize<PhoneCall>(Call)!.Metadata!;

        Assert.That(JsonSerializer.Serialize(metadata, options), Is.EqualTo("""{"a":[1,{"B":0.1234567890123456789}]}"""));
        Assert.That(JToken.DeepEquals(JsonSerializer.Deserialize<JObject>("""{"a":[1,null]}""", options), JObject.Parse("""{"a":[1,null]}""")), Is.True);
    }

    /// <summary>A class of an application.</summary>
    internal sealed record Answer(
        ICall? Call, IReadOnlyList<CallStatus> Statuses, Dictionary<CallStatus, long> Counts, AgentVersionReference Version, Agent? Missing, ICall Newer);

    [JsonSerializable(typeof(ICall))]
    [JsonSerializable(typeof(PhoneCall))]
    [JsonSerializable(typeof(Answer))]
    private sealed partial class ApplicationContext : JsonSerializerContext;
}
