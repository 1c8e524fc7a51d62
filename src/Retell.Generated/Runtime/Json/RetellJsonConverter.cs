using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>
/// Reads and writes a type of the API with System.Text.Json, as the same JSON as the SDK. The types of the API declare this converter, so that
/// it need not be registered, except for JToken and JObject.
/// </summary>
/// <typeparam name="T">The type of the API, or JToken, or JObject.</typeparam>
/// <example><code>options.Converters.Add(new RetellJsonConverter&lt;JObject&gt;());</code></example>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RetellJsonConverter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T> : JsonConverter<T>, ICodecConverter
{
    private static readonly JsonCodec<T> s_codec = Codecs.Of<T>();

    JsonCodec ICodecConverter.Codec => s_codec;

    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Null is the default of a value type.
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        var input = new JsonInput(reader, new StringCache(documentLength: 0));
        if (!s_codec.TryRead(ref input, out T value, out JToken? raw))
        {
            throw new JsonException($"JSON of type {raw?.Type} cannot be read as {typeof(T).Name}.");
        }

        reader = input.Reader;
        return value;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (value is null || s_codec.IsNoValue(value))
        {
            writer.WriteNullValue();
            return;
        }

        using var json = new Utf8Writer(indentation: Indentation(writer));
        try
        {
            s_codec.Write(json, value);
        }
        catch (Newtonsoft.Json.JsonException e)
        {
            throw new JsonException(e.Message, e);
        }

        writer.WriteRawValue(json.Written, skipInputValidation: true);
    }

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        s_codec is ITextCodec<T> text
            ? text.FromText(new JsonInput(reader, new StringCache(documentLength: 0)).GetString())
            : base.ReadAsPropertyName(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, [DisallowNull] T value, JsonSerializerOptions options)
    {
        if (s_codec is ITextCodec<T> text)
        {
            writer.WritePropertyName(text.ToText(value) ?? "");
        }
        else
        {
            base.WriteAsPropertyName(writer, value, options);
        }
    }

    private static JsonIndentation? Indentation(Utf8JsonWriter writer) => !writer.Options.Indented ? null
#if NET
        : new(writer.CurrentDepth, writer.Options.IndentCharacter, writer.Options.IndentSize, writer.Options.NewLine);
#else
        : new(writer.CurrentDepth, ' ', 2, Environment.NewLine);
#endif
}
