using System.Buffers;
using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Retell.Generated.Json;

namespace Retell.Json;

/// <summary>
/// JSON by Newtonsoft.Json: for documents that are not quite JSON, to say where and why one cannot be read, and for classes
/// that are none of the API's.
/// </summary>
internal static class NewtonsoftJson
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
    /// <summary>Decodes UTF-8 (or what a byte order mark says) without closing the stream.</summary>
    public static TextReader OpenText(Stream stream, int bufferSize) =>
        new StreamReader(stream, s_utf8, detectEncodingFromByteOrderMarks: true, bufferSize, leaveOpen: true);

    public static JsonTextReader OpenJson(TextReader text) => new(text)
    {
        ArrayPool = CharPool.Instance,
        CloseInput = false,
        Culture = CultureInfo.InvariantCulture,
        DateParseHandling = DateParseHandling.None,
        DateTimeZoneHandling = DateTimeZoneHandling.RoundtripKind,
        FloatParseHandling = FloatParseHandling.Double,
        MaxDepth = RetellJson.MaxDepth,
        SupportMultipleContent = false,
    };

    /// <summary>Reads one value; nothing but white space and comments may follow it.</summary>
    public static T ReadToEnd<T>(JsonReader reader, Func<JsonReader, T> read)
    {
        reader.ReadValueOrThrow();
        T value = read(reader);

        // Newtonsoft.Json takes what it has of a JToken for all of it.
        if (reader.Depth > 0)
        {
            throw JsonMismatch.At(reader, "The JSON is cut off.");
        }

        // The reader itself throws at anything but comments.
        while (reader.Read())
        {
        }

        return value;
    }

    /// <summary>Reads a document.</summary>
    /// <param name="open">Opens it, once to read it and once more to show where it failed.</param>
    /// <param name="type">What to read.</param>
    /// <exception cref="RetellSerializationException">It cannot be read.</exception>
    public static object? Read(Func<TextReader> open, Type type)
    {
        using TextReader text = open();
        using JsonTextReader json = OpenJson(text);
        try
        {
            return ReadToEnd(json, reader => Deserialize(reader, type));
        }
        catch (JsonException e)
        {
            throw RetellSerializationException.For($"The JSON cannot be read as {RetellJson.Name(type)}", e, JsonExcerpt.Around(open, e));
        }
    }

    /// <summary>Reads the value at which a reader stands.</summary>
    public static object? Deserialize(JsonReader reader, Type type) =>
        NewtonsoftReflection.IsSupported ? NewtonsoftReflection.Deserialize(reader, type)
        : Codecs.Find(type) is not JsonCodec codec ? throw NewtonsoftReflection.IsMissing(type)
        : reader.TokenType == JsonToken.Null ? null
        : codec.ReadBoxed(reader);

    /// <summary>The JSON of a class that is none of the API's.</summary>
    public static string Write(object value)
    {
        if (!NewtonsoftReflection.IsSupported)
        {
            throw NewtonsoftReflection.IsMissing(value.GetType());
        }

        var text = new StringWriter(CultureInfo.InvariantCulture);
        using var json = new JsonTextWriter(text) { ArrayPool = CharPool.Instance };
        NewtonsoftReflection.Serialize(json, value);
        return text.ToString();
    }

    /// <summary>Lets readers and writers borrow their buffers.</summary>
    private sealed class CharPool : IArrayPool<char>
    {
        public static readonly CharPool Instance = new();

        public char[] Rent(int minimumLength) => ArrayPool<char>.Shared.Rent(minimumLength);

        public void Return(char[]? array) => ArrayPool<char>.Shared.Return(array!);
    }
}
