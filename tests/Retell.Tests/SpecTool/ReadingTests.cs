using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.SpecTool;

/// <summary>YAML and JSON are read alike, and hostile input ends with a message, quickly and in little memory.</summary>
public class ReadingTests
{
    private static readonly char[] s_letters = [.. "abcdefghijklmn"];

    /// <summary>Each would fill the memory or the stack if it were read without bounds.</summary>
    private static IEnumerable<TestCaseData> Hostile =>
    [
        new TestCaseData(Bomb(previous => $"[{string.Join(',', Enumerable.Repeat("*" + previous, 9))}]"), "too much content").SetArgDisplayNames("alias bomb"),
        new TestCaseData(
            Bomb(previous => $"{{ {string.Join(", ", Enumerable.Range(0, 9).Select(i => $"k{i}: *{previous}"))}, <<: [*{previous}, *{previous}] }}"),
            "too much content").SetArgDisplayNames("alias bomb with merge keys"),
        new TestCaseData(Bomb(previous => $"{{ ? *{previous} : *{previous} }}"), "not plain text").SetArgDisplayNames("aliases as keys"),
        new TestCaseData(Repeated("[", 20_000), "256 levels").SetArgDisplayNames("YAML flow sequences"),
        new TestCaseData(Repeated("[", 20_000) + Repeated("]", 20_000), "256 levels").SetArgDisplayNames("closed YAML flow sequences"),
        new TestCaseData(Repeated("{ a: ", 20_000), "256 levels").SetArgDisplayNames("YAML flow mappings"),
        new TestCaseData(Repeated("- ", 20_000) + "a", "256 levels").SetArgDisplayNames("YAML block sequences"),
        new TestCaseData(string.Concat(Enumerable.Range(0, 2_000).Select(i => new string(' ', i) + "a:\n")), "256 levels").SetArgDisplayNames("YAML block mappings"),
        new TestCaseData(Repeated("? ", 20_000), "not plain text").SetArgDisplayNames("YAML keys"),
        new TestCaseData(Repeated("{\"a\":", 20_000) + "1" + Repeated("}", 20_000), "256 levels").SetArgDisplayNames("JSON"),
    ];

    [TestCaseSource(nameof(Hostile))]
    public void YamlFile_hostile_input_throws_with_little_memory(string text, string message)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        SpecError error = Refusal(text);

        Assert.That(error.Message, Does.Contain(message));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(50_000_000));
    }

    [TestCase("[", "]", "")]
    [TestCase("{ a: ", "}", "1")]
    [TestCase("{\"a\":", "}", "1")]
    public void YamlFile_document_of_256_levels_is_read(string open, string close, string inside)
    {
        string text = open[0] == '[' ? $"a: {Repeated(open, 255)}{Repeated(close, 255)}" : $"{Repeated(open, 256)}{inside}{Repeated(close, 256)}";

        Assert.That(() => YamlFile.ParseObject(text, "api.yaml"), Throws.Nothing);
    }

    [TestCase("a: 1\n---\nb: 2", "line 2, column 1", "A second YAML document begins here.")]
    [TestCase("a: 1\n...\n---\nb: 2", "line 3, column 1", "A second YAML document begins here.")]
    [TestCase("a: 1\nb: 2\na: 3", "line 3, column 1", "the key \"a\" occurs twice")]
    [TestCase("{ \"a\": 1,\n  \"a\": 2 }", "line 2, column 3", "the key \"a\" occurs twice")]
    [TestCase("a: { <<: { b: 1 }, <<: { c: 1 } }", "line 1, column 20", "the key \"<<\" occurs twice")]
    [TestCase("a:\n  <<: 5", "line 2, column 3", "A merge key takes a mapping")]
    [TestCase("a:\n  - *gone", "line 2, column 5", "there is no anchor \"gone\"")]
    [TestCase("a: &a { b: [{ c: *a }] }", "$.a.b[0].c", "refers to a value that contains it")]
    [TestCase("a: &a { <<: *a }", "$.a.<<", "refers to a value that contains it")]
    [TestCase("{ \"a\": 1,, }", "line 1, column 10", "not valid YAML")]
    [TestCase("{ \"a\": 1 } b", "line 1, column 12", "not valid YAML")]
    [TestCase("{ \"a\": \"\\ud83d\" }", "line 1, column 8", "not valid YAML")]
    [TestCase("a: !<:> 1", "line 1, column", "not valid YAML")]
    public void YamlFile_invalid_document_throws_with_line_and_column(string text, string place, string problem)
    {
        SpecError error = Refusal(text);

        Assert.That(error.Message, Does.StartWith($"api.yaml: {place}").And.Contain(problem));
    }

    [TestCase("""{ "a": "\ud83d\ude00 \t\u00e9\/", "b": [1, -2.5, 1e3, true, false, null] }""", """{"a":"😀 \té/","b":[1,-2.5,1000.0,true,false,null]}""")]
    [TestCase("{\t\"a\":\t\"2020-01-01T00:00:00Z\" }\n", """{"a":"2020-01-01T00:00:00Z"}""")]
    [TestCase("\uFEFF { \"a\": 123456789012345678901234567890 }", """{"a":1.2345678901234568E+29}""")]
    [TestCase("{ \"a\": \"yes\", \"<<\": \"*b\" }", """{"a":"yes","<<":"*b"}""")]
    public void YamlFile_JSON_is_read_unchanged(string text, string expected) => AssertRead(text, expected);

    [Test]
    public void YamlFile_long_JSON_key_is_read()
    {
        string key = new('k', 5_000);

        Assert.That(YamlFile.ParseObject($$"""{ "{{key}}": 1 }""", "api.json").Properties().Single().Name, Is.EqualTo(key));
    }

    [TestCase("{ a: 'x\\n', b: 3.0.3, }", """{"a":"x\\n","b":"3.0.3"}""")]
    [TestCase("{ 'a': 'x\\n' }", """{"a":"x\\n"}""")]
    [TestCase("{ \"a\": 1 } # comment", """{"a":1}""")]
    public void YamlFile_YAML_that_starts_like_JSON_is_read(string text, string expected) => AssertRead(text, expected);

    [TestCase("\uFEFFa: 1", """{"a":1}""")]
    [TestCase("%YAML 1.1\n---\na: yes\n...\n", """{"a":"yes"}""")]
    [TestCase("a: &a [x, *b]\nb: 1", null)]
    [TestCase("a: &a { b: [x] }\nc: *a\nd: &a 5\ne: *a", """{"a":{"b":["x"]},"c":{"b":["x"]},"d":5,"e":5}""")]
    [TestCase("a: &k key\nb: { *k : 2 }", """{"a":"key","b":{"key":2}}""")]
    [TestCase("&k a: 1\nb: *k", """{"a":1,"b":"a"}""")]
    [TestCase("a: !!str 12\nb: !!int '12'\nc: !vendor x\nd: ! 12", """{"a":"12","b":12,"c":"x","d":"12"}""")]
    public void YamlFile_anchors_aliases_and_tags_are_applied(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.That(Refusal(text).Message, Does.Contain("there is no anchor"));
            return;
        }

        AssertRead(text, expected);
    }

    [TestCase("b: &b { x: 1, y: 2 }\nc: { <<: *b, y: 3 }", """{"b":{"x":1,"y":2},"c":{"x":1,"y":3}}""")]
    [TestCase("b: &b { x: 1, y: 2 }\nc: { y: 3, <<: *b }", """{"b":{"x":1,"y":2},"c":{"y":3,"x":1}}""")]
    [TestCase("b: &b { x: 1 }\nc: { <<: [*b, { x: 2, z: 3 }] }", """{"b":{"x":1},"c":{"x":1,"z":3}}""")]
    [TestCase("b: &b { x: 1 }\nc: &c { <<: *b, y: 2 }\nd: { <<: *c }", """{"b":{"x":1},"c":{"x":1,"y":2},"d":{"x":1,"y":2}}""")]
    [TestCase("c: { <<: &b { x: 1 }, d: *b }", """{"c":{"x":1,"d":{"x":1}}}""")]
    [TestCase("c: { '<<': { x: 1 } }", """{"c":{"<<":{"x":1}}}""")]
    public void YamlFile_merge_keys_are_applied(string text, string expected) => AssertRead(text, expected);

    [Test]
    public void YamlFile_published_spec_as_JSON_reads_the_same()
    {
        JObject yaml = YamlFile.ReadObject(Repository.PathOf("openapi", "retell.yaml"));

        JObject json = YamlFile.ParseObject(yaml.ToString(Formatting.None), "retell.json");

        Assert.That(json.ToString(), Is.EqualTo(yaml.ToString()));
    }

    private static string Bomb(Func<char, string> next) =>
        "a: &a { x: x, y: x, z: x }\n" + string.Concat(s_letters[1..].Select(letter => $"{letter}: &{letter} {next((char)(letter - 1))}\n"));

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static void AssertRead(string text, string expected) =>
        Assert.That(YamlFile.ParseObject(text, "api.yaml").ToString(Formatting.None), Is.EqualTo(expected));

    private static SpecError Refusal(string text) => Assert.Throws<SpecError>(() => YamlFile.ParseObject(text, "api.yaml"))!;
}
