using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>A codec that is resolved when it is first used.</summary>
internal sealed class LaterCodec<T>(Func<JsonCodec<T>> codec) : JsonCodec<T>
{
    private JsonCodec<T>? _codec;

    private JsonCodec<T> Codec => _codec ??= codec();

    public override bool TryRead(ref JsonInput input, out T value, out JToken? raw) => Codec.TryRead(ref input, out value, out raw);

    public override bool TryRead(JsonReader reader, out T value, out JToken? raw) => Codec.TryRead(reader, out value, out raw);

    public override void Write(JsonWriter writer, T value) => Codec.Write(writer, value);
}
