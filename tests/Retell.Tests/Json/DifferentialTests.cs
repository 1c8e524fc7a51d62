using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Retell.Json;
using Retell.Models;
using Retell.Tests.Support;

namespace Retell.Tests.Json;

/// <summary>
/// The reader of UTF-8 beside the one of Newtonsoft.Json, over documents that were damaged at random and over streams in
/// pieces: whatever the one makes of a document, the other makes of it too.
/// </summary>
[Parallelizable]
internal sealed partial class DifferentialTests
{
    private const int Rounds = 5000;

    /// <summary>Where a piece of a document goes to when it is damaged.</summary>
    private static readonly string[] s_pieces =
    [
        "null", "true", "1", "-1.5", "\"\"", "{}", "[]", "[1,\"a\"]", "/*c*/", "NaN", "'a'", ",", ":", "}", "]", "\"", "\\u00e9", "\\", "\ufeff", "\t", "\u0000", " ", "1e5", "\"call_type\":\"web_call\",", "\"call_type\":5,",
    ];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Utf8_and_Newtonsoft_readers_agree_on_damaged_JSON(int seed)
    {
        var random = new Random(seed);
        (string Json, Type Type)[] documents = [.. Documents(seed)];
        for (int round = 0; round < Rounds; round++)
        {
            (string json, Type type) = documents[random.Next(documents.Length)];
            string damaged = Damage(json, random);

            AssertSame(damaged, type, random);
        }
    }

    /// <summary>Each with what is special about it.</summary>
    [TestCase("""{"call_id":/*c*/1}""")]
    [TestCase("""{/*c*/"call_id"/*c*/:/*c*/"a"/*c*/,/*c*/"call_type":"web_call"}/*c*/""")]
    [TestCase("""{"call_type":"web_call","call_id":'single'}""")]
    [TestCase("""{call_type:"web_call"}""")]
    [TestCase("""{"call_type":"web_call","newer":NaN,"other":-Infinity}""")]
    [TestCase("""{"call_type":"?","call_type":"web_call","call_id":"a"}""")]
    [TestCase("""{"call_type":"web_call","call_type":"phone_call","call_id":"a"}""")]
    [TestCase("""{"call_type":"web_call","call_id":"a","call_id":5,"call_id":null}""")]
    [TestCase("""{"call_type":"web_call","call_id":null,"call_id":5}""")]
    [TestCase("\ufeff{\"call_type\":\"web_call\"}")]
    [TestCase("""{"call_type":"web_call",}""")]
    [TestCase("""{"call_type":"web_call"} {}""")]
    [TestCase("""{"call_type":"web_call","transcript_object":[{"role":"agent","words":[{"word":"a","start":"x"}]}]}""")]
    [TestCase("""{"call_type":"web_call","transcript_object":[{"role":"agent","words":[{"word":"a"},5]}]}""")]
    [TestCase("""{"call_type":"web_call","transcript_object":[5,{"role":"agent"}]}""")]
    [TestCase("""{"call_type":"web_call","latency":{"e2e":{"p50":012}}}""")]
    [TestCase("[")]
    [TestCase("")]
    [TestCase("null")]
    [TestCase("5")]
    [TestCase("{\"call_type\":\"web_call\",\"call_id\":\"a\nb\"}")]
    public void Utf8_and_Newtonsoft_readers_agree_on_special_JSON(string json) => AssertSame(json, typeof(ICall), new Random(1));

    [Test]
    public void Utf8_and_Newtonsoft_readers_agree_on_maximum_depth([Values(510, 511, 512, 513)] int depth)
    {
        string array = new string('[', depth) + new string(']', depth);
        AssertSame(array, typeof(JToken), new Random(1));
        AssertSame($$"""{"call_type":"web_call","metadata":{"a":{{array}}},"b":{{array}}}""", typeof(ICall), new Random(1));
    }

    [Test]
    public void RetellJson_comment_before_value_is_skipped() =>
        Assert.That(
            RetellJson.Serialize(RetellJson.Deserialize<ICall>("""{"call_type":"web_call","call_id":/*c*/"a","newer":/*c*/{"b":/*c*/1}}""")),
            Is.EqualTo("""{"call_type":"web_call","call_id":"a","newer":{"b":1}}"""));

    private static IEnumerable<(string Json, Type Type)> Documents(int seed)
    {
        var generator = new InstanceGenerator(SpecDocument.Current, InstanceOptions.Hostile with { MaxValues = 60 });
        foreach (KeyValuePair<string, JObject> schema in SpecDocument.Current.Schemas)
        {
            yield return (generator.CreateJson(schema.Value, seed), SdkTypes.Of(schema.Key));
        }

        for (int i = 0; i < 40; i++)
        {
            yield return (generator.CreateJson(SpecDocument.Current.Schemas["V2CallResponse"], (seed * 100) + i), typeof(ICall));
        }
    }

    private static string Damage(string json, Random random)
    {
        for (int i = random.Next(4); i > 0; i--)
        {
            int at = random.Next(json.Length + 1);
            int length = Math.Min(random.Next(6), json.Length - at);
            json = random.Next(5) switch
            {
                0 => json.Remove(at, length),
                1 => json.Insert(at, s_pieces[random.Next(s_pieces.Length)]),
                2 => json.Insert(at, json.Substring(at, length)),
                3 => json[..at],
                _ => string.Concat(json.AsSpan(0, at), s_pieces[random.Next(s_pieces.Length)], json.AsSpan(at + length)),
            };
        }

        return json;
    }

    private static void AssertSame(string json, Type type, Random random)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        AssertSame(() => RetellJson.Deserialize(json, type), () => NewtonsoftJson.Read(() => new StringReader(json), type), json);
        AssertSame(
            () => RetellJson.Deserialize(new Pieces(utf8, random), type),
            () => NewtonsoftJson.Read(() => NewtonsoftJson.OpenText(new MemoryStream(utf8), 1024), type),
            json);
    }

    private static void AssertSame(Func<object?> read, Func<object?> readByNewtonsoft, string json)
    {
        (object? value, string? failure) = Outcome(read);
        (object? expected, string? expectedFailure) = Outcome(readByNewtonsoft);

        Assert.That(failure, Is.EqualTo(expectedFailure), json);
        Assert.That(value?.GetType(), Is.EqualTo(expected?.GetType()), json);
        string written = RetellJson.Serialize(value);

        // Newtonsoft.Json loses digits that a double does not hold, and half a character.
        if (!written.Contains("\\ud", StringComparison.Ordinal) && Number().Matches(json).All(number => IsDouble(number.Value)))
        {
            Assert.That(JsonEquivalence.Difference(RetellJson.Serialize(expected), written), Is.Null, json);
        }
    }

    private static bool IsDouble(string number)
    {
        double value = double.Parse(number, CultureInfo.InvariantCulture);
        return double.IsFinite(value) && JsonEquivalence.Difference(number, value.ToString("R", CultureInfo.InvariantCulture)) is null;
    }

    private static (object? Value, string? Failure) Outcome(Func<object?> read)
    {
        try
        {
            return (read(), null);
        }
        catch (RetellSerializationException e)
        {
            return (null, $"{e.JsonPath} {e.Excerpt} {e.Message}");
        }
    }

    [GeneratedRegex("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?[eE][+-]?[0-9]+|-?[1-9][0-9]{15,}(?:\\.[0-9]+)?|-?(?:0|[1-9][0-9]*)\\.[0-9]{14,}")]
    private static partial Regex Number();

    /// <summary>Gives a few bytes at a time, as a socket may.</summary>
    private sealed class Pieces(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, random.Next(1, 50)));
    }
}
