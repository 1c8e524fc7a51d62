using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>What the spec asks of a member.</summary>
[Flags]
internal enum MemberRule
{
    Optional = 0,

    /// <summary>The spec requires it.</summary>
    Required = 1,

    /// <summary>The one value the member can have; the constructor sets it.</summary>
    Constant = 2,

    /// <summary>It holds a phone number in E.164 format.</summary>
    PhoneNumber = 4,
}

/// <summary>One member of one class: its names, its storage and its codec.</summary>
internal abstract class JsonMember(int index, string name, string property, MemberRule rule)
{
    public int Index { get; } = index;

    /// <summary>The name in JSON.</summary>
    public string Name { get; } = name;

    /// <summary>The name of the C# property.</summary>
    public string Property { get; } = property;

    public bool IsRequired => (rule & MemberRule.Required) != 0;

    public bool IsPhoneNumber => (rule & MemberRule.PhoneNumber) != 0;

    public bool IsConstant { get; } = (rule & MemberRule.Constant) != 0;

    /// <summary>Whether its value may be an object of the API, or a list or map of them.</summary>
    public virtual bool MayHoldObjects => false;

    public abstract bool HasValue(RetellObject instance);

    public abstract object? Get(RetellObject instance);

    public abstract void Clear(RetellObject instance);

    public abstract bool TryRead(RetellObject instance, JsonReader reader, JsonSerializer serializer, out JToken? raw);

    public abstract void Write(JsonWriter writer, RetellObject instance, JsonSerializer serializer);
}

internal sealed class ReferenceMember<TObject, T>(int index, string name, string property, MemberRule rule, FieldOf<TObject, T?> field, JsonCodec<T> codec)
    : JsonMember(index, name, property, rule)
    where TObject : RetellObject
    where T : class
{
    public override bool MayHoldObjects { get; } = typeof(T) != typeof(string) && !typeof(JToken).IsAssignableFrom(typeof(T));

    public override bool HasValue(RetellObject instance) => field((TObject)instance) is not null;

    public override object? Get(RetellObject instance) => field((TObject)instance);

    public override void Clear(RetellObject instance) => field((TObject)instance) = null;

    public override bool TryRead(RetellObject instance, JsonReader reader, JsonSerializer serializer, out JToken? raw)
    {
        bool read = codec.TryRead(reader, serializer, out T value, out raw);
        if (read)
        {
            field((TObject)instance) = value;
        }

        return read;
    }

    public override void Write(JsonWriter writer, RetellObject instance, JsonSerializer serializer) =>
        codec.Write(writer, field((TObject)instance)!, serializer);
}

internal sealed class ValueMember<TObject, T>(int index, string name, string property, MemberRule rule, FieldOf<TObject, T?> field, JsonCodec<T> codec)
    : JsonMember(index, name, property, rule)
    where TObject : RetellObject
    where T : struct
{
    public override bool HasValue(RetellObject instance) => field((TObject)instance) is T value && !codec.IsNoValue(value);

    public override object? Get(RetellObject instance) => HasValue(instance) ? field((TObject)instance) : null;

    public override void Clear(RetellObject instance) => field((TObject)instance) = null;

    public override bool TryRead(RetellObject instance, JsonReader reader, JsonSerializer serializer, out JToken? raw)
    {
        bool read = codec.TryRead(reader, serializer, out T value, out raw);
        if (read)
        {
            field((TObject)instance) = value;
        }

        return read;
    }

    public override void Write(JsonWriter writer, RetellObject instance, JsonSerializer serializer) =>
        codec.Write(writer, field((TObject)instance)!.Value, serializer);
}
