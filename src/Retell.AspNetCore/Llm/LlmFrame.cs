using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Retell.AspNetCore.Llm;

/// <summary>A message to Retell.</summary>
/// <param name="Utf8">The JSON.</param>
/// <param name="Response">The response that the frame belongs to, or null for what belongs to none.</param>
/// <param name="IsClosing">Whether the frame closes the response.</param>
/// <param name="EndsSentence">Whether the text of the frame ends a sentence.</param>
internal sealed record LlmFrame(ReadOnlyMemory<byte> Utf8, LlmResponse? Response = null, bool IsClosing = false, bool EndsSentence = false)
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SearchValues<char> s_sentenceEnds = SearchValues.Create(".!?…。！？\n");

    public static LlmFrame Config(RetellLlmOptions options) => new(Write("config", json =>
    {
        json.WriteStartObject("config");
        json.WriteBoolean("auto_reconnect", options.AutoReconnect);
        json.WriteBoolean("call_details", options.CallDetails);
        json.WriteBoolean("transcript_with_tool_calls", options.TranscriptWithToolCalls);
        json.WriteEndObject();
    }));

    /// <summary>Creates the reply to a ping, with its timestamp or else with the time of the reply.</summary>
    public static LlmFrame Pong(LlmMessage ping, DateTimeOffset now)
    {
        byte[]? timestamp = ping.Timestamp.IsEmpty ? null : ping.Timestamp.ToArray();
        return new(Write("ping_pong", json =>
        {
            json.WritePropertyName("timestamp");
            if (timestamp is null)
            {
                json.WriteNumberValue(now.ToUnixTimeMilliseconds());
            }
            else
            {
                json.WriteRawValue(timestamp, skipInputValidation: true);
            }
        }));
    }

    public static LlmFrame Text(LlmResponse response, string text, bool isUninterruptible) =>
        new(ResponseJson(response.Id, text, isComplete: false, isUninterruptible, action: null), response, EndsSentence: text.AsSpan().ContainsAny(s_sentenceEnds));

    public static LlmFrame Closing(LlmResponse response, LlmOutput? action) =>
        new(ResponseJson(response.Id, "", isComplete: true, isUninterruptible: false, action), response, IsClosing: true);

    /// <summary>Creates a frame that closes a response once more, for a connection that may have lost the first one.</summary>
    public static LlmFrame ClosedBefore(long id, LlmOutput? action) => new(ResponseJson(id, "", isComplete: true, isUninterruptible: false, action));

    public static LlmFrame Interrupt(long id, string text, LlmOutput? action, bool isUninterruptible) => new(Write("agent_interrupt", json =>
    {
        json.WriteNumber("interrupt_id", id);
        json.WriteString("content", text);
        json.WriteBoolean("content_complete", true);
        json.WriteBoolean("no_interruption_allowed", isUninterruptible);
        WriteAction(json, action, isResponse: false);
    }));

    /// <summary>Creates the frame of an output that is neither text nor an action.</summary>
    public static LlmFrame Of(LlmOutput output, LlmResponse? response = null) => new(
        output switch
        {
            LlmToolInvoked invoked => Write("tool_call_invocation", json =>
            {
                json.WriteString("tool_call_id", invoked.ToolCallId);
                json.WriteString("name", invoked.Name);
                json.WriteString("arguments", invoked.Arguments);
            }),
            LlmToolReturned returned => Write("tool_call_result", json =>
            {
                json.WriteString("tool_call_id", returned.ToolCallId);
                json.WriteString("content", returned.Content);
                if (returned.IsSuccessful is bool isSuccessful)
                {
                    json.WriteBoolean("successful", isSuccessful);
                }
            }),
            LlmAgentSettings settings => Write("update_agent", json => WriteSettings(json, settings)),
            LlmMetadata metadata => Write("metadata", json =>
            {
                json.WritePropertyName("metadata");
                json.WriteRawValue(RetellJson.Serialize(metadata.Value));
            }),
            _ => throw new ArgumentException($"{output.GetType().Name} needs a response.", nameof(output)),
        },
        response);

    private static byte[] ResponseJson(long id, string text, bool isComplete, bool isUninterruptible, LlmOutput? action) => Write("response", json =>
    {
        json.WriteNumber("response_id", id);
        json.WriteString("content", text);
        json.WriteBoolean("content_complete", isComplete);
        if (isUninterruptible)
        {
            json.WriteBoolean("no_interruption_allowed", true);
        }

        WriteAction(json, action, isResponse: true);
    });

    private static void WriteAction(Utf8JsonWriter json, LlmOutput? action, bool isResponse)
    {
        switch (action)
        {
            case LlmEndCall:
                json.WriteBoolean("end_call", true);
                break;
            case LlmTransfer transfer:
                json.WriteString("transfer_number", transfer.Number);
                if (isResponse && transfer.ShowTransfereeAsCaller)
                {
                    json.WriteBoolean("show_transferee_as_caller", true);
                }

                break;
            case LlmPressDigits press:
                json.WriteString("digit_to_press", press.Digits);
                break;
        }
    }

    private static void WriteSettings(Utf8JsonWriter json, LlmAgentSettings settings)
    {
        json.WriteStartObject("agent_config");
        if (settings.Responsiveness is double responsiveness)
        {
            json.WriteNumber("responsiveness", responsiveness);
        }

        if (settings.InterruptionSensitivity is double sensitivity)
        {
            json.WriteNumber("interruption_sensitivity", sensitivity);
        }

        if (settings.ReminderTrigger is TimeSpan trigger)
        {
            json.WriteNumber("reminder_trigger_ms", (long)trigger.TotalMilliseconds);
        }

        if (settings.ReminderMaxCount is int count)
        {
            json.WriteNumber("reminder_max_count", count);
        }

        json.WriteEndObject();
    }

    private static byte[] Write(string type, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, s_options);
        json.WriteStartObject();
        json.WriteString("response_type", type);
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
