using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;

namespace Retell.Models;

/// <summary>
/// A variant of a union that this version of the SDK does not know. It implements every union of the API, keeps its JSON in
/// <see cref="RetellObject.AdditionalProperties"/>, and is written back unchanged. Create one to send a variant that is newer than the SDK.
/// </summary>
[OpenApiSchema("UnknownVariant")]
[System.Text.Json.Serialization.JsonConverter(typeof(RetellJsonConverter<UnknownVariant>))]
public sealed partial class UnknownVariant : RetellObject, ICodecOwner<UnknownVariant>
{
    private static readonly UnknownShape s_shape = new();

    /// <summary>Creates an empty variant. Add its members to <see cref="RetellObject.AdditionalProperties"/>.</summary>
    public UnknownVariant()
    {
    }

    /// <summary>Creates a variant from its JSON.</summary>
    /// <param name="json">The JSON object. Its members are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    public UnknownVariant(JObject json)
    {
        foreach (KeyValuePair<string, JToken?> member in json ?? throw new ArgumentNullException(nameof(json)))
        {
            AdditionalProperties[member.Key] = member.Value?.DeepClone() ?? JValue.CreateNull();
        }
    }

    JsonCodec<UnknownVariant> ICodecOwner<UnknownVariant>.Codec => Codec.Object<UnknownVariant>();

    internal override JsonShape Shape => s_shape;

    /// <summary>Returns a copy of the JSON of the variant.</summary>
    /// <returns>A new JSON object.</returns>
    public JObject ToJson()
    {
        var json = new JObject();
        foreach (KeyValuePair<string, JToken> member in AdditionalProperties)
        {
            json[member.Key] = member.Value.DeepClone();
        }

        return json;
    }

    /// <summary>Returns a member that all known variants have, or null if this one lacks it.</summary>
    private T? Shared<T>(string name, JsonCodec<T> codec)
        where T : class => TryGet(name, codec, out T? value) ? value : null;

    /// <summary>Returns a member that all known variants have, or null if this one lacks it.</summary>
    private T? SharedValue<T>(string name, JsonCodec<T> codec)
        where T : struct => TryGet(name, codec, out T value) ? value : null;

    private IList<T> SharedCollection<T>(string name, JsonCodec<IList<T>> codec) => Shared(name, codec) ?? [];

    private IDictionary<string, T> SharedCollection<T>(string name, JsonCodec<IDictionary<string, T>> codec) => Shared(name, codec) ?? new Dictionary<string, T>();

    private T SharedCollection<T>(string name, JsonCodec<T> codec)
        where T : class, new() => Shared(name, codec) ?? new T();

    private bool TryGet<T>(string name, JsonCodec<T> codec, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (!AdditionalProperties.TryGetValue(name, out JToken? token) || token.Type == JTokenType.Null)
        {
            return false;
        }

        return Utf8Document.TryRead(token, codec, out value);
    }

    private sealed class UnknownShape : JsonShape;
}
