using Newtonsoft.Json.Linq;
using Retell.Tests.Support;

namespace Retell.Tests.Json;

/// <summary>What is read is written back, for every schema of the document and whatever a server may send.</summary>
[Parallelizable]
public class LosslessTests
{
    private const int Instances = 60;

    private static readonly (string Name, InstanceOptions Options)[] s_modes =
    [
        ("valid", InstanceOptions.Valid), ("tolerant", InstanceOptions.Tolerant), ("hostile", InstanceOptions.Hostile), ("exact", InstanceOptions.Exact),
    ];

    /// <summary>By turns, beside a string for each.</summary>
    private static readonly (string Name, Func<string, Type, string> RoundTrip)[] s_ways =
    [
        ("stream", Wire.RoundTripStream), ("System.Text.Json", Wire.RoundTripSystemText),
    ];

    private static IEnumerable<string> Schemas => SpecDocument.Current.Schemas.Keys;

    private static IEnumerable<string> InlineSchemas => SdkTypes.All.Select(SdkTypes.SchemaOf).Where(name => name.Contains('/', StringComparison.Ordinal))
        .Where(name => !name.EndsWith("/oneOf/object", StringComparison.Ordinal)).Distinct(); // the objects of a mixed union have no place of their own

    [TestCaseSource(nameof(Schemas))]
    public void RoundTrip_of_each_schema_preserves_JSON(string schema) => AssertSurvives(SpecDocument.Current.Schemas[schema], SdkTypes.Of(schema));

    [TestCaseSource(nameof(InlineSchemas))]
    public void RoundTrip_of_each_inline_schema_preserves_JSON(string place) =>
        AssertSurvives(SpecDocument.Current.FindSchema(place) ?? throw new InvalidOperationException($"The document has no schema at {place}."), SdkTypes.Of(place));

    private static void AssertSurvives(JObject schema, Type type)
    {
        foreach ((string mode, InstanceOptions options) in s_modes)
        {
            // A map of one type has no room for a value of another.
            if (mode is "hostile" or "exact" && typeof(System.Collections.IDictionary).IsAssignableFrom(type))
            {
                continue;
            }

            var generator = new InstanceGenerator(SpecDocument.Current, options);
            for (int seed = 0; seed < Instances; seed++)
            {
                string json = generator.CreateJson(schema, seed);
                AssertSurvives(json, type, Wire.RoundTrip, $"{type.Name}, {mode} instance, seed {seed}, string");
                (string way, Func<string, Type, string> roundTrip) = s_ways[seed % s_ways.Length];
                AssertSurvives(json, type, roundTrip, $"{type.Name}, {mode} instance, seed {seed}, {way}");
            }
        }
    }

    private static void AssertSurvives(string json, Type type, Func<string, Type, string> roundTrip, string context)
    {
        string written;
        try
        {
            written = roundTrip(json, type);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new AssertionException($"{context}: {error.Message}{Environment.NewLine}{json}", error);
        }

        JsonEquivalence.AssertSame(json, written, context);
    }
}
