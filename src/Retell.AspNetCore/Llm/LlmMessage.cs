using System.Text.Json;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore.Http;
using Retell.Models;

namespace Retell.AspNetCore.Llm;

/// <summary>The types of the messages of Retell.</summary>
internal enum LlmMessageKind
{
    Unknown,
    Ping,
    CallDetails,
    Update,
    Response,
    Reminder,
}

/// <summary>
/// A message of Retell. The reader of a connection only finds its parts, so that a long transcript delays no ping; they are read into objects when they are used.
/// </summary>
internal sealed class LlmMessage
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 512 };

    private ReadOnlyMemory<byte> _utf8;
    private Range? _timestamp;
    private Range? _call;
    private Range? _transcript;
    private Range? _transcriptWithToolCalls;
    private IReadOnlyList<Utterance>? _utterances;
    private IReadOnlyList<IUtteranceOrToolCall>? _items;
    private JObject? _json;

    private LlmMessage(ReadOnlyMemory<byte> utf8) => _utf8 = utf8;

    public string Type { get; private set; } = "";

    public long? ResponseId { get; private set; }

    public string? TurnTaking { get; private set; }

    public LlmMessageKind Kind => Type switch
    {
        "ping_pong" => LlmMessageKind.Ping,
        "call_details" => LlmMessageKind.CallDetails,
        "update_only" => LlmMessageKind.Update,
        "response_required" => LlmMessageKind.Response,
        "reminder_required" => LlmMessageKind.Reminder,
        _ => LlmMessageKind.Unknown,
    };

    /// <summary>Gets the number of a ping as it was written, or an empty text.</summary>
    public ReadOnlySpan<byte> Timestamp => _timestamp is Range range ? _utf8.Span[range] : default;

    public ICall? Call => Part<ICall>(_call);

    public IReadOnlyList<Utterance> Transcript => _utterances ??= Part<List<Utterance>>(_transcript) ?? [];

    public IReadOnlyList<IUtteranceOrToolCall> TranscriptWithToolCalls => _items ??= Part<List<IUtteranceOrToolCall>>(_transcriptWithToolCalls) ?? [];

    public JObject Json => _json ??= (JObject)RetellJson.Deserialize<JToken>(Utf8Stream.Open(_utf8))!;

    /// <summary>Reads a message.</summary>
    /// <param name="utf8">The JSON, which belongs to the caller until <see cref="Keep"/>.</param>
    /// <returns>The message, or null if it is not a JSON object.</returns>
    public static LlmMessage? Read(ReadOnlyMemory<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8.Span, s_options);
        var message = new LlmMessage(utf8);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                message.ReadMember(ref reader);
            }

            // Anything but white space after the object throws.
            return reader.Read() ? null : message;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Copies the JSON, so that the buffer of the connection can be used again.</summary>
    public LlmMessage Keep()
    {
        _utf8 = _utf8.ToArray();
        return this;
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        string? known = reader.ValueTextEquals("interaction_type"u8) ? "interaction_type"
            : reader.ValueTextEquals("response_id"u8) ? "response_id"
            : reader.ValueTextEquals("timestamp"u8) ? "timestamp"
            : reader.ValueTextEquals("turntaking"u8) ? "turntaking"
            : reader.ValueTextEquals("call"u8) ? "call"
            : reader.ValueTextEquals("transcript"u8) ? "transcript"
            : reader.ValueTextEquals("transcript_with_tool_calls"u8) ? "transcript_with_tool_calls"
            : null;
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        switch (known)
        {
            case "interaction_type" when reader.TokenType == JsonTokenType.String:
                Type = reader.GetString()!;
                return;
            case "turntaking" when reader.TokenType == JsonTokenType.String:
                TurnTaking = reader.GetString();
                return;
            case "response_id" when reader.TokenType == JsonTokenType.Number:
                ResponseId = reader.TryGetInt64(out long id) ? id : reader.TryGetDouble(out double number) && double.IsInteger(number) ? (long)number : null;
                return;
        }

        bool isNumber = reader.TokenType == JsonTokenType.Number;
        reader.Skip();
        Range range = start..(int)reader.BytesConsumed;
        switch (known)
        {
            case "timestamp" when isNumber:
                _timestamp = range;
                break;
            case "call":
                _call = range;
                break;
            case "transcript":
                _transcript = range;
                break;
            case "transcript_with_tool_calls":
                _transcriptWithToolCalls = range;
                break;
        }
    }

    /// <summary>Reads a part into an object. A part with another JSON type than documented is like an absent one.</summary>
    private T? Part<T>(Range? range)
        where T : class
    {
        try
        {
            return range is Range known ? RetellJson.Deserialize<T>(Utf8Stream.Open(_utf8[known])) : null;
        }
        catch (RetellSerializationException)
        {
            return null;
        }
    }
}
