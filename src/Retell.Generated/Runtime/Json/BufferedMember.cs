using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>A member of a JSON object that was read before the type of the object was known.</summary>
internal readonly struct BufferedMember(string name, JsonToken token, object? value)
{
    public string Name { get; } = name;

    public JsonToken Token { get; } = token;

    /// <summary>Gets the scalar, or the loaded object or array.</summary>
    public object? Value { get; } = value;

    public static BufferedMember Read(string name, JsonReader reader) => reader.TokenType is JsonToken.StartObject or JsonToken.StartArray
        ? new(name, reader.TokenType, JToken.Load(reader))
        : new(name, reader.TokenType, reader.Value);

    public JToken ToToken() => Value as JToken ?? new JValue(Value);
}

/// <summary>Passes a buffered member to a codec.</summary>
internal sealed class ReplayReader : JsonReader
{
    public override bool Read() => false;

    /// <summary>Returns a reader at the first token of the value.</summary>
    public JsonReader Show(BufferedMember member)
    {
        if (member.Value is JContainer container)
        {
            JsonReader reader = container.CreateReader();
            reader.MaxDepth = JsonInput.MaxDepth;
            return reader.AtStart();
        }

        SetToken(member.Token, member.Value, updateIndex: false);
        return this;
    }
}

internal static class JsonReaderExtensions
{
    /// <summary>Moves a new reader to its first token.</summary>
    public static JsonReader AtStart(this JsonReader reader)
    {
        reader.ReadOrThrow();
        return reader;
    }
}
