using System.Text.Json.Serialization;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Retell.Benchmarks;

/// <summary>The same classes for System.Text.Json, with its source generator.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<PlainCall>))]
internal sealed partial class PlainContext : JsonSerializerContext;

/// <summary>A call as one would write it down without the SDK: no unions, no open enumerations, nothing is kept.</summary>
public sealed class PlainCall
{
    private static readonly JsonSerializer s_serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        ContractResolver = new DefaultContractResolver { NamingStrategy = new SnakeCaseNamingStrategy() },
        DateParseHandling = DateParseHandling.None,
    });

    public string? CallType { get; set; }

    public string? FromNumber { get; set; }

    public string? ToNumber { get; set; }

    public string? Direction { get; set; }

    public PlainIdentifier? TelephonyIdentifier { get; set; }

    public string? CallId { get; set; }

    public string? AgentId { get; set; }

    public string? AgentName { get; set; }

    public long AgentVersion { get; set; }

    public string? CallStatus { get; set; }

    public object? Metadata { get; set; }

    public IDictionary<string, string>? RetellLlmDynamicVariables { get; set; }

    public IDictionary<string, string>? CollectedDynamicVariables { get; set; }

    public string? DataStorageSetting { get; set; }

    public long? StartTimestamp { get; set; }

    public long? EndTimestamp { get; set; }

    public long? DurationMs { get; set; }

    public string? Transcript { get; set; }

    public IList<PlainUtterance>? TranscriptObject { get; set; }

    public IList<PlainUtterance>? TranscriptWithToolCalls { get; set; }

    public string? RecordingUrl { get; set; }

    public string? PublicLogUrl { get; set; }

    public PlainLatencies? Latency { get; set; }

    public string? DisconnectionReason { get; set; }

    public PlainAnalysis? CallAnalysis { get; set; }

    public PlainCost? CallCost { get; set; }

    public PlainUsage? LlmTokenUsage { get; set; }

    public static T Read<T>(Stream json)
    {
        using var reader = new JsonTextReader(new StreamReader(json));
        return s_serializer.Deserialize<T>(reader)!;
    }

    public static T ReadWithSystemText<T>(Stream json) => (T)System.Text.Json.JsonSerializer.Deserialize(json, typeof(T), PlainContext.Default)!;

    public static string Write(object value)
    {
        var text = new StringWriter();
        s_serializer.Serialize(text, value);
        return text.ToString();
    }

    public sealed class PlainIdentifier
    {
        public string? TwilioCallSid { get; set; }
    }

    public sealed class PlainUtterance
    {
        public string? Role { get; set; }

        public string? Content { get; set; }

        public IList<PlainWord>? Words { get; set; }

        public string? ToolCallId { get; set; }

        public string? Name { get; set; }

        public string? Arguments { get; set; }
    }

    public sealed class PlainWord
    {
        public string? Word { get; set; }

        public double? Start { get; set; }

        public double? End { get; set; }
    }

    public sealed class PlainLatencies
    {
        public PlainLatency? E2e { get; set; }

        public PlainLatency? Llm { get; set; }

        public PlainLatency? Tts { get; set; }
    }

    public sealed class PlainLatency
    {
        public double? P50 { get; set; }

        public double? P90 { get; set; }

        public double? Max { get; set; }

        public double? Min { get; set; }

        public double? Num { get; set; }

        public IList<double>? Values { get; set; }
    }

    public sealed class PlainAnalysis
    {
        public string? CallSummary { get; set; }

        public bool? InVoicemail { get; set; }

        public string? UserSentiment { get; set; }

        public bool? CallSuccessful { get; set; }

        public object? CustomAnalysisData { get; set; }
    }

    public sealed class PlainCost
    {
        public IList<PlainProduct>? ProductCosts { get; set; }

        public double TotalDurationSeconds { get; set; }

        public double TotalDurationUnitPrice { get; set; }

        public double CombinedCost { get; set; }
    }

    public sealed class PlainProduct
    {
        public string? Product { get; set; }

        public double? UnitPrice { get; set; }

        public double Cost { get; set; }
    }

    public sealed class PlainUsage
    {
        public IList<double>? Values { get; set; }

        public double Average { get; set; }

        public long NumRequests { get; set; }
    }
}
