using System.Buffers;
using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Retell.Generated.Json;

namespace Retell.Json;

/// <summary>
/// Reads and writes JSON with Newtonsoft.Json: documents that are not strictly JSON, the place and reason of a failure, and classes of the
/// application.
/// </summary>
internal static class NewtonsoftJson
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
    /// <summary>Decodes UTF-8, or the encoding of a byte order mark, and leaves the stream open.</summary>
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

    /// <summary>Reads one value, which only white space and comments can follow.</summary>
    public static T ReadToEnd<T>(JsonReader reader, Func<JsonReader, T> read)
    {
        reader.ReadValueOrThrow();
        T value = read(reader);

        // Newtonsoft.Json returns an incomplete JToken without an error.
        if (reader.Depth > 0)
        {
            throw JsonMismatch.At(reader, "The JSON is cut off.");
        }

        // The reader throws for anything but comments.
        while (reader.Read())
        {
        }

        return value;
    }

    /// <summary>Reads a document.</summary>
    /// <param name="open">The function that opens the document, once to read it and once to show where reading failed.</param>
    /// <param name="type">The type to read.</param>
    /// <exception cref="RetellSerializationException">The document cannot be read.</exception>
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

    /// <summary>Reads the value at the current token.</summary>
    public static object? Deserialize(JsonReader reader, Type type) =>
        NewtonsoftReflection.IsSupported ? NewtonsoftReflection.Deserialize(reader, type)
        : Codecs.Find(type) is not JsonCodec codec ? throw NewtonsoftReflection.IsMissing(type)
        : reader.TokenType == JsonToken.Null ? null
        : codec.ReadBoxed(reader);

    /// <summary>Writes an object of the application as JSON.</summary>
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

    /// <summary>Rents buffers for readers and writers.</summary>
    private sealed class CharPool : IArrayPool<char>
    {
        public static readonly CharPool Instance = new();

        public char[] Rent(int minimumLength) => ArrayPool<char>.Shared.Rent(minimumLength);

        public void Return(char[]? array) => ArrayPool<char>.Shared.Return(array!);
    }
}
