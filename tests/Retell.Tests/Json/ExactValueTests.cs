using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Tests.Support;

namespace Retell.Tests.Json;

/// <summary>What the types of C# cannot hold: it is written as it came.</summary>
internal sealed class ExactValueTests
{
    private static readonly string[] s_numbers =
    [
        "0.1234567890123456789", "12345678901234567890.12", "1e400", "-1E+400", "1e-400", "9007199254740993", "9007199254740993.0", "18446744073709551616", "5.0000000000000000001", "-0.0",
    ];

    // No attribute can hold them.
    private static readonly string[] s_halves = ["\ud800", "a\udfffb", "\udc00\ud800 😀"];

    [TestCaseSource(nameof(s_numbers))]
    public void RetellJson_numbers_beyond_double_are_written_unchanged(string number)
    {
        string json = $$$"""{"call_type":"web_call","metadata":{"free":[{{{number}}}]},"latency":{"e2e":{"p50":{{{number}}},"values":[1,{{{number}}},2]}},"start_timestamp":{{{number}}},"newer":{{{number}}}}""";

        foreach (Func<string, Type, string> roundTrip in (Func<string, Type, string>[])[Wire.RoundTrip, Wire.RoundTripStream, Wire.RoundTripSystemText])
        {
            JsonEquivalence.AssertSame(json, roundTrip(json, typeof(ICall)), number);
        }

        JsonEquivalence.AssertSame(json, Wire.RoundTrip(json, typeof(JToken)), number);
        JsonEquivalence.AssertSame(json, Wire.RoundTripStream(json, typeof(JToken)), number);
    }

    [TestCase("0.1234567890123456789", 0.12345678901234568)]
    [TestCase("9007199254740993", 9007199254740992d)]
    [TestCase("1e400", double.PositiveInfinity)]
    [TestCase("1e-400", 0d)]
    [TestCase("0.30000000000000004", 0.1 + 0.2)]
    [TestCase("123456789012345678", 123456789012345680d)]
    [TestCase("5e-324", 5e-324)]
    [TestCase("0.000001", 1e-6)]
    [TestCase("1234567890.12345", 1234567890.12345)]
    public void RetellJson_number_beyond_double_reads_as_nearest_value(string number, double nearest)
    {
        var word = RetellJson.Deserialize<CallLatency>($$$"""{"p50":{{{number}}},"values":[{{{number}}}]}""")!;

        Assert.That(word.P50, Is.EqualTo(nearest));
        Assert.That(word.Values, Is.EqualTo(new[] { nearest }));

        word.P50 = 0.5;
        word.Values![0] = 0.25;
        Assert.That(RetellJson.Serialize(word), Is.EqualTo("""{"p50":0.5,"values":[0.25]}"""));
    }

    [Test]
    public void RetellJson_duplicate_properties_keep_last_value()
    {
        var word = RetellJson.Deserialize<CallLatency>("""{"p50":1e400,"p50":0.5,"p90":0.5,"p90":1e400}""")!;

        Assert.That(RetellJson.Serialize(word), Is.EqualTo("""{"p50":0.5,"p90":1e400}"""));
    }

    [Test]
    public void RetellJson_Convert_keeps_digits_beyond_double()
    {
        Agent agent = RetellJson.Deserialize<Agent>("""{"agent_id":"a","voice_temperature":0.1234567890123456789,"newer":1e400}""")!;

        Assert.That(RetellJson.Serialize(RetellJson.Convert<AgentSettings>(agent)), Is.EqualTo("""{"voice_temperature":0.1234567890123456789}"""));
    }

    [Test]
    public void RetellJson_JObject_numbers_have_numeric_types()
    {
        JObject json = RetellJson.Deserialize<JObject>("""{"long":5,"real":1.5,"many":0.1234567890123456789,"big":18446744073709551616,"huge":1e400}""")!;

        Assert.That(json["long"]!.Value<long>(), Is.EqualTo(5));
        Assert.That(json["real"]!.Value<double>(), Is.EqualTo(1.5));
        Assert.That(json["many"]!.Value<decimal>(), Is.EqualTo(0.1234567890123456789m));
        Assert.That(json["big"]!.Type, Is.EqualTo(JTokenType.Integer));
        Assert.That(json["huge"]!.Value<double>(), Is.EqualTo(double.PositiveInfinity));
        Assert.That(json.DeepClone().ToString(Newtonsoft.Json.Formatting.None), Does.EndWith("\"huge\":1e400}"));
    }

    [TestCaseSource(nameof(s_halves))]
    public void RetellJson_lone_surrogates_are_preserved(string text)
    {
        var agent = new AgentSettings { AgentName = text, AdditionalProperties = { [text] = text } };
        using var stream = new MemoryStream();

        RetellJson.Serialize(agent, stream);

        string json = Encoding.UTF8.GetString(stream.ToArray());
        Assert.That(json, Does.Not.Contain("\ufffd"));
        stream.Position = 0;
        AgentSettings read = RetellJson.Deserialize<AgentSettings>(stream)!;
        Assert.That(read.AgentName, Is.EqualTo(text));
        Assert.That((string?)read.AdditionalProperties[text], Is.EqualTo(text));
        Assert.That(RetellJson.Deserialize<AgentSettings>(RetellJson.Serialize(agent))!.AgentName, Is.EqualTo(text));
        Assert.That(
            RetellJson.Deserialize<AgentSettings>($$"""{"agent_name":"{{text}}","voice_temperature":1e400}""")!.AgentName,
            Is.EqualTo(text),
            "not an escape, but the character");
    }
}
