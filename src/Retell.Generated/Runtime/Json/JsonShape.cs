using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>Gives the storage of one member of an object.</summary>
internal delegate ref TField FieldOf<in TObject, TField>(TObject instance);

/// <summary>The members of one class: how its JSON is read and written. Built once a class.</summary>
internal abstract class JsonShape
{
    private readonly Dictionary<string, JsonMember> _byName = new(StringComparer.Ordinal);
    private JsonMember[] _members = [];
    private JsonMember[] _constants = [];

    public IReadOnlyList<JsonMember> Members => _members;

    public JsonMember? Find(string name) => _byName.TryGetValue(name, out JsonMember? member) ? member : null;

    protected void Add(JsonMember member)
    {
        _byName.Add(member.Name, member);
        _members = [.. _members, member];
        _constants = member.IsConstant ? [.. _constants, member] : _constants;
        JsonNames.Known.Add(member.Name);
    }

    /// <summary>Fills an object that was just created from the JSON object at whose start the reader stands.</summary>
    public virtual void Read(RetellObject target, JsonReader reader, JsonSerializer serializer)
    {
        BeginRead(target);
        ReadMembers(target, reader, serializer);
    }

    /// <summary>Takes back what the constructor preset: read objects hold what the JSON holds.</summary>
    public void BeginRead(RetellObject target)
    {
        target.MarkRead();
        foreach (JsonMember constant in _constants)
        {
            constant.Clear(target);
        }
    }

    /// <summary>Reads members until the end of the object.</summary>
    public void ReadMembers(RetellObject target, JsonReader reader, JsonSerializer serializer)
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
            reader.ReadOrThrow();
            ReadMember(target, name, reader, serializer, ref expected);
        }
    }

    /// <summary>Reads one member whose value starts at the current token.</summary>
    public void ReadMember(RetellObject target, string name, JsonReader reader, JsonSerializer serializer, ref int expected)
    {
        JsonMember? member;

        // Servers write members in a stable order, mostly that of the spec: guess before hashing.
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
            member.Clear(target);
            target.MarkNull(member.Index);
        }
        else if (!member.TryRead(target, reader, serializer, out JToken? raw))
        {
            member.Clear(target);
            target.AdditionalProperties[name] = raw!;
        }
    }

    public void Write(JsonWriter writer, RetellObject source, JsonSerializer serializer)
    {
        writer.WriteStartObject();
        IDictionary<string, JToken>? additional = source.AdditionalPropertiesOrNull;
        for (int i = 0; i < _members.Length; i++)
        {
            JsonMember member = _members[i];
            if (member.HasValue(source))
            {
                writer.WritePropertyName(member.Name);
                member.Write(writer, source, serializer);
            }
            else if (source.IsNull(i))
            {
                writer.WritePropertyName(member.Name);
                writer.WriteNull();
            }
        }

        if (additional is not null)
        {
            foreach (KeyValuePair<string, JToken> pair in additional)
            {
                // Never the same member twice: the property wins.
                if (_byName.TryGetValue(pair.Key, out JsonMember? member) && (member.HasValue(source) || source.IsNull(member.Index)))
                {
                    continue;
                }

                writer.WritePropertyName(pair.Key);
                (pair.Value ?? JValue.CreateNull()).WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }
}

/// <summary>Builds the shape of <typeparamref name="TObject"/>; the generated classes list their members with it.</summary>
internal sealed class JsonShape<TObject> : JsonShape
    where TObject : RetellObject
{
    /// <summary>A member of a reference type.</summary>
    public JsonShape<TObject> Add<T>(string name, string property, FieldOf<TObject, T?> field, JsonCodec<T> codec, MemberRule rule = MemberRule.Optional)
        where T : class
    {
        Add(new ReferenceMember<TObject, T>(Members.Count, name, property, rule, field, codec));
        return this;
    }

    /// <summary>A member of a value type.</summary>
    public JsonShape<TObject> Add<T>(string name, string property, FieldOf<TObject, T?> field, JsonCodec<T> codec, MemberRule rule = MemberRule.Optional)
        where T : struct
    {
        Add(new ValueMember<TObject, T>(Members.Count, name, property, rule, field, codec));
        return this;
    }
}
