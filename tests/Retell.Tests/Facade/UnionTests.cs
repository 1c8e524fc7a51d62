using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Json;
using Retell.Models;
using Retell.Tests.Facade.Doubles;
using Retell.Tests.Support;

namespace Retell.Tests.Facade;

/// <summary>How the variants of a union are told apart, whatever the order of the members.</summary>
internal sealed class UnionTests
{
    private static readonly IUnion s_tagged = Thing.Tagged;
    private static readonly UntaggedUnion<RetellObject> s_untagged = Union.ByMember<RetellObject>().Has<Thing>("id").Has<Other>("words");

    [TestCase("""{"type":"thing"}""", typeof(Thing))]
    [TestCase("""{"type":"item","id":"a"}""", typeof(Thing))]
    [TestCase("""{"type":"other","words":[1,2]}""", typeof(Other))]
    [TestCase("""{"id":null,"count":5,"ratio":0.5,"flag":true,"new":"x","type":"thing","texts":["a"]}""", typeof(Thing))]
    [TestCase("""{"child":{"id":"c","things":[{}]},"things":[{"id":"t"}],"new":{"a":[1]},"type":"thing","id":"a"}""", typeof(Thing))]
    [TestCase("""{"words":[1,2],"new":[],"type":"other","role":"x"}""", typeof(Other))]
    [TestCase("""{"words":"none","type":"other"}""", typeof(Other))]
    [TestCase("""{"id":"a","id":"b","type":"thing"}""", typeof(Thing))]
    [TestCase("""{"variant":{"variant":{"words":[1],"type":"other"},"type":"item"},"type":"thing"}""", typeof(Thing))]
    [TestCase("""{"type":"newer","id":"a","nested":{"b":[{}]}}""", typeof(UnknownVariant))]
    [TestCase("""{"nested":{"b":[{}]},"type":"newer","id":"a"}""", typeof(UnknownVariant))]
    [TestCase("""{"type":"THING"}""", typeof(UnknownVariant))]
    [TestCase("""{"type":null,"id":"a"}""", typeof(UnknownVariant))]
    [TestCase("""{"Type":"thing","id":"a"}""", typeof(UnknownVariant))]
    [TestCase("""{"type":5,"id":"a"}""", typeof(UnknownVariant))]
    [TestCase("""{"type":true}""", typeof(UnknownVariant))]
    [TestCase("""{"type":{"type":"thing"},"id":"a"}""", typeof(UnknownVariant))]
    [TestCase("""{"type":["thing"],"id":{}}""", typeof(UnknownVariant))]
    [TestCase("""{"id":"a"}""", typeof(UnknownVariant))]
    [TestCase("{}", typeof(UnknownVariant))]
    public void Union_discriminator_selects_variant(string json, Type type)
    {
        object read = Read(s_tagged, json);

        Assert.That(read, Is.TypeOf(type));
        Assert.That(JToken.DeepEquals(JToken.Parse(RetellJson.Serialize(read)), JToken.Parse(json)), Is.True, RetellJson.Serialize(read));
    }

    [Test]
    public void Union_properties_before_discriminator_are_read()
    {
        var before = (Thing)Read(s_tagged, """{"child":{"id":"c"},"count":5.0,"texts":["x"],"id":null,"new":1,"type":"thing"}""");
        var after = (Thing)Read(s_tagged, """{"type":"thing","child":{"id":"c"},"count":5.0,"texts":["x"],"id":null,"new":1}""");

        Assert.That(before.Child!.Id, Is.EqualTo("c"));
        Assert.That(before.Count, Is.EqualTo(5));
        Assert.That(before.Texts, Is.EqualTo(new[] { "x" }));
        Assert.That(before.AdditionalProperties["new"].Value<int>(), Is.EqualTo(1));
        Assert.That(RetellJson.Serialize(before), Is.EqualTo(RetellJson.Serialize(after)));
    }

    [Test]
    public void Union_constant_missing_in_JSON_is_not_written([Values("""{"id":"x"}""", """{"count":1,"id":"x"}""")] string json) =>
        Assert.That(JToken.DeepEquals(JToken.Parse(RetellJson.Serialize(Read(Union.By<RetellObject>("id").Is<Thing>("x"), json))), JToken.Parse(json)), Is.True);

    [TestCase("""{"id":"a"}""", typeof(Thing))]
    [TestCase("""{"new":{},"words":[1]}""", typeof(Other))]
    [TestCase("""{"words":[1],"id":"a"}""", typeof(Thing))]
    [TestCase("""{"other":1}""", typeof(UnknownVariant))]
    [TestCase("{}", typeof(UnknownVariant))]
    public void Union_without_discriminator_selects_variant_by_property(string json, Type type)
    {
        object read = Read(s_untagged, json);

        Assert.That(read, Is.TypeOf(type));
        Assert.That(JToken.DeepEquals(JToken.Parse(RetellJson.Serialize(read)), JToken.Parse(json)), Is.True, RetellJson.Serialize(read));
    }

    [Test]
    public void Union_declaration_exposes_type_discriminator_and_variants()
    {
        Assert.That(s_tagged.Type, Is.EqualTo(typeof(RetellObject)));
        Assert.That(s_tagged.Discriminator, Is.EqualTo("type"));
        Assert.That(s_untagged.Discriminator, Is.Null);
        Assert.That(s_tagged.Variants, Is.EqualTo(new[] { new UnionVariant("thing", typeof(Thing)), new("item", typeof(Thing)), new("other", typeof(Other)) }));
        Assert.That(s_untagged.Variants, Is.EqualTo(new[] { new UnionVariant("id", typeof(Thing)), new("words", typeof(Other)) }));
    }

    [Test]
    public void Union_duplicate_discriminator_value_throws() =>
        Assert.That(() => Union.By<RetellObject>("type").Is<Thing>("thing").Is<Other>("thing"), Throws.ArgumentException);

    /// <summary>Reading in one pass must come to what JsonSubTypes makes of the same declaration.</summary>
    [TestCaseSource(nameof(Declared))]
    public void Union_reader_and_JsonSubTypes_select_same_variant(IUnion union, UnionVariant variant)
    {
        var json = new JObject { [union.Discriminator ?? variant.Key] = variant.Key, ["zz"] = new JObject() };
        JsonSerializer serializer = Serializer(union);
        using JsonReader reader = json.CreateReader();
        reader.Read();

        object slow = new UnionConverter(union).SubTypes.ReadJson(reader, union.Type, null, serializer)!;

        Assert.That(slow, Is.TypeOf(variant.Type));
        Assert.That(Read(union, json.ToString()), Is.TypeOf(variant.Type));
    }

    [Test]
    public void Union_declared_variants_implement_union_interface() => Assert.Multiple(() =>
    {
        foreach (IUnion union in DeclaredUnions.All)
        {
            // The document has unions whose variants nothing tells apart, but none with a tag that has no values.
            Assert.That(union.Variants.Count > 0 || union.Discriminator is null, Is.True, union.Type.Name);
            Assert.That(union.Type.IsInterface && union.Type.IsAssignableFrom(typeof(UnknownVariant)), Is.True, union.Type.Name);
            Assert.That(union.Variants.Select(variant => variant.Type), Has.All.Matches<Type>(union.Type.IsAssignableFrom), union.Type.Name);
        }

        Assert.That(DeclaredUnions.All.Select(union => union.Type), Is.Unique);
    });

    [Test]
    public void Union_invalid_JSON_throws_with_path_and_line([Values("""{"type":"thing","id":"a","texts":[""", """{"id":"a","things":[{}],"type":"thing","texts":[""")] string json)
    {
        const string Broken = "\n \"b\", oops]}";
        using JsonTextReader reader = NewtonsoftJson.OpenJson(new StringReader("[" + json + Broken));
        reader.Read();
        reader.Read();

        JsonReaderException error = Assert.Throws<JsonReaderException>(() => s_tagged.Read(reader))!;

        Assert.That(error.Path, Is.EqualTo("[0].texts[0]"));
        Assert.That(error.LineNumber, Is.EqualTo(2));
    }

    [Test]
    public void Union_truncated_JSON_throws([Values("{", """{"type":"thing" """, """{"type":""", """{"id":"a",""", """{"type":"new","a":1""", """{"things":[{}]""")] string json)
    {
        Assert.That(() => Read(s_tagged, json), Throws.InstanceOf<JsonException>());
        Assert.That(() => Read(s_untagged, json), Throws.InstanceOf<JsonException>());
    }

    [Test]
    public void JsonConvert_with_RetellJson_settings_reads_unions()
    {
        JsonSerializerSettings settings = NewtonsoftReflection.CreateSettings(new RetellContractResolver(type => type == s_tagged.Type ? s_tagged : null));

        RetellObject[] read = JsonConvert.DeserializeObject<RetellObject[]>("""[{"type":"thing"},null,{"type":"?"}]""", settings)!;

        Assert.That(read[0], Is.TypeOf<Thing>());
        Assert.That(read[1], Is.Null);
        Assert.That(read[2], Is.TypeOf<UnknownVariant>());
        Assert.That(() => JsonConvert.DeserializeObject<RetellObject>("5", settings), Throws.InstanceOf<JsonSerializationException>().With.Message.Contains("object was expected"));
    }

    [Test]
    public void Union_deeply_nested_values_are_read()
    {
        string any = new string('[', 200) + new string(']', 200);
        string json = $$"""{"any":{{any}},"new":{{any}},"type":"thing"}""";

        Assert.That(RetellJson.Serialize(Read(s_tagged, json)), Is.EqualTo($$"""{"type":"thing","any":{{any}},"new":{{any}}}"""));
        Assert.That(Read(s_tagged, json.Replace("thing", "newer", StringComparison.Ordinal)), Is.TypeOf<UnknownVariant>());
        Assert.That(Read(s_untagged, json), Is.TypeOf<UnknownVariant>());
    }

    private static IEnumerable<TestCaseData> Declared() =>
        from union in DeclaredUnions.All.Append(s_tagged).Append(s_untagged)
        from variant in union.Variants
        select new TestCaseData(union, variant).SetArgDisplayNames(union.Type.Name, variant.Key);

    private static JsonSerializer Serializer(IUnion union) =>
        JsonSerializer.Create(NewtonsoftReflection.CreateSettings(new RetellContractResolver(type => type == union.Type ? union : Codecs.Find(type) as IUnion)));

    /// <summary>From UTF-8, from a reader of Newtonsoft.Json, and by its serializer: all ways come to the same.</summary>
    private static object Read(IUnion union, string json)
    {
        using JsonTextReader reader = NewtonsoftJson.OpenJson(new StringReader(json));
        object read = NewtonsoftJson.ReadToEnd(reader, start => union.Read(start));
        object bySerializer = JsonConvert.DeserializeObject(
            json,
            union.Type,
            NewtonsoftReflection.CreateSettings(new RetellContractResolver(type => type == union.Type ? union : Codecs.Find(type) as IUnion)))!;
        bool isRead = Utf8Document.TryRead(new(Encoding.UTF8.GetBytes(json)), (JsonCodec)union, out object? fromUtf8);

        Assert.That(isRead, Is.True);
        Assert.That(fromUtf8, Is.TypeOf(read.GetType()));
        Assert.That(RetellJson.Serialize(fromUtf8), Is.EqualTo(RetellJson.Serialize(read)));
        Assert.That(bySerializer, Is.TypeOf(read.GetType()));
        Assert.That(RetellJson.Serialize(bySerializer), Is.EqualTo(RetellJson.Serialize(read)));
        return read;
    }
}
