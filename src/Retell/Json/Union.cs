using JsonSubTypes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Json;

/// <summary>
/// One union of the API: what tells its variants apart. JsonSubTypes holds the declaration and decides whatever is out
/// of the ordinary; an object of it that is known no variant is read as <see cref="UnknownVariant"/>.
/// </summary>
internal abstract class Union(Type type)
{
    private readonly List<UnionVariant> _variants = [];

    /// <summary>The interface that all variants implement.</summary>
    public Type Type { get; } = type;

    /// <summary>The member that holds the tag; null where the members that are present tell the variants apart.</summary>
    public abstract string? Discriminator { get; }

    public IReadOnlyList<UnionVariant> Variants => _variants;

    /// <summary>What JsonSubTypes makes of the declaration.</summary>
    public abstract JsonConverter Converter { get; }

    /// <summary>A union whose variants carry a tag of their own.</summary>
    public static TaggedUnion<T> By<T>(string discriminator)
        where T : class => new(discriminator);

    /// <summary>A union without tags: each variant has a member that the others lack.</summary>
    public static UntaggedUnion<T> ByMember<T>()
        where T : class => new();

    /// <summary>Reads the JSON object at whose start the reader stands, up to its end.</summary>
    public abstract object Read(JsonReader reader, JsonSerializer serializer);

    /// <summary>Reads the JSON object at whose start the reader stands as it is.</summary>
    public static UnknownVariant ReadUnknown(JsonReader reader, JsonSerializer serializer)
    {
        var unknown = new UnknownVariant();
        unknown.Shape.Read(unknown, reader, serializer);
        return unknown;
    }

    protected void Declare(string key, Type variant) => _variants.Add(new(key, variant));
}

/// <summary>A line of the declaration: the tag, or the member that is present, and the class that it stands for.</summary>
internal sealed record UnionVariant(string Key, Type Type);

/// <summary>A union told apart by a tag. Objects are read in one pass; only what stands before the tag is buffered.</summary>
internal sealed class TaggedUnion<T> : Union
    where T : class
{
    private readonly Dictionary<string, Func<RetellObject>> _create = new(StringComparer.Ordinal);
    private readonly JsonSubtypesConverterBuilder _builder;
    private readonly Lazy<JsonConverter> _converter;

    public TaggedUnion(string discriminator)
        : base(typeof(T))
    {
        Discriminator = discriminator;
        _builder = JsonSubtypesConverterBuilder.Of<T>(discriminator).SetFallbackSubtype<UnknownVariant>();
        _converter = new(_builder.Build);
    }

    public override string Discriminator { get; }

    public override JsonConverter Converter => _converter.Value;

    /// <summary>Declares a variant and the tags that it goes by.</summary>
    public TaggedUnion<T> Is<TVariant>(params string[] tags)
        where TVariant : RetellObject, T, new()
    {
        foreach (string tag in tags)
        {
            Declare(tag, typeof(TVariant));
            _create.Add(tag, static () => new TVariant());
            _builder.RegisterSubtype<TVariant>(tag);
        }

        return this;
    }

    public override object Read(JsonReader reader, JsonSerializer serializer)
    {
        List<BufferedMember>? before = null;
        bool isUnusual = false;
        while (true)
        {
            reader.ReadOrThrow();
            if (reader.TokenType == JsonToken.EndObject)
            {
                return ReadUnusual(before, reader, serializer);
            }

            if (reader.TokenType == JsonToken.Comment)
            {
                continue;
            }

            string name = (string)reader.Value!;
            reader.ReadOrThrow();
            if (!isUnusual && string.Equals(name, Discriminator, StringComparison.Ordinal))
            {
                if (reader.TokenType == JsonToken.String && _create.TryGetValue((string)reader.Value!, out Func<RetellObject>? create))
                {
                    return ReadVariant(create(), name, before, reader, serializer);
                }

                isUnusual = true;
            }

            (before ??= []).Add(BufferedMember.Read(name, reader));
        }
    }

    private static RetellObject ReadVariant(RetellObject variant, string tag, List<BufferedMember>? before, JsonReader reader, JsonSerializer serializer)
    {
        JsonShape shape = variant.Shape;
        shape.BeginRead(variant);
        int expected = 0;
        if (before is not null)
        {
            var replay = new ReplayReader();
            foreach (BufferedMember member in before)
            {
                shape.ReadMember(variant, member.Name, replay.Show(member), serializer, ref expected);
            }
        }

        shape.ReadMember(variant, tag, reader, serializer, ref expected);
        shape.ReadMembers(variant, reader, serializer);
        return variant;
    }

    /// <summary>The whole object is in memory and had no tag, an unknown one, or one that is no string.</summary>
    private object ReadUnusual(List<BufferedMember>? members, JsonReader reader, JsonSerializer serializer)
    {
        var json = new JObject();
        foreach (BufferedMember member in members ?? [])
        {
            json[member.Name] = member.ToToken();
        }

        using JsonReader all = json.CreateReader();
        all.MaxDepth = reader.MaxDepth;

        // JsonSubTypes takes a member of another case for the tag, and throws at one that is an object or an array.
        return json[Discriminator]?.Type == JTokenType.String
            ? Converter.ReadJson(all.AtStart(), Type, null, serializer)!
            : ReadUnknown(all.AtStart(), serializer);
    }
}

/// <summary>A union told apart by the members that are present.</summary>
internal sealed class UntaggedUnion<T> : Union
    where T : class
{
    private readonly JsonSubtypesWithPropertyConverterBuilder _builder =
        JsonSubtypesWithPropertyConverterBuilder.Of<T>().SetFallbackSubtype<UnknownVariant>();

    private readonly Lazy<JsonConverter> _converter;

    public UntaggedUnion()
        : base(typeof(T)) => _converter = new(_builder.Build);

    public override string? Discriminator => null;

    public override JsonConverter Converter => _converter.Value;

    /// <summary>Declares a variant and a member that only it has; the first declared one that is present decides.</summary>
    public UntaggedUnion<T> Has<TVariant>(string member)
        where TVariant : RetellObject, T, new()
    {
        Declare(member, typeof(TVariant));
        _builder.RegisterSubtypeWithProperty(typeof(TVariant), member, stopLookupOnMatch: true);
        return this;
    }

    /// <summary>Declares the variant of an object that has none of the members: it has no member of its own that is always there.</summary>
    public UntaggedUnion<T> Otherwise<TVariant>()
        where TVariant : RetellObject, T, new()
    {
        _builder.SetFallbackSubtype<TVariant>();
        return this;
    }

    public override object Read(JsonReader reader, JsonSerializer serializer) => Converter.ReadJson(reader, Type, null, serializer)!;
}
