using System.Buffers;
using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using Retell.Generated.Json;

namespace Retell.Json;

/// <summary>
/// JSON by Newtonsoft.Json: for classes that are none of the API's, for documents that are not quite JSON, and to say where
/// and why one cannot be read.
/// </summary>
internal static class NewtonsoftJson
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly RetellContractResolver s_resolver = new(type => Codecs.Find(type) as IUnion);
    private static JsonSerializer? s_serializer;

    private static JsonSerializer Serializer => s_serializer ??= JsonSerializer.Create(CreateSettings());

    public static JsonSerializerSettings CreateSettings() => CreateSettings(s_resolver);

    /// <summary>Every setting has a value, so that no default of an application comes in where one is left out.</summary>
    public static JsonSerializerSettings CreateSettings(IContractResolver resolver) => new()
    {
        CheckAdditionalContent = true,
        ConstructorHandling = ConstructorHandling.Default,
        Context = default,
        ContractResolver = resolver,
        Culture = CultureInfo.InvariantCulture,
        DateFormatHandling = DateFormatHandling.IsoDateFormat,
        DateFormatString = "yyyy'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFK",
        DateParseHandling = DateParseHandling.None,
        DateTimeZoneHandling = DateTimeZoneHandling.RoundtripKind,
        DefaultValueHandling = DefaultValueHandling.Include,
        FloatFormatHandling = FloatFormatHandling.String,
        FloatParseHandling = FloatParseHandling.Double,
        Formatting = Formatting.None,
        MaxDepth = RetellJson.MaxDepth,
        MetadataPropertyHandling = MetadataPropertyHandling.Ignore,
        MissingMemberHandling = MissingMemberHandling.Ignore,
        NullValueHandling = NullValueHandling.Include,
        ObjectCreationHandling = ObjectCreationHandling.Auto,
        PreserveReferencesHandling = PreserveReferencesHandling.None,
        ReferenceLoopHandling = ReferenceLoopHandling.Error,
        SerializationBinder = new DefaultSerializationBinder(),
        StringEscapeHandling = StringEscapeHandling.Default,
        TypeNameAssemblyFormatHandling = TypeNameAssemblyFormatHandling.Simple,
        TypeNameHandling = TypeNameHandling.None,
    };

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
        do
        {
            reader.ReadOrThrow();
        }
        while (reader.TokenType == JsonToken.Comment);

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
    public static object? Deserialize(JsonReader reader, Type type) => Serializer.Deserialize(reader, type);

    public static void Write(JsonWriter json, object value) => Serializer.Serialize(json, value);

    public static string Write(object value)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        using var json = new JsonTextWriter(text) { ArrayPool = CharPool.Instance };
        Write(json, value);
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
