using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Http;
using Retell.Json;
using Retell.Models;

namespace Retell;

/// <summary>Reads and writes the objects of the API as JSON. <see cref="JsonConvert.DefaultSettings"/> of the application has no effect on it.</summary>
public static class RetellJson
{
    internal const int MaxDepth = JsonInput.MaxDepth;

    /// <summary>The length of a text from which its UTF-8 bytes are counted, because the worst case is three bytes per character.</summary>
    private const int LongText = 16384;

    /// <summary>
    /// Gets a new copy of the serializer settings, for applications that pass objects of the API to <see cref="JsonConvert"/> or embed them in
    /// documents of their own.
    /// </summary>
    /// <remarks>
    /// Other settings write the objects correctly but do not read them: they do not know the unions, and read strings that look like dates as
    /// dates.
    /// </remarks>
    public static JsonSerializerSettings Settings
    {
        [RequiresUnreferencedCode("Newtonsoft.Json finds the members of classes by reflection.")]
        [RequiresDynamicCode("Newtonsoft.Json finds the members of classes by reflection.")]
        get => NewtonsoftReflection.CreateSettings();
    }

    /// <summary>Writes an object of the API as JSON.</summary>
    /// <param name="value">The object, or null.</param>
    /// <returns>The JSON, without line breaks.</returns>
    /// <exception cref="RetellSerializationException">The object contains a value that JSON cannot represent, such as NaN.</exception>
    public static string Serialize(object? value)
    {
        using var json = new Utf8Writer();
        Write(json, value);
        return json.GetText();
    }

    /// <summary>Writes an object of the API as UTF-8 JSON.</summary>
    /// <param name="value">The object, or null.</param>
    /// <param name="stream">The stream to write to. It is not closed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="RetellSerializationException">The object contains a value that JSON cannot represent, such as NaN.</exception>
    public static void Serialize(object? value, Stream stream)
    {
        using var json = new Utf8Writer(stream ?? throw new ArgumentNullException(nameof(stream)));
        Write(json, value);
        json.Flush();
    }

    /// <summary>Reads an object of the API from JSON.</summary>
    /// <typeparam name="T">The type to read: a class, a union or a collection of them.</typeparam>
    /// <param name="json">The JSON.</param>
    /// <returns>The object, or null for the JSON <c>null</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="RetellSerializationException">The JSON is not valid, is incomplete, or is followed by other content.</exception>
    public static T? Deserialize<T>(string json) => (T?)Deserialize(json, typeof(T));

    /// <summary>Reads an object of the API from JSON.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="type">The type to read: a class, a union or a collection of them.</param>
    /// <returns>The object, or null for the JSON <c>null</c>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="RetellSerializationException">The JSON is not valid, is incomplete, or is followed by other content.</exception>
    public static object? Deserialize(string json, Type type)
    {
        _ = json ?? throw new ArgumentNullException(nameof(json));
        _ = type ?? throw new ArgumentNullException(nameof(type));
        byte[] utf8 = ArrayPool<byte>.Shared.Rent(json.Length > LongText ? Encoding.UTF8.GetByteCount(json) : Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            return TryRead(Utf8Text.FromJson(json, utf8), type, out object? value) ? value : NewtonsoftJson.Read(() => new StringReader(json), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    /// <summary>Reads an object of the API from UTF-8 JSON.</summary>
    /// <typeparam name="T">The type to read: a class, a union or a collection of them.</typeparam>
    /// <param name="stream">The stream with the JSON. It is not closed.</param>
    /// <returns>The object, or null for the JSON <c>null</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="RetellSerializationException">The JSON is not valid, is incomplete, or is followed by other content.</exception>
    public static T? Deserialize<T>(Stream stream) => (T?)Deserialize(stream, typeof(T));

    /// <summary>Reads an object of the API from UTF-8 JSON.</summary>
    /// <param name="stream">The stream with the JSON. It is not closed.</param>
    /// <param name="type">The type to read: a class, a union or a collection of them.</param>
    /// <returns>The object, or null for the JSON <c>null</c>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="RetellSerializationException">The JSON is not valid, is incomplete, or is followed by other content.</exception>
    public static object? Deserialize(Stream stream, Type type)
    {
        _ = stream ?? throw new ArgumentNullException(nameof(stream));
        _ = type ?? throw new ArgumentNullException(nameof(type));
        using var utf8 = new PooledBuffer(stream.CanSeek ? stream.Length - stream.Position : null);
        utf8.Fill(stream);
        return TryRead(utf8.ToSequence(), type, out object? value) ? value : NewtonsoftJson.Read(() => NewtonsoftJson.OpenText(utf8.OpenRead(), 16384), type);
    }

    /// <summary>
    /// Creates a request from an object that was read, such as an <c>AgentSettings</c> from an <c>Agent</c>. It contains the members that both
    /// types have, including nulls and values that the SDK does not know. Members that only the source has, such as its ID, are left out.
    /// </summary>
    /// <typeparam name="T">The type of the request.</typeparam>
    /// <param name="source">The object that was read. It is not changed.</param>
    /// <returns>A new object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static T Convert<T>(RetellObject source)
        where T : RetellObject, new()
    {
        var json = (JObject)ToToken(source ?? throw new ArgumentNullException(nameof(source)));
        var target = new T();
        foreach (JProperty member in json.Properties().Where(member => target.Shape.Find(member.Name) is null).ToList())
        {
            member.Remove();
        }

        return Utf8Document.TryRead(json, Codec.Object<T>(), out target) ? target : throw new InvalidOperationException();
    }

    /// <summary>Writes a value without translating the exceptions of Newtonsoft.Json.</summary>
    internal static void WriteTo(Utf8Writer json, object? value)
    {
        try
        {
            WriteAny(json, value);
        }
        catch (JsonException)
        {
            // Fail again with a writer that tracks the path.
            using var failing = new JsonTextWriter(TextWriter.Null);
            WriteAny(failing, value);
            throw;
        }
    }

    /// <summary>Converts a value to JSON.</summary>
    internal static JToken ToToken(object value)
    {
        if (value is JToken token)
        {
            return token.DeepClone();
        }

        using var json = new Utf8Writer();
        WriteTo(json, value);
        return Utf8Document.TryRead(new ReadOnlySequence<byte>(json.ToMemory()), Codec.Any, out JToken read) ? read : JToken.Parse(json.GetText());
    }

    internal static string Name(Type? type) => type switch
    {
        null => "null",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };

    private static void Write(Utf8Writer json, object? value)
    {
        try
        {
            WriteTo(json, value);
        }
        catch (JsonException e)
        {
            throw RetellSerializationException.For($"{Name(value?.GetType())} cannot be written as JSON", e, excerpt: null);
        }
    }

    private static void WriteAny(JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull();
                break;
            case RetellObject known:
                known.Shape.Write(json, known);
                break;
            case JToken token:
                token.WriteTo(json);
                break;
            case object when Codecs.Find(value.GetType()) is JsonCodec codec:
                codec.WriteBoxed(json, value);
                break;
            case bool or int or long or double or decimal:
                new JValue(value).WriteTo(json);
                break;
            default:
                json.WriteRawValue(NewtonsoftJson.Write(value));
                break;
        }
    }

    private static bool TryRead(ReadOnlySequence<byte> utf8, Type type, out object? value)
    {
        value = null;
        return Codecs.Find(type) is JsonCodec codec && Utf8Document.TryRead(utf8, codec, out value);
    }
}
