using System.Collections.Concurrent;
using Newtonsoft.Json.Linq;

namespace Retell.Tests.Support;

/// <summary>
/// What a document says about the values of one place, with references, their siblings and allOf folded into one.
/// Alternatives (oneOf, anyOf) stay open until <see cref="Alternatives"/> chooses.
/// </summary>
internal sealed class SchemaView
{
    private readonly SpecDocument _spec;
    private readonly List<JArray> _choices = [];
    private readonly ConcurrentDictionary<string, SchemaView> _properties = new(StringComparer.Ordinal);
    private readonly Lazy<SpecUnion?> _union;
    private IReadOnlyList<SchemaView>? _alternatives;
    private SchemaView? _item;
    private SchemaView? _value;

    private SchemaView(SpecDocument spec, SchemaView? from, JObject origin)
    {
        (_spec, Origin) = (spec, origin);
        _union = new Lazy<SpecUnion?>(() => SpecUnion.At(this));
        if (from is null)
        {
            return;
        }

        (Type, Nullable, Enum, Pattern, Format) = (from.Type, from.Nullable, from.Enum, from.Pattern, from.Format);
        (Minimum, Maximum, IsMinimumExclusive) = (from.Minimum, from.Maximum, from.IsMinimumExclusive);
        (MinLength, MaxLength, MinItems, MaxItems) = (from.MinLength, from.MaxLength, from.MinItems, from.MaxItems);
        (UniqueItems, MinProperties, IsClosed, IsContradictory) = (from.UniqueItems, from.MinProperties, from.IsClosed, from.IsContradictory);
        _choices.AddRange(from._choices);
        Required.UnionWith(from.Required);
        Items.AddRange(from.Items);
        Values.AddRange(from.Values);
        Forbidden.AddRange(from.Forbidden);
        foreach ((string name, List<JObject> parts) in from.Properties)
        {
            Properties[name] = [.. parts];
        }
    }

    /// <summary>The schema that this view was made of, or the alternative that was chosen last.</summary>
    public JObject Origin { get; }

    /// <summary>The name of the schema or the place where it stands.</summary>
    public string Name => SpecDocument.NameOf(Origin);

    public string? Type { get; private set; }

    /// <summary>Whether null is a value; null where nothing decides it.</summary>
    public bool? Nullable { get; private set; }

    /// <summary>Whether the parts of an allOf say different things about null; then it is not allowed.</summary>
    public bool IsNullDisputed { get; private set; }

    /// <summary>The values, without null.</summary>
    public IReadOnlyList<JToken>? Enum { get; private set; }

    /// <summary>The members, each with all that is said about it.</summary>
    public Dictionary<string, List<JObject>> Properties { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>Members that must not all be there together.</summary>
    public List<IReadOnlyList<string>> Forbidden { get; } = [];

    /// <summary>additionalProperties: false.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>No value but null fits.</summary>
    public bool IsContradictory { get; private set; }

    public double? Minimum { get; private set; }

    public double? Maximum { get; private set; }

    public bool IsMinimumExclusive { get; private set; }

    public int? MinLength { get; private set; }

    public int? MaxLength { get; private set; }

    public string? Pattern { get; private set; }

    public string? Format { get; private set; }

    public int? MinItems { get; private set; }

    public int? MaxItems { get; private set; }

    public bool UniqueItems { get; private set; }

    public int MinProperties { get; private set; }

    /// <summary>The union of objects that the open choices make; null where they make none.</summary>
    public SpecUnion? Union => _union.Value;

    public bool HasAlternatives => _choices.Count > 0;

    /// <summary>The type, stated or to be seen from the other keywords; null for any JSON.</summary>
    public string? EffectiveType => Type
        ?? (Properties.Count + Required.Count + Values.Count > 0 ? "object" : Items.Count > 0 ? "array" : null);

    public bool IsMap => Values.Count > 0;

    /// <summary>An object of which nothing but that is known.</summary>
    public bool IsFreeForm => EffectiveType == "object" && Properties.Count == 0 && Values.Count == 0 && !IsClosed;

    public static SchemaView Of(SpecDocument spec, params IReadOnlyList<JObject> parts)
    {
        var view = new SchemaView(spec, null, parts[0]);
        foreach (JObject part in parts)
        {
            view.Add(part);
        }

        return view;
    }

    public SchemaView Property(string name) => _properties.GetOrAdd(name, key => Of(_spec, Properties[key]));

    /// <summary>The elements of an array; null where they may be anything.</summary>
    public SchemaView? Item() => Items.Count == 0 ? null : _item ??= Of(_spec, Items);

    /// <summary>The values of a map; null where they may be anything.</summary>
    public SchemaView? MapValue() => Values.Count == 0 ? null : _value ??= Of(_spec, Values);

    /// <summary>The ways to settle the first open choice, those left out that contradict the rest.</summary>
    public IReadOnlyList<SchemaView> Alternatives() => _alternatives ??= FindAlternatives();

    /// <summary>Every way to settle all open choices.</summary>
    public IEnumerable<SchemaView> Leaves() => HasAlternatives ? Alternatives().SelectMany(view => view.Leaves()) : [this];

    private List<SchemaView> FindAlternatives()
    {
        var alternatives = new List<SchemaView>();
        foreach (JObject branch in _choices[0].Cast<JObject>())
        {
            var view = new SchemaView(_spec, this, branch);
            view._choices.RemoveAt(0);
            view.Add(branch);
            if (view.IsSatisfiable(3))
            {
                alternatives.Add(view);
            }
        }

        return alternatives;
    }

    private bool IsSatisfiable(int depth)
    {
        if (Nullable == true || depth == 0)
        {
            return true;
        }

        return !IsContradictory
            && Enum is not { Count: 0 }
            && (!HasAlternatives || Alternatives().Count > 0)
            && Required.All(name => !Properties.ContainsKey(name) || Property(name).IsSatisfiable(depth - 1));
    }

    private void Add(JObject part)
    {
        bool? nullable = NullableOf(part);
        IsNullDisputed |= nullable is not null && Nullable is not null && nullable != Nullable;
        Nullable = Both(Nullable, nullable);
        Collect(part);
    }

    private List<JObject> Items { get; } = [];

    private List<JObject> Values { get; } = [];

    private static bool? Both(bool? one, bool? other) => one is null ? other : other is null ? one : one & other;

    private bool? NullableOf(JObject part)
    {
        if ((bool?)part["nullable"] == true)
        {
            return true;
        }

        if (part["$ref"] is not null)
        {
            return NullableOf(_spec.Resolve(part));
        }

        bool? all = part["type"] is null ? null : false;
        return part["allOf"] is JArray parts ? parts.Cast<JObject>().Aggregate(all, (known, next) => Both(known, NullableOf(next))) : all;
    }

    private void Collect(JObject part)
    {
        if (part["$ref"] is not null)
        {
            Collect(_spec.Resolve(part));
        }

        if ((string?)part["type"] is { } type)
        {
            Narrow(type);
        }

        if (part["enum"] is JArray values)
        {
            List<JToken> some = [.. values.Where(value => value.Type != JTokenType.Null)];
            Enum = Enum is null ? some : [.. Enum.Where(known => some.Any(value => JToken.DeepEquals(known, value)))];
        }

        foreach (JProperty property in (part["properties"] as JObject ?? []).Properties())
        {
            if (!Properties.TryGetValue(property.Name, out List<JObject>? parts))
            {
                Properties[property.Name] = parts = [];
            }

            parts.Add((JObject)property.Value);
        }

        Required.UnionWith((part["required"] as JArray ?? []).Select(name => (string)name!));
        if (part["items"] is JObject items)
        {
            Items.Add(items);
        }

        switch (part["additionalProperties"])
        {
            case JObject { Count: > 0 } schema:
                Values.Add(schema);
                break;
            case JValue { Value: false }:
                IsClosed = true;
                break;
        }

        CollectLimits(part);
        Forbid(part["not"] as JObject);
        foreach (JObject next in (part["allOf"] as JArray ?? []).Cast<JObject>())
        {
            Collect(next);
        }

        _choices.AddRange(new[] { part["oneOf"], part["anyOf"] }.OfType<JArray>());
    }

    private void CollectLimits(JObject part)
    {
        if ((double?)part["minimum"] is { } minimum && !(minimum < Minimum))
        {
            Minimum = minimum;
            IsMinimumExclusive = (bool?)part["exclusiveMinimum"] ?? false;
        }

        Maximum = Least(Maximum, (double?)part["maximum"]);
        MinLength = Most(MinLength, (int?)part["minLength"]);
        MaxLength = (int?)Least(MaxLength, (int?)part["maxLength"]);
        MinItems = Most(MinItems, (int?)part["minItems"]);
        MaxItems = (int?)Least(MaxItems, (int?)part["maxItems"]);
        MinProperties = Most(MinProperties, (int?)part["minProperties"]) ?? 0;
        UniqueItems |= (bool?)part["uniqueItems"] ?? false;
        Pattern = (string?)part["pattern"] ?? Pattern;
        Format = (string?)part["format"] ?? Format;
    }

    private static double? Least(double? one, double? other) => one is null || other < one ? other ?? one : one;

    private static int? Most(int? one, int? other) => one is null || other > one ? other ?? one : one;

    private void Narrow(string type)
    {
        switch (Type, type)
        {
            case (null, _) or ("number", "integer"):
                Type = type;
                break;
            case ("integer", "number"):
                break;
            default:
                IsContradictory |= Type != type;
                break;
        }
    }

    private void Forbid(JObject? not)
    {
        if (not is null)
        {
            return;
        }

        if (not["required"] is JArray names)
        {
            Forbidden.Add([.. names.Select(name => (string)name!)]);
        }
        else if (not["anyOf"] is JArray several)
        {
            foreach (JObject one in several.Cast<JObject>())
            {
                Forbid(one);
            }
        }
        else if ((string?)not["type"] is { } type)
        {
            IsContradictory |= type == Type;
        }
        else
        {
            throw new NotSupportedException($"{SpecDocument.PointerOf(not)}: this form of `not` is new; teach it to {nameof(SchemaView)}.");
        }
    }
}
