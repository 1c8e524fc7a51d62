using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;

namespace Retell.Tests.Support;

/// <summary>
/// Makes random instances of any schema straight from the published document. The same document, options and seed give
/// the same instance. Seed 0 is the smallest one, seed 1 the fullest; others vary how much of each feature they hold.
/// </summary>
internal sealed class InstanceGenerator(SpecDocument spec, InstanceOptions options)
{
    private static readonly string[] s_exact =
    [
        "0.1234567890123456789", "12345678901234567890.12", "1e400", "-1E+400", "1e-400", "9007199254740993", "9007199254740993.0", "5.0000000000000000001", "18446744073709551616",
        "100000000000000000000000000000000000000000000000001", "0.30000000000000004", "0.1000000000000000055511151231257827", "123456789012345678e-3", "-0.0", "-0", "1.10", "2.5e3", "50e-1",
        "1e999999999999999999999", "1" + new string('0', 500), "3." + new string('1', 60),
    ];

    private readonly ConditionalWeakTable<JObject, SchemaView> _roots = [];
    private readonly ConditionalWeakTable<JObject, StrongBox<int>> _costs = [];
    private Random _random = new(0);
    private double _optional;
    private double _odd;
    private int _values;

    public JToken Create(JObject schema, int seed)
    {
        _random = new Random(seed);
        _values = options.MaxValues;
        _optional = options.OptionalMembers ?? seed switch { 0 => 0, 1 => 1, _ => Pick<double>([0.2, 0.5, 0.8, 1]) };
        _odd = seed switch { 0 => 0, 1 => 0.05, _ => Pick<double>([0, 0.05, 0.15, 0.4]) };
        return Value(_roots.GetValue(schema, key => SchemaView.Of(spec, key)), 0);
    }

    /// <summary>An instance as text, with the escapes and white space that a writer may choose.</summary>
    public string CreateJson(JObject schema, int seed)
    {
        JToken instance = Create(schema, seed);
        return JsonText.Write(instance, options.VariedText && seed > 0 ? _random : null);
    }

    /// <param name="tag">The member that tells this variant of a union apart: without it an instance is of no variant.</param>
    private JToken Value(SchemaView view, int depth, string? tag = null)
    {
        _values--;
        bool isRoot = depth == 0;
        if (view.Nullable == true && !isRoot && options.Nulls && Chance(0.2))
        {
            return JValue.CreateNull();
        }

        if (view.HasAlternatives)
        {
            return Alternative(view, depth, tag);
        }

        if (view.IsContradictory)
        {
            return JValue.CreateNull();
        }

        if (view.Enum is { Count: > 0 } values)
        {
            return options.UnknownEnumValues && Odd() && values[0].Type == JTokenType.String
                ? new JValue(UnknownWord())
                : Pick(values).DeepClone();
        }

        return view.EffectiveType switch
        {
            "object" => Object(view, depth, tag),
            "array" => Array(view, depth),
            "string" => Text(view),
            "integer" => WholeNumber(view),
            "number" => Number(view),
            "boolean" => new JValue(Chance(0.5)),
            _ => Anything(depth),
        };
    }

    private JToken Alternative(SchemaView view, int depth, string? tag)
    {
        SpecUnion? union = view.Union;
        if (options.UnknownVariants && Odd() && union is not null)
        {
            return UnknownVariant(union, depth);
        }

        IReadOnlyList<SchemaView> alternatives = view.Alternatives();
        return Value(IsExhausted(depth) ? alternatives.MinBy(Cost)! : Pick(alternatives), depth, union?.Tag ?? tag);
    }

    private JObject UnknownVariant(SpecUnion union, int depth)
    {
        var variant = new JObject();
        if (union.Tag is not null)
        {
            variant[union.Tag] = UnknownWord();
        }

        // Members that known variants have too, but of whatever type.
        foreach (string name in union.Variants[0].Properties.Keys.Where(name => name != union.Tag && Chance(0.2)))
        {
            variant[name] = Anything(depth + 1);
        }

        AddUnknownMembers(variant, union.Variants[0], depth);
        return Shuffled(variant);
    }

    private JObject Object(SchemaView view, int depth, string? tag)
    {
        var instance = new JObject();
        foreach (string name in view.Properties.Keys.Union(view.Required))
        {
            bool required = view.Required.Contains(name) || (name == tag && !(options.UnknownVariants && Odd()));
            if (required ? options.MissingRequired && Odd() : !WantsOptional(depth))
            {
                continue;
            }

            instance[name] = required && options.NullForRequired && Odd()
                ? JValue.CreateNull()
                : view.Properties.ContainsKey(name) ? Disturbed(view.Property(name), depth)
                : view.MapValue() is { } value ? Disturbed(value, depth)
                : Whole(long.MinValue, long.MaxValue); // required, but defined nowhere
        }

        Complete(instance, view, depth);
        return Shuffled(instance);
    }

    /// <summary>What goes beyond the named members: entries of maps, free-form content, unknown members.</summary>
    private void Complete(JObject instance, SchemaView view, int depth)
    {
        if (view.IsFreeForm || view.IsMap)
        {
            for (int i = IsExhausted(depth) ? 0 : _random.Next(4); i > 0 || instance.Count < view.MinProperties; i--)
            {
                string name = SampleText.Name(_random, options.SpecialText);
                instance[name] = view.MapValue() is { } value ? Disturbed(value, depth) : Anything(depth + 1);
            }
        }
        else if (options.UnknownMembers && Odd())
        {
            AddUnknownMembers(instance, view, depth);
        }

        foreach (string name in view.Properties.Keys.Where(_ => instance.Count < view.MinProperties).ToList())
        {
            instance[name] ??= Disturbed(view.Property(name), depth);
        }

        foreach (IReadOnlyList<string> together in view.Forbidden.Where(names => names.All(instance.ContainsKey)))
        {
            instance.Remove(together[^1]);
        }
    }

    private void AddUnknownMembers(JObject instance, SchemaView view, int depth)
    {
        for (int i = _random.Next(1, 5); i > 0; i--)
        {
            // A known name in other letters is not the known member.
            string name = view.Properties.Count > 0 && Chance(0.2)
                ? Pick(view.Properties.Keys.ToList()).ToUpperInvariant()
                : AnyName();
            if (!view.Properties.ContainsKey(name))
            {
                instance[name] = Anything(depth + 1);
            }
        }
    }

    private JArray Array(SchemaView view, int depth)
    {
        int least = options.IgnoreLimits ? 0 : view.MinItems ?? 0;
        int most = Math.Max(least, Math.Min(options.IgnoreLimits ? int.MaxValue : view.MaxItems ?? int.MaxValue, 3));
        var list = new JArray();
        int wanted = IsExhausted(depth) ? least : _random.Next(least, most + 1);
        for (int tries = 0; list.Count < wanted && tries < 20 + wanted; tries++)
        {
            JToken item = view.Item() is { } element ? Disturbed(element, depth) : Anything(depth + 1);
            if (!view.UniqueItems || !list.Any(known => JToken.DeepEquals(known, item)))
            {
                list.Add(item);
            }
        }

        return list;
    }

    /// <summary>A value of a member or element, now and then another than the document allows.</summary>
    private JToken Disturbed(SchemaView view, int depth)
    {
        JToken value = Value(view, depth + 1);
        if (options.WholeAsReal && value is JValue { Value: long whole and > -(1L << 53) and < 1L << 53 } && Odd())
        {
            return new JValue((double)whole);
        }

        return options.WrongTypes && Odd() && Chance(0.5) ? OfAnotherType(value, depth) : value;
    }

    private JToken OfAnotherType(JToken value, int depth)
    {
        while (true)
        {
            JToken other = Anything(depth + 1);
            if (other.Type != value.Type)
            {
                return other;
            }
        }
    }

    private JToken Anything(int depth)
    {
        _values--;
        return _random.Next(IsExhausted(depth) ? 6 : 9) switch
        {
            0 => JValue.CreateNull(),
            1 => new JValue(Chance(0.5)),
            2 => Whole(long.MinValue, long.MaxValue),
            3 => Real(double.NegativeInfinity, double.PositiveInfinity),
            4 or 5 => new JValue(AnyText()),
            6 or 7 => new JObject(Some(AnyName).Distinct().Select(name => new JProperty(name, Anything(depth + 1)))),
            _ => new JArray(Some(() => Anything(depth + 1))),
        };
    }

    private string AnyText() => Torn(SampleText.Any(_random, 0, int.MaxValue, options.SpecialText));

    private string AnyName() => Torn(SampleText.Name(_random, options.SpecialText));

    /// <summary>Now and then with half a character in it.</summary>
    private string Torn(string text) =>
        options.LoneSurrogates && Chance(0.1) ? text.Insert(_random.Next(text.Length + 1), Pick(new[] { "\ud800", "\udfff", "\udc00\ud800" })) : text;

    private IEnumerable<T> Some<T>(Func<T> create) => Enumerable.Range(0, _random.Next(4)).Select(_ => create());

    private JValue Text(SchemaView view)
    {
        if (options.IgnoreLimits)
        {
            return new JValue(AnyText());
        }

        (int least, int most) = (view.MinLength ?? 0, view.MaxLength ?? int.MaxValue);
        return new JValue(
            view.Pattern is not null ? SampleText.Matching(_random, view.Pattern, least, most)
            : view.Format == "uri" ? "https://example.com/" + SampleText.Word(_random, 8)
            : SampleText.Any(_random, least, most, options.SpecialText));
    }

    private JValue WholeNumber(SchemaView view)
    {
        (double least, double most) = Limits(view);
        if (view.IsMinimumExclusive && !options.IgnoreLimits)
        {
            least++;
        }

        return Whole(
            double.IsNegativeInfinity(least) ? long.MinValue : (long)Math.Ceiling(least),
            double.IsPositiveInfinity(most) ? long.MaxValue : (long)Math.Floor(most));
    }

    private JValue Number(SchemaView view)
    {
        (double least, double most) = Limits(view);
        if (Chance(0.5) && Math.Ceiling(least) + 1 < most)
        {
            return WholeNumber(view);
        }

        return Real(least, most);
    }

    private (double Least, double Most) Limits(SchemaView view) => options.IgnoreLimits
        ? (double.NegativeInfinity, double.PositiveInfinity)
        : (view.Minimum ?? double.NegativeInfinity, view.Maximum ?? double.PositiveInfinity);

    private JValue Whole(long least, long most)
    {
        if (options.ExactNumbers && Chance(0.2))
        {
            return new JRaw(Pick(s_exact));
        }

        long[] extremes = [1703302407333, long.MaxValue, long.MinValue, int.MaxValue + 1L, (1L << 53) + 1, -1, 0, least, most];
        long[] fitting = [.. extremes.Where(number => number >= least && number <= most)];
        if (options.ExtremeNumbers && Chance(0.5))
        {
            return new JValue(Pick(fitting));
        }

        long low = Math.Max(least, Math.Min(0, most));
        return new JValue(_random.NextInt64(low, Math.Min(most, low + 1000) + 1));
    }

    private JValue Real(double least, double most)
    {
        if (options.ExactNumbers && Chance(0.4))
        {
            return new JRaw(Pick(s_exact));
        }

        double[] extremes = [0.5, -0.25, 1e-7, 3.141592653589793, 123456789.123, 1e21, -1.5e300, 5e-324, double.MaxValue, 0.1 + 0.2, 4.0];
        double[] fitting = [.. extremes.Where(number => number - least > 1e-9 && number < most)];
        if (options.ExtremeNumbers && fitting.Length > 0 && Chance(0.5))
        {
            return new JValue(Pick(fitting));
        }

        (double low, double high) = (Math.Max(least, Math.Min(-1000, most - 1000)), Math.Min(most, Math.Max(1000, least + 1000)));
        return new JValue(Math.Round(low + ((0.001 + (_random.NextDouble() * 0.998)) * (high - low)), 6));
    }

    private JObject Shuffled(JObject instance)
    {
        if (!options.ShuffledMembers || _random.Next(2) == 0)
        {
            return instance;
        }

        JProperty[] members = [.. instance.Properties()];
        _random.Shuffle(members);
        instance.RemoveAll();
        return new JObject(members);
    }

    /// <summary>How much an alternative demands at least: recursion ends with the cheapest.</summary>
    private int Cost(SchemaView view) => _costs.GetValue(view.Origin, _ => new StrongBox<int>(Cost(view, 6))).Value;

    private static int Cost(SchemaView view, int depth) =>
        depth == 0 ? 1000
        : view.HasAlternatives ? view.Alternatives().Min(alternative => Cost(alternative, depth - 1))
        : view.EffectiveType == "array" ? 1 + (view.MinItems > 0 && view.Item() is { } item ? Cost(item, depth - 1) : 0)
        : 1 + view.Required.Where(view.Properties.ContainsKey).Sum(name => Cost(view.Property(name), depth - 1));

    private string UnknownWord() => "brand_new_" + SampleText.Word(_random, 4);

    private bool WantsOptional(int depth) => !IsExhausted(depth) && Chance(_optional * Math.Pow(0.8, depth));

    private bool IsExhausted(int depth) => depth >= options.MaxDepth || _values <= 0;

    private bool Odd() => Chance(_odd);

    private bool Chance(double share) => _random.NextDouble() < share;

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
