using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>Returns a reference to the storage of a member.</summary>
internal delegate ref TField FieldOf<in TObject, TField>(TObject instance);

/// <summary>The members of a class, which define how its JSON is read and written. It is built once per class.</summary>
internal abstract class JsonShape
{
    private readonly Dictionary<string, JsonMember> _byName = new(StringComparer.Ordinal);
    private JsonMember[] _members = [];
    private JsonMember[] _constants = [];
    private Utf8Names? _byUtf8;

    public IReadOnlyList<JsonMember> Members => _members;

    public JsonMember? Find(string name) => _byName.TryGetValue(name, out JsonMember? member) ? member : null;

    protected void Add(JsonMember member)
    {
        _byName.Add(member.Name, member);
        _members = [.. _members, member];
        _constants = member.IsConstant ? [.. _constants, member] : _constants;
    }

    /// <summary>Fills a new object from the JSON object at the current token.</summary>
    public void Read(RetellObject target, ref JsonInput input)
    {
        BeginRead(target);
        int expected = 0;
        while (true)
        {
            input.Read();
            if (input.TokenType == JsonTokenType.EndObject)
            {
                return;
            }

            JsonMember? member = Find(ref input, expected);
            if (member is null)
            {
                string name = input.GetString();
                input.Read();
                target.AdditionalProperties[name] = input.ReadToken();
                continue;
            }

            expected = member.Index + 1;
            input.Read();
            if (input.TokenType == JsonTokenType.Null)
            {
                SetNull(target, member);
            }
            else
            {
                bool isRead = member.TryRead(target, ref input, out JToken? raw);
                if (!isRead || raw is not null || target.HasDigits)
                {
                    Keep(target, member, isRead, raw);
                }
            }
        }
    }

    /// <inheritdoc cref="Read(RetellObject, ref JsonInput)"/>
    public void Read(RetellObject target, JsonReader reader)
    {
        BeginRead(target);
        ReadMembers(target, reader);
    }

    /// <summary>Resets what the constructor set, because an object that is read contains only what the JSON contains.</summary>
    public void BeginRead(RetellObject target)
    {
        target.MarkRead();
        foreach (JsonMember constant in _constants)
        {
            constant.Clear(target);
        }
    }

    /// <summary>Reads members up to the end of the object.</summary>
    public void ReadMembers(RetellObject target, JsonReader reader)
    {
        int expected = 0;
        while (true)
        {
            reader.ReadOrThrow();
            if (reader.TokenType == JsonToken.EndObject)
            {
                return;
            }

            if (reader.TokenType == JsonToken.Comment)
            {
                continue;
            }

            string name = (string)reader.Value!;
            reader.ReadValueOrThrow();
            ReadMember(target, name, reader, ref expected);
        }
    }

    /// <summary>Reads the member whose value starts at the current token.</summary>
    public void ReadMember(RetellObject target, string name, JsonReader reader, ref int expected)
    {
        JsonMember? member;

        // Servers write members in a stable order, usually that of the spec: the expected one is tried before hashing.
        if (expected < _members.Length && string.Equals(_members[expected].Name, name, StringComparison.Ordinal))
        {
            member = _members[expected];
        }
        else if (!_byName.TryGetValue(name, out member))
        {
            target.AdditionalProperties[name] = JToken.Load(reader);
            return;
        }

        expected = member.Index + 1;
        if (reader.TokenType == JsonToken.Null)
        {
            SetNull(target, member);
        }
        else
        {
            Keep(target, member, member.TryRead(target, reader, out JToken? raw), raw);
        }
    }

    public void Write(JsonWriter writer, RetellObject source)
    {
        writer.WriteStartObject();
        JsonMember[] members = _members;
        for (int i = 0; i < members.Length; i++)
        {
            JsonMember member = members[i];
            if (source.HasDigits && source.DigitsOf(i) is JToken digits && member.HasValue(source))
            {
                member.WriteName(writer);
                digits.WriteTo(writer);
            }
            else if (!member.TryWrite(writer, source) && source.IsNull(i))
            {
                member.WriteName(writer);
                writer.WriteNull();
            }
        }

        foreach (KeyValuePair<string, JToken> pair in source.AdditionalPropertiesOrNull ?? Enumerable.Empty<KeyValuePair<string, JToken>>())
        {
            // A member is not written twice. The property has precedence.
            if (_byName.TryGetValue(pair.Key, out JsonMember? member) && (member.HasValue(source) || source.IsNull(member.Index)))
            {
                continue;
            }

            writer.WritePropertyName(pair.Key);
            (pair.Value ?? JValue.CreateNull()).WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void SetNull(RetellObject target, JsonMember member)
    {
        member.Clear(target);
        target.MarkNull(member.Index);
    }

    /// <summary>Keeps what was read for a member, beside its value or instead of it.</summary>
    private static void Keep(RetellObject target, JsonMember member, bool hasValue, JToken? raw)
    {
        if (hasValue)
        {
            target.KeepDigits(member.Index, raw);
        }
        else
        {
            member.Clear(target);
            target.AdditionalProperties[member.Name] = raw!;
        }
    }

    /// <summary>Finds the member with the name at the current token. Servers write members in a stable order, usually that of the spec.</summary>
    private JsonMember? Find(ref JsonInput input, int expected)
    {
        if (input.Reader.ValueIsEscaped || input.Reader.HasValueSequence)
        {
            return Find(input.GetString());
        }

        ReadOnlySpan<byte> name = input.Reader.ValueSpan;
        JsonMember[] members = _members;
        return expected < members.Length && name.SequenceEqual(members[expected].Utf8Name) ? members[expected]
            : (_byUtf8 ??= new Utf8Names(members)).Find(name);
    }
}

/// <summary>Builds the shape of <typeparamref name="TObject"/> from the list of members in the generated class.</summary>
internal sealed class JsonShape<TObject> : JsonShape
    where TObject : RetellObject
{
    /// <summary>Adds a member of a reference type.</summary>
    public JsonShape<TObject> Add<T>(string name, string property, FieldOf<TObject, T?> field, JsonCodec<T> codec, MemberRule rule = MemberRule.Optional)
        where T : class
    {
        Add(new ReferenceMember<TObject, T>(Members.Count, name, property, rule, field, codec));
        return this;
    }

    /// <summary>Adds a member of a value type.</summary>
    public JsonShape<TObject> Add<T>(string name, string property, FieldOf<TObject, T?> field, JsonCodec<T> codec, MemberRule rule = MemberRule.Optional)
        where T : struct
    {
        Add(new ValueMember<TObject, T>(Members.Count, name, property, rule, field, codec));
        return this;
    }

    /// <summary>Adds a number.</summary>
    public JsonShape<TObject> Add(string name, string property, FieldOf<TObject, OptionalNumber> field, JsonCodec<double> codec, MemberRule rule = MemberRule.Optional)
    {
        Add(new NumberMember<TObject>(Members.Count, name, property, rule, field, codec));
        return this;
    }
}
