using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using Retell.Generated.Json;
using Retell.Json;
using Retell.Models;

namespace Retell;

/// <summary>
/// Reads and writes the objects of the API as JSON. It has a serializer of its own: what an application sets in
/// <see cref="JsonConvert.DefaultSettings"/> neither changes it nor is changed by it.
/// </summary>
public static class RetellJson
{
    /// <summary>Conversation flows nest deeper than the 64 levels that Newtonsoft.Json allows by default.</summary>
    internal const int MaxDepth = 512;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly RetellContractResolver s_resolver = new(Unions.All);

    /// <summary>
    /// The settings, as a new copy each time: for an application that hands objects of the API to
    /// <see cref="JsonConvert"/> or puts them into documents of its own. Other settings write the objects as well, but do not read
    /// them: they know no unions, and read texts that look like dates as dates.
    /// </summary>
    public static JsonSerializerSettings Settings => CreateSettings(s_resolver);

    internal static JsonSerializer Serializer { get; } = JsonSerializer.Create(Settings);

    /// <summary>Writes an object of the API as JSON.</summary>
    /// <param name="value">The object, or null.</param>
    /// <returns>The JSON, without line breaks.</returns>
    /// <exception cref="RetellSerializationException">The object holds something that JSON cannot, such as NaN.</exception>
    public static string Serialize(object? value)
    {
        var text = new StringWriter(new StringBuilder(256), CultureInfo.InvariantCulture);
        Write(text, value);
        return text.ToString();
    }

    /// <summary>Writes an object of the API as UTF-8 JSON.</summary>
    /// <param name="value">The object, or null.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="RetellSerializationException">The object holds something that JSON cannot, such as NaN.</exception>
    public static void Serialize(object? value, Stream stream)
    {
        using TextWriter text = OpenWriter(stream ?? throw new ArgumentNullException(nameof(stream)));
        Write(text, value);
    }

    /// <summary>Reads an object of the API.</summary>
    /// <typeparam name="T">Its type: a class, a union or a collection of them.</typeparam>
    /// <param name="json">The JSON.</param>
    /// <returns>The object; null for the JSON <c>null</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="RetellSerializationException">The text is no JSON, is cut off, or more follows it.</exception>
    public static T? Deserialize<T>(string json) => (T?)Deserialize(json, typeof(T));

    /// <summary>Reads an object of the API.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="type">Its type: a class, a union or a collection of them.</param>
    /// <returns>The object; null for the JSON <c>null</c>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="RetellSerializationException">The text is no JSON, is cut off, or more follows it.</exception>
    public static object? Deserialize(string json, Type type)
    {
        _ = json ?? throw new ArgumentNullException(nameof(json));
        return Read(new StringReader(json), type, () => new StringReader(json));
    }

    /// <summary>Reads an object of the API from UTF-8 JSON, piece by piece.</summary>
    /// <typeparam name="T">Its type: a class, a union or a collection of them.</typeparam>
    /// <param name="stream">The JSON; it stays open.</param>
    /// <returns>The object; null for the JSON <c>null</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="RetellSerializationException">The text is no JSON, is cut off, or more follows it.</exception>
    public static T? Deserialize<T>(Stream stream) => (T?)Deserialize(stream, typeof(T));

    /// <summary>Reads an object of the API from UTF-8 JSON, piece by piece.</summary>
    /// <param name="stream">The JSON; it stays open.</param>
    /// <param name="type">Its type: a class, a union or a collection of them.</param>
    /// <returns>The object; null for the JSON <c>null</c>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="RetellSerializationException">The text is no JSON, is cut off, or more follows it.</exception>
    public static object? Deserialize(Stream stream, Type type)
    {
        _ = stream ?? throw new ArgumentNullException(nameof(stream));
        long start = stream.CanSeek ? stream.Position : 0;
        return Read(OpenText(stream, 16384), type, !stream.CanSeek ? null : () =>
        {
            stream.Position = start;
            return OpenText(stream, 16384);
        });
    }

    /// <summary>
    /// Makes a request of what was read, such as an <c>AgentSettings</c> of an <c>Agent</c>: the members that both have, nulls
    /// and values that the SDK does not know included. What only the source has, such as its id, is left out.
    /// </summary>
    /// <typeparam name="T">The class of the request.</typeparam>
    /// <param name="source">What was read. It is not changed.</param>
    /// <returns>A new object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static T Convert<T>(RetellObject source)
        where T : RetellObject, new()
    {
        var json = JObject.FromObject(source ?? throw new ArgumentNullException(nameof(source)), Serializer);
        var target = new T();
        foreach (JProperty member in json.Properties().Where(member => target.Shape.Find(member.Name) is null).ToList())
        {
            member.Remove();
        }

        return json.ToObject<T>(Serializer)!;
    }

    /// <summary>Decodes UTF-8 (or what a byte order mark says) without closing the stream.</summary>
    internal static TextReader OpenText(Stream stream, int bufferSize) =>
        new StreamReader(stream, s_utf8, detectEncodingFromByteOrderMarks: true, bufferSize, leaveOpen: true);

    internal static JsonTextReader OpenJson(TextReader text) => new(text)
    {
        ArrayPool = JsonCharPool.Instance,
        CloseInput = false,
        Culture = CultureInfo.InvariantCulture,
        DateParseHandling = DateParseHandling.None,
        DateTimeZoneHandling = DateTimeZoneHandling.RoundtripKind,
        FloatParseHandling = FloatParseHandling.Double,
        MaxDepth = MaxDepth,
        PropertyNameTable = JsonNames.Known,
        SupportMultipleContent = false,
    };

    /// <summary>Writes without turning the exceptions of Newtonsoft.Json into those of the SDK.</summary>
    internal static void WriteTo(TextWriter text, object? value)
    {
        using var json = new JsonTextWriter(text) { ArrayPool = JsonCharPool.Instance, CloseOutput = false };
        Serializer.Serialize(json, value);
    }

    /// <summary>Encodes as UTF-8 without closing the stream.</summary>
    internal static TextWriter OpenWriter(Stream stream) => new StreamWriter(stream, s_utf8, 4096, leaveOpen: true);

    /// <summary>Reads one value; nothing but white space and comments may follow it.</summary>
    internal static T ReadToEnd<T>(JsonReader reader, Func<JsonReader, T> read)
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

    /// <summary>Every setting has a value, so that no default of an application comes in where one is left out.</summary>
    internal static JsonSerializerSettings CreateSettings(IContractResolver resolver) => new()
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
        MaxDepth = MaxDepth,
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

    internal static string Name(Type? type) => type switch
    {
        null => "null",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };

    private static void Write(TextWriter text, object? value)
    {
        try
        {
            WriteTo(text, value);
        }
        catch (JsonException e)
        {
            throw RetellSerializationException.For($"{Name(value?.GetType())} cannot be written as JSON", e, excerpt: null);
        }
    }

    private static object? Read(TextReader text, Type type, Func<TextReader>? reopen)
    {
        _ = type ?? throw new ArgumentNullException(nameof(type));
        using JsonTextReader json = OpenJson(text);
        try
        {
            return ReadToEnd(json, reader => Serializer.Deserialize(reader, type));
        }
        catch (JsonException e)
        {
            throw RetellSerializationException.For($"The JSON cannot be read as {Name(type)}", e, JsonExcerpt.Around(reopen, e));
        }
    }
}
