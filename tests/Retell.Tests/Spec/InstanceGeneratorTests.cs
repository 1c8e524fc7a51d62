using Newtonsoft.Json.Linq;
using Retell.Tests.Support;

namespace Retell.Tests.Spec;

/// <summary>The generator of the tests is tested itself: another library judges what it calls valid.</summary>
[Parallelizable]
public class InstanceGeneratorTests
{
    private const int Instances = 50;
    private static readonly Dictionary<string, PlainSchemas> s_plain = [];

    // One revision has most schemas of another, and the pages have those of both: the same ones have the same instances.
    private static readonly HashSet<string> s_judged = [];

    private static IEnumerable<TestCaseData> Documents =>
        [.. new[] { SpecDocument.April2026, SpecDocument.October2026 }.Concat(SpecDocument.Pages.Select(SpecDocument.Load))
            .Select(spec => new TestCaseData(spec).SetArgDisplayNames(spec.Name))];

    [TestCaseSource(nameof(Documents))]
    public void InstanceGenerator_valid_instances_pass_schema_validation(object document)
    {
        var spec = (SpecDocument)document;
        PlainSchemas plain = Plain(spec);
        var wrong = new List<string>();
        SpecSchema[] schemas = [.. Different(spec).Where(schema => !s_judged.Contains(plain.FingerprintOf(schema)))];

        // The fullest and the smallest have the same members from every seed.
        foreach ((InstanceOptions options, int seeds) in new[] { (InstanceOptions.Valid, 25), (InstanceOptions.Full, 10), (InstanceOptions.Minimal, 10) })
        {
            var generator = new InstanceGenerator(spec, options);
            foreach (SpecSchema schema in schemas)
            {
                HashSet<string> texts = [];
                for (int seed = 0; seed < seeds; seed++)
                {
                    JToken instance = generator.Create(schema.Schema, seed);
                    if (!texts.Add(instance.ToString(Newtonsoft.Json.Formatting.None)))
                    {
                        continue;
                    }

                    if (plain.Errors(schema, instance) is { Count: > 0 } errors)
                    {
                        wrong.Add($"{schema.Name}, seed {seed}: {string.Join("; ", errors.Take(4))}");
                        break;
                    }
                }
            }
        }

        Assert.That(wrong, Is.Empty);
        s_judged.UnionWith(schemas.Select(plain.FingerprintOf));
    }

    [Test]
    public void InstanceGenerator_hostile_instances_fail_schema_validation()
    {
        SpecDocument spec = SpecDocument.April2026;
        PlainSchemas plain = Plain(spec);
        var generator = new InstanceGenerator(spec, InstanceOptions.Hostile);
        int wrong = spec.AllSchemas.Count(schema => Enumerable.Range(0, Instances).Any(seed => plain.Errors(schema, generator.Create(schema.Schema, seed)).Count > 0));

        Assert.That(wrong, Is.GreaterThan(spec.AllSchemas.Count() * 9 / 10), "hostile instances break nearly every schema");
    }

    [Test]
    public void InstanceGenerator_same_seed_gives_same_text()
    {
        JObject schema = SpecDocument.Current.Schemas["V2PhoneCallResponse"];
        string[] once = [.. Enumerable.Range(0, 20).Select(seed => new InstanceGenerator(SpecDocument.Current, InstanceOptions.Hostile).CreateJson(schema, seed))];
        var again = new InstanceGenerator(SpecDocument.Current, InstanceOptions.Hostile);

        Assert.That(Enumerable.Range(0, 20).Select(seed => again.CreateJson(schema, seed)), Is.EqualTo(once));
        Assert.That(once.Distinct().Count(), Is.EqualTo(20));
    }

    [Test]
    public void InstanceGenerator_text_equals_instance()
    {
        foreach (SpecSchema schema in Different(SpecDocument.Current))
        {
            for (int seed = 0; seed < 10; seed++)
            {
                var generator = new InstanceGenerator(SpecDocument.Current, InstanceOptions.Hostile);
                string plain = generator.Create(schema.Schema, seed).ToString(Newtonsoft.Json.Formatting.None);
                JsonEquivalence.AssertSame(plain, generator.CreateJson(schema.Schema, seed), $"{schema.Name}, seed {seed}");
            }
        }
    }

    [Test]
    public void InstanceGenerator_minimal_and_full_instances_have_expected_properties()
    {
        foreach (SpecSchema schema in SpecDocument.April2026.AllSchemas)
        {
            var view = SchemaView.Of(SpecDocument.April2026, schema.Schema);
            if (view.HasAlternatives || view.EffectiveType != "object" || view.IsFreeForm || view.IsMap)
            {
                continue;
            }

            Assert.That(Names(InstanceOptions.Minimal), Is.EquivalentTo(view.Required), schema.Name);
            Assert.That(Names(InstanceOptions.Full), Is.SupersetOf(view.Properties.Keys), schema.Name);

            IEnumerable<string> Names(InstanceOptions options) =>
                ((JObject)new InstanceGenerator(SpecDocument.April2026, options).Create(schema.Schema, 5)).Properties().Select(member => member.Name);
        }
    }

    /// <summary>Each feature shows up where its switch is on, and nowhere else.</summary>
    [Test]
    public void InstanceGenerator_tolerant_and_hostile_instances_have_their_features()
    {
        string tolerant = Many(InstanceOptions.Tolerant);
        string hostile = Many(InstanceOptions.Hostile);
        string valid = Many(InstanceOptions.Valid);

        Assert.Multiple(() =>
        {
            AssertHolds(valid, "1703302407333", "9223372036854775807", "-9223372036854775808", "\\ud83d\\ude00", "Grüße", ":[]", ":{}", ":null");
            AssertHolds(tolerant, "brand_new_", "\"$type\":", "\"$ref\":", "\"x_new_member\":{", "\"x_new_member\":[", "\"x_new_member\":null", "\"CALL_ID\":");
            Assert.That(valid, Does.Not.Contain("brand_new_").And.Not.Contain("\"CALL_ID\""));
            Assert.That(hostile, Does.Contain("\"call_id\":null"));
            Assert.That(hostile, Does.Match("\"start_timestamp\":-?[0-9]+\\.0[,}]"));
            Assert.That(hostile, Does.Match("\"call_id\":[[{0-9]"));
            Assert.That(hostile, Does.Match("\"call_type\":(\\[|\\{|[0-9]|null)"));
            Assert.That(tolerant, Does.Not.Match("\"call_type\":(\\[|\\{|[0-9]|null)"));
        });

        static void AssertHolds(string text, params string[] signs) =>
            Assert.That(signs.Where(sign => !text.Contains(sign, StringComparison.OrdinalIgnoreCase)), Is.Empty);

        static string Many(InstanceOptions options)
        {
            var generator = new InstanceGenerator(SpecDocument.Current, options);
            JObject call = SpecDocument.Current.Schemas["V2CallResponse"];
            return string.Join('\n', Enumerable.Range(0, 600).Select(seed => generator.CreateJson(call, seed)));
        }
    }

    /// <summary>All schemas but the bodies that only refer to another: they have the same instances from the same seeds.</summary>
    private static IEnumerable<SpecSchema> Different(SpecDocument spec) => spec.AllSchemas.Where(schema => schema.Schema is not { Count: 1 } body || body["$ref"] is null);

    private static PlainSchemas Plain(SpecDocument spec)
    {
        if (!s_plain.TryGetValue(spec.Name, out PlainSchemas? plain))
        {
            s_plain[spec.Name] = plain = new PlainSchemas(spec);
        }

        return plain;
    }
}
