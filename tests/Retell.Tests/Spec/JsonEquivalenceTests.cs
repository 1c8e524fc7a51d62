using Newtonsoft.Json;
using Retell.Tests.Support;

namespace Retell.Tests.Spec;

public class JsonEquivalenceTests
{
    [TestCase("""{"a":1,"b":[2]}""", """{ "b" : [2.0], "a" : 1e0 }""")]
    [TestCase("9223372036854775807", "9223372036854775807.")]
    [TestCase("1e21", "1000000000000000000000")]
    [TestCase("\"\\u00fc\\ud83d\\ude00\"", "\"ü😀\"")]
    [TestCase("\"2023-12-23T03:33:27+01:00\"", "\"2023-12-23T03:33:27+01:00\"")]
    [TestCase("-0.0", "0")]
    public void JsonEquivalence_equivalent_JSON_has_no_difference(string one, string other) => Assert.That(JsonEquivalence.Difference(one, other.TrimEnd('.')), Is.Null);

    [TestCase("""{"a":[{"b":1}]}""", """{"a":[{"b":2}]}""", "$.a[0].b: expected 1, but was 2")]
    [TestCase("""{"a":null}""", "{}", "$.a: expected null, but the member is missing")]
    [TestCase("{}", """{"a":{"b":1}}""", """$.a: expected no such member, but was {"b":1}""")]
    [TestCase("""{"a":"1"}""", """{"a":1}""", """$.a: expected "1", but was 1""")]
    [TestCase("""{"a":1}""", """{"A":1}""", "$.a: expected 1, but the member is missing")]
    [TestCase("[1,2]", "[1]", "$: expected 2 elements, but there are 1")]
    [TestCase("9223372036854775807", "9223372036854775806", "$: expected 9223372036854775807, but was 9223372036854775806")]
    [TestCase("9007199254740993", "9007199254740992.0", "$: expected 9007199254740993, but was 9007199254740992.0")]
    [TestCase("true", "\"true\"", "$: expected true, but was \"true\"")]
    [TestCase("\"2023-12-23T03:33:27Z\"", "\"2023-12-23T03:33:27.000Z\"", "$: expected \"2023-12-23T03:33:27Z\", but was \"2023-12-23T03:33:27.000Z\"")]
    public void JsonEquivalence_different_JSON_reports_path_and_values(string one, string other, string difference) =>
        Assert.That(JsonEquivalence.Difference(one, other), Is.EqualTo(difference));

    [TestCase("""{"a":1,"a":1}""")]
    [TestCase("{} {}")]
    [TestCase("{\"a\":")]
    public void JsonEquivalence_invalid_JSON_throws(string json) => Assert.That(() => JsonEquivalence.Parse(json), Throws.InstanceOf<JsonException>());
}
