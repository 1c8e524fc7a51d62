using System.Text;
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
    private byte[]? _encodedName;

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

    /// <summary>The name in JSON as UTF-8.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The name as it stands in JSON, with its colon. Who only reads does without.</summary>
    private byte[] EncodedName => _encodedName ??= Utf8Writer.EncodeName(Name);

    public abstract bool TryRead(RetellObject instance, ref JsonInput input, out JToken? raw);

    public abstract bool TryRead(RetellObject instance, JsonReader reader, out JToken? raw);

    /// <summary>Writes name and value; false where there is no value.</summary>
    public abstract bool TryWrite(JsonWriter writer, RetellObject instance);

    /// <summary>Writes the value that is there.</summary>
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

internal sealed class ReferenceMember<TObject, T>(int index, string name, string property, MemberRule rule, FieldOf<TObject, T?> field, JsonCodec<T> codec)
    : JsonMember(index, name, property, rule)
    where TObject : RetellObject
    where T : class
{
    public override bool MayHoldObjects { get; } = typeof(T) != typeof(string) && !typeof(JToken).IsAssignableFrom(typeof(T));

    public override bool HasValue(RetellObject instance) => field((TObject)instance) is not null;

    public override object? Get(RetellObject instance) => field((TObject)instance);

    public override void Clear(RetellObject instance) => field((TObject)instance) = null;

    public override bool TryRead(RetellObject instance, ref JsonInput input, out JToken? raw)
    {
        bool read = codec.TryRead(ref input, out T value, out raw);
        if (read)
        {
            field((TObject)instance) = value;
        }

        return read;
    }

    public override bool TryRead(RetellObject instance, JsonReader reader, out JToken? raw)
    {
        bool read = codec.TryRead(reader, out T value, out raw);
        if (read)
        {
            field((TObject)instance) = value;
        }

        return read;
    }

    public override bool TryWrite(JsonWriter writer, RetellObject instance)
    {
        if (field((TObject)instance) is not T value)
        {
            return false;
        }

        WriteName(writer);
        codec.Write(writer, value);
        return true;
    }

    public override void Write(JsonWriter writer, RetellObject instance) =>
        codec.Write(writer, field((TObject)instance)!);
}

internal sealed class ValueMember<TObject, T>(int index, string name, string property, MemberRule rule, FieldOf<TObject, T?> field, JsonCodec<T> codec)
    : JsonMember(index, name, property, rule)
    where TObject : RetellObject
    where T : struct
{
    public override bool HasValue(RetellObject instance) => field((TObject)instance) is T value && !codec.IsNoValue(value);

    public override object? Get(RetellObject instance) => HasValue(instance) ? field((TObject)instance) : null;

    public override void Clear(RetellObject instance) => field((TObject)instance) = null;

    public override bool TryRead(RetellObject instance, ref JsonInput input, out JToken? raw)
    {
        bool read = codec.TryRead(ref input, out T value, out raw);
        if (read)
        {
            field((TObject)instance) = value;
        }

        return read;
    }

    public override bool TryRead(RetellObject instance, JsonReader reader, out JToken? raw)
    {
        bool read = codec.TryRead(reader, out T value, out raw);
        if (read)
        {
            field((TObject)instance) = value;
        }

        return read;
    }

    public override bool TryWrite(JsonWriter writer, RetellObject instance)
    {
        if (field((TObject)instance) is not T value || codec.IsNoValue(value))
        {
            return false;
        }

        WriteName(writer);
        codec.Write(writer, value);
        return true;
    }

    public override void Write(JsonWriter writer, RetellObject instance) =>
        codec.Write(writer, field((TObject)instance)!.Value);
}

internal sealed class NumberMember<TObject>(int index, string name, string property, MemberRule rule, FieldOf<TObject, OptionalNumber> field, JsonCodec<double> codec)
    : JsonMember(index, name, property, rule)
    where TObject : RetellObject
{
    public override bool HasValue(RetellObject instance) => field((TObject)instance).HasValue;

    public override object? Get(RetellObject instance) => (double?)field((TObject)instance);

    public override void Clear(RetellObject instance) => field((TObject)instance) = default;

    public override bool TryRead(RetellObject instance, ref JsonInput input, out JToken? raw)
    {
        bool read = codec.TryRead(ref input, out double value, out raw);
        if (read)
        {
            field((TObject)instance) = OptionalNumber.Of(value);
        }

        return read;
    }

    public override bool TryRead(RetellObject instance, JsonReader reader, out JToken? raw)
    {
        bool read = codec.TryRead(reader, out double value, out raw);
        if (read)
        {
            field((TObject)instance) = OptionalNumber.Of(value);
        }

        return read;
    }

    public override bool TryWrite(JsonWriter writer, RetellObject instance)
    {
        if ((double?)field((TObject)instance) is not double value)
        {
            return false;
        }

        WriteName(writer);
        codec.Write(writer, value);
        return true;
    }

    public override void Write(JsonWriter writer, RetellObject instance) => codec.Write(writer, field((TObject)instance).GetValueOrDefault());
}
