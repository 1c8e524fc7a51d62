using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>Another codec, found when it is used first.</summary>
internal sealed class LaterCodec<T>(Func<JsonCodec<T>> codec) : JsonCodec<T>
{
    private JsonCodec<T>? _codec;

    private JsonCodec<T> Codec => _codec ??= codec();

    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out T value, out JToken? raw) => Codec.TryRead(reader, serializer, out value, out raw);

    public override void Write(JsonWriter writer, T value, JsonSerializer serializer) => Codec.Write(writer, value, serializer);
}
