using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>The rules of the spec for a member.</summary>
[Flags]
internal enum MemberRule
{
    Optional = 0,

    /// <summary>The spec requires the member.</summary>
    Required = 1,

    /// <summary>The member has one possible value, which the constructor sets.</summary>
    Constant = 2,

    /// <summary>The member is a phone number in E.164 format.</summary>
    PhoneNumber = 4,
}

/// <summary>A member of a class: its names, its storage and its codec.</summary>
internal abstract class JsonMember(int index, string name, string property, MemberRule rule)
{
    private byte[]? _encodedName;

    public int Index { get; } = index;

    /// <summary>Gets the JSON name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the name of the C# property.</summary>
    public string Property { get; } = property;

    public bool IsRequired => (rule & MemberRule.Required) != 0;

    public bool IsPhoneNumber => (rule & MemberRule.PhoneNumber) != 0;

    public bool IsConstant { get; } = (rule & MemberRule.Constant) != 0;

    /// <summary>Gets a value indicating whether the value can be an object of the API, or a list or map of them.</summary>
    public virtual bool MayHoldObjects => false;

    public abstract bool HasValue(RetellObject instance);

    public abstract object? Get(RetellObject instance);

    public abstract void Clear(RetellObject instance);

    /// <summary>Gets the JSON name in UTF-8.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>Gets the name as written in JSON, with its colon. It is created for the first write.</summary>
    private byte[] EncodedName => _encodedName ??= Utf8Writer.EncodeName(Name);

    public abstract bool TryRead(RetellObject instance, ref JsonInput input, out JToken? raw);

    public abstract bool TryRead(RetellObject instance, JsonReader reader, out JToken? raw);

    /// <summary>Writes the name and the value. Returns false if there is no value.</summary>
    public abstract bool TryWrite(JsonWriter writer, RetellObject instance);

    /// <summary>Writes the value if there is one.</summary>
    public abstract void Write(JsonWriter writer, RetellObject instance);

    public void WriteName(JsonWriter writer)
    {
        if (writer is Utf8Writer utf8)
        {
            utf8.WritePropertyName(EncodedName);
        }
        else
        {
            writer.WritePropertyName(Name);
        }
    }
}

/// <summary>A member with a type. The derived classes define how it is stored.</summary>
internal abstract class JsonMember<T>(int index, string name, string property, MemberRule rule, JsonCodec<T> codec) : JsonMember(index, name, property, rule)
{
    public sealed override bool HasValue(RetellObject instance) => TryLoad(instance, out _);

    public sealed override object? Get(RetellObject instance) => TryLoad(instance, out T value) ? value : null;

    public sealed override bool TryRead(RetellObject instance, ref JsonInput input, out JToken? raw)
    {
        bool isRead = codec.TryRead(ref input, out T value, out raw);
        if (isRead)
        {
            Store(instance, value);
        }

        return isRead;
    }

    public sealed override bool TryRead(RetellObject instance, JsonReader reader, out JToken? raw)
    {
        bool isRead = codec.TryRead(reader, out T value, out raw);
        if (isRead)
        {
            Store(instance, value);
        }

        return isRead;
    }

    public sealed override bool TryWrite(JsonWriter writer, RetellObject instance)
    {
        if (!TryLoad(instance, out T value))
        {
            return false;
        }

        WriteName(writer);
        codec.Write(writer, value);
        return true;
    }

    public sealed override void Write(JsonWriter writer, RetellObject instance)
    {
        if (TryLoad(instance, out T value))
        {
            codec.Write(writer, value);
        }
    }

    protected abstract bool TryLoad(RetellObject instance, out T value);

    protected abstract void Store(RetellObject instance, T value);
}

internal sealed class ReferenceMember<TObject, T>(int index, string name, string property, MemberRule rule, FieldOf<TObject, T?> field, JsonCodec<T> codec)
    : JsonMember<T>(index, name, property, rule, codec)
    where TObject : RetellObject
    where T : class
{
    private readonly bool _isCollection = typeof(System.Collections.IEnumerable).IsAssignableFrom(typeof(T)) && typeof(T) != typeof(string);

    public override bool MayHoldObjects { get; } = typeof(T) != typeof(string) && !typeof(JToken).IsAssignableFrom(typeof(T));

    public override void Clear(RetellObject instance) => field((TObject)instance) = null;

    protected override bool TryLoad(RetellObject instance, out T value) =>
        (value = field((TObject)instance)!) is not null && !(_isCollection && value is ICreatedCollection { IsCreated: true, IsEmpty: true });

    protected override void Store(RetellObject instance, T value) => field((TObject)instance) = value;
}

internal sealed class ValueMember<TObject, T>(int index, string name, string property, MemberRule rule, FieldOf<TObject, T?> field, JsonCodec<T> codec)
    : JsonMember<T>(index, name, property, rule, codec)
    where TObject : RetellObject
    where T : struct
{
    private readonly JsonCodec<T> _codec = codec;

    public override void Clear(RetellObject instance) => field((TObject)instance) = null;

    protected override bool TryLoad(RetellObject instance, out T value)
    {
        T? stored = field((TObject)instance);
        value = stored.GetValueOrDefault();
        return stored.HasValue && !_codec.IsNoValue(value);
    }

    protected override void Store(RetellObject instance, T value) => field((TObject)instance) = value;
}

internal sealed class NumberMember<TObject>(int index, string name, string property, MemberRule rule, FieldOf<TObject, OptionalNumber> field, JsonCodec<double> codec)
    : JsonMember<double>(index, name, property, rule, codec)
    where TObject : RetellObject
{
    public override void Clear(RetellObject instance) => field((TObject)instance) = default;

    protected override bool TryLoad(RetellObject instance, out double value)
    {
        OptionalNumber stored = field((TObject)instance);
        value = stored.GetValueOrDefault();
        return stored.HasValue;
    }

    protected override void Store(RetellObject instance, double value) => field((TObject)instance) = OptionalNumber.Of(value);
}
