using System.Text;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>Declares how the variants of a union are distinguished.</summary>
internal static class Union
{
    /// <summary>Declares a union with a discriminator.</summary>
    public static TaggedUnion<T> By<T>(string discriminator)
        where T : class => new(discriminator);

    /// <summary>Declares a union without a discriminator, in which each variant has a member that the others do not have.</summary>
    public static UntaggedUnion<T> ByMember<T>()
        where T : class => new();
}

/// <summary>A variant: the value of the discriminator, or the name of the member, and the class.</summary>
internal sealed record UnionVariant(string Key, Type Type);

/// <summary>A variant as it is used to read.</summary>
internal sealed record UnionKey(string Text, byte[] Utf8, Func<RetellObject> Create);

/// <summary>The declaration of a union.</summary>
internal interface IUnion
{
    /// <summary>Gets the interface that all variants implement.</summary>
    Type Type { get; }

    /// <summary>Gets the discriminator, or null if the members that are present distinguish the variants.</summary>
    string? Discriminator { get; }

    IReadOnlyList<UnionVariant> Variants { get; }

    /// <summary>Gets the type for objects that match no variant.</summary>
    Type Fallback { get; }

    /// <summary>Reads the JSON object at the current token.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="unusual">The function that reads an object that matches no variant, or null for that of the SDK.</param>
    object Read(JsonReader reader, Func<JObject, object>? unusual = null);
}

/// <summary>Reads the variants of a union. An object that matches no variant is read as an <see cref="UnknownVariant"/>.</summary>
internal abstract class UnionCodec<T> : ElementCodec<T>, IUnion
    where T : class
{
    private readonly List<UnionVariant> _variants = [];
    private readonly List<UnionKey> _keys = [];

    public abstract string? Discriminator { get; }

    public IReadOnlyList<UnionVariant> Variants => _variants;

    public virtual Type Fallback => typeof(UnknownVariant);

    Type IUnion.Type => typeof(T);

    public sealed override bool TryRead(ref JsonInput input, out T value, out JToken? raw)
    {
        if (input.TokenType != JsonTokenType.StartObject)
        {
            return Mismatch(ref input, out value, out raw);
        }

        JsonInput ahead = input;
        RetellObject variant = FindVariant(ref ahead);
        variant.Shape.Read(variant, ref input);
        value = (T)(object)variant;
        raw = null;
        return true;
    }

    public sealed override bool TryRead(JsonReader reader, out T value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.StartObject)
        {
            return Mismatch(reader, out value, out raw);
        }

        value = (T)Read(reader);
        raw = null;
        return true;
    }

    public sealed override void Write(JsonWriter writer, T value)
    {
        if (value is not RetellObject known)
        {
            throw new JsonSerializationException(
                $"{value.GetType().Name} is not a variant that the SDK can write. Use the classes of the API, or {nameof(UnknownVariant)}. Path '{writer.Path}'.");
        }

        known.Shape.Write(writer, known);
    }

    public abstract object Read(JsonReader reader, Func<JObject, object>? unusual = null);

    /// <summary>Creates the variant of the object at the current token, by reading ahead.</summary>
    protected abstract RetellObject FindVariant(ref JsonInput ahead);

    /// <summary>Creates the variant of an object in memory.</summary>
    protected abstract RetellObject FindVariant(JObject json);

    /// <summary>Gets the discriminator values or member names in the order of declaration.</summary>
    protected IReadOnlyList<UnionKey> Keys => _keys;

    protected void Declare<TVariant>(string key)
        where TVariant : RetellObject, T, new()
    {
        _variants.Add(new(key, typeof(TVariant)));
        _keys.Add(new(key, Encoding.UTF8.GetBytes(key), static () => new TVariant()));
    }

    /// <summary>Reads an object in memory.</summary>
    protected object ReadUnusual(JObject json)
    {
        RetellObject variant = FindVariant(json);
        using JsonReader reader = json.CreateReader();
        reader.MaxDepth = null;
        variant.Shape.Read(variant, reader.AtStart());
        return variant;
    }
}

/// <summary>A union with a discriminator. Objects are read in one pass; only members before the discriminator are read twice.</summary>
internal sealed class TaggedUnion<T>(string discriminator) : UnionCodec<T>
    where T : class
{
    private readonly byte[] _discriminator = Encoding.UTF8.GetBytes(discriminator);

    public override string Discriminator => discriminator;

    /// <summary>Declares a variant and its discriminator values.</summary>
    public TaggedUnion<T> Is<TVariant>(params string[] tags)
        where TVariant : RetellObject, T, new()
    {
        foreach (string tag in tags)
        {
            if (Create(tag) is not null)
            {
                throw new ArgumentException($"{typeof(T).Name}: \"{tag}\" is already declared.", nameof(tags));
            }

            Declare<TVariant>(tag);
        }

        return this;
    }

    public override object Read(JsonReader reader, Func<JObject, object>? unusual = null)
    {
        List<BufferedMember>? before = null;
        bool isUnusual = false;
        while (true)
        {
            reader.ReadOrThrow();
            if (reader.TokenType == JsonToken.EndObject)
            {
                JObject json = ToJson(before);

                // A discriminator must be a string.
                return unusual is null || json[discriminator]?.Type != JTokenType.String ? ReadUnusual(json) : unusual(json);
            }

            if (reader.TokenType == JsonToken.Comment)
            {
                continue;
            }

            string name = (string)reader.Value!;
            reader.ReadValueOrThrow();
            if (!isUnusual && string.Equals(name, discriminator, StringComparison.Ordinal))
            {
                if (reader.TokenType == JsonToken.String && Create((string)reader.Value!) is RetellObject variant)
                {
                    return ReadVariant(variant, name, before, reader);
                }

                isUnusual = true;
            }

            (before ??= []).Add(BufferedMember.Read(name, reader));
        }
    }

    protected override RetellObject FindVariant(ref JsonInput ahead)
    {
        RetellObject? last = null;
        bool isFirst = true;
        while (true)
        {
            ahead.Read();
            if (ahead.TokenType == JsonTokenType.EndObject)
            {
                return last ?? new UnknownVariant();
            }

            bool isTag = ahead.Is(_discriminator);
            ahead.Read();
            if (isTag)
            {
                last = ahead.TokenType == JsonTokenType.String ? Create(ref ahead) : null;
                if (isFirst && last is not null)
                {
                    return last;
                }

                // Of several discriminators, the last one counts if the first is not known.
                isFirst = false;
            }

            ahead.Skip();
        }
    }

    protected override RetellObject FindVariant(JObject json) =>
        (json[discriminator] is JValue { Value: string tag } ? Create(tag) : null) ?? new UnknownVariant();

    private static RetellObject ReadVariant(RetellObject variant, string tag, List<BufferedMember>? before, JsonReader reader)
    {
        JsonShape shape = variant.Shape;
        shape.BeginRead(variant);
        int expected = 0;
        if (before is not null)
        {
            var replay = new ReplayReader();
            foreach (BufferedMember member in before)
            {
                shape.ReadMember(variant, member.Name, replay.Show(member), ref expected);
            }
        }

        shape.ReadMember(variant, tag, reader, ref expected);
        shape.ReadMembers(variant, reader);
        return variant;
    }

    private static JObject ToJson(List<BufferedMember>? members)
    {
        JObject json = [];
        foreach (BufferedMember member in members ?? [])
        {
            json[member.Name] = member.ToToken();
        }

        return json;
    }

    private RetellObject? Create(string tag)
    {
        foreach (UnionKey known in Keys)
        {
            if (string.Equals(known.Text, tag, StringComparison.Ordinal))
            {
                return known.Create();
            }
        }

        return null;
    }

    private RetellObject? Create(ref JsonInput input)
    {
        foreach (UnionKey known in Keys)
        {
            if (input.Is(known.Utf8))
            {
                return known.Create();
            }
        }

        return null;
    }
}

/// <summary>A union whose variants are distinguished by the members that are present.</summary>
internal sealed class UntaggedUnion<T> : UnionCodec<T>
    where T : class
{
    private Func<RetellObject> _otherwise = static () => new UnknownVariant();
    private Type _fallback = typeof(UnknownVariant);

    public override string? Discriminator => null;

    public override Type Fallback => _fallback;

    /// <summary>Declares a variant and a member that only it has. The first declared member that is present decides.</summary>
    public UntaggedUnion<T> Has<TVariant>(params string[] members)
        where TVariant : RetellObject, T, new()
    {
        foreach (string member in members)
        {
            Declare<TVariant>(member);
        }

        return this;
    }

    /// <summary>Declares the variant of objects that have none of the members, because it has no required member of its own.</summary>
    public UntaggedUnion<T> Otherwise<TVariant>()
        where TVariant : RetellObject, T, new()
    {
        _otherwise = static () => new TVariant();
        _fallback = typeof(TVariant);
        return this;
    }

    public override object Read(JsonReader reader, Func<JObject, object>? unusual = null)
    {
        JObject json = JObject.Load(reader);
        return unusual is null ? ReadUnusual(json) : unusual(json);
    }

    protected override RetellObject FindVariant(ref JsonInput ahead)
    {
        int first = Keys.Count;
        while (true)
        {
            ahead.Read();
            if (ahead.TokenType == JsonTokenType.EndObject)
            {
                return first < Keys.Count ? Keys[first].Create() : _otherwise();
            }

            for (int i = 0; i < first; i++)
            {
                if (ahead.Is(Keys[i].Utf8))
                {
                    first = i;
                }
            }

            ahead.Read();
            ahead.Skip();
        }
    }

    protected override RetellObject FindVariant(JObject json)
    {
        foreach (UnionKey mark in Keys)
        {
            if (json.Property(mark.Text, StringComparison.Ordinal) is not null)
            {
                return mark.Create();
            }
        }

        return _otherwise();
    }
}
