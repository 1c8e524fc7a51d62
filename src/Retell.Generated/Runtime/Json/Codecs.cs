using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Serialization;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>A type of the API, which has a codec. The codecs of unions are on <see cref="UnknownVariant"/>.</summary>
internal interface ICodecOwner<T>
{
    JsonCodec<T> Codec { get; }
}

/// <summary>A converter of System.Text.Json that has a codec.</summary>
internal interface ICodecConverter
{
    JsonCodec Codec { get; }
}

/// <summary>Finds the codec of a type at run time, by the converter of the type.</summary>
internal static class Codecs
{
    private static readonly ConcurrentDictionary<Type, JsonCodec?> s_known = new();

    /// <summary>Returns the codec of a type of the API, of strings and JSON, and of lists and maps of them; null for other types.</summary>
    public static JsonCodec? Find(Type type) => s_known.TryGetValue(type, out JsonCodec? known) ? known : s_known.GetOrAdd(type, Create(type));

    /// <summary>Returns the codec that <typeparamref name="T"/> declares.</summary>
    public static JsonCodec<T> Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>() =>
        typeof(JToken).IsAssignableFrom(typeof(T)) ? Create(typeof(T)) as JsonCodec<T>
            ?? throw new NotSupportedException($"{typeof(T).Name} is not supported. Use JToken or JObject.")
            : typeof(T).IsInterface ? ((ICodecOwner<T>)(object)new UnknownVariant()).Codec
            : ((ICodecOwner<T>)(object)Activator.CreateInstance<T>()!).Codec;

    private static JsonCodec? Create(Type type)
    {
        if (type == typeof(string))
        {
            return Codec.String;
        }

        if (type == typeof(JToken))
        {
            return Codec.Any;
        }

        if (type == typeof(JObject))
        {
            return Codec.FreeForm;
        }

        if (type.IsGenericType)
        {
            Type of = type.GetGenericArguments().Last();
            Type definition = type.GetGenericTypeDefinition();
            if (definition == typeof(Dictionary<,>) || definition == typeof(IDictionary<,>) || definition == typeof(IReadOnlyDictionary<,>))
            {
                return type.GetGenericArguments()[0] == typeof(string) ? Find(of)?.OfMap : null;
            }

            return definition == typeof(Nullable<>) ? Find(of)
                : definition == typeof(List<>) || definition == typeof(IList<>) || definition == typeof(IReadOnlyList<>) || definition == typeof(ICollection<>)
                    || definition == typeof(IReadOnlyCollection<>) || definition == typeof(IEnumerable<>) ? Find(of)?.OfList
                : null;
        }

        return type.GetCustomAttribute<JsonConverterAttribute>(inherit: false) is { ConverterType: Type converter }
            && typeof(ICodecConverter).IsAssignableFrom(converter)
            ? ((ICodecConverter)Activator.CreateInstance(converter)!).Codec
            : null;
    }
}
