using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;

namespace Retell.Monitoring;

/// <summary>
/// The base class of the items in the transcript of a live call. Use a <c>switch</c> over the type: <see cref="MonitorUtterance"/>,
/// <see cref="MonitorToolCall"/>, <see cref="MonitorToolResult"/>, <see cref="MonitorNodeTransition"/>, <see cref="MonitorDtmf"/>,
/// <see cref="MonitorSms"/>, <see cref="MonitorInjection"/>, <see cref="UnknownMonitorItem"/>.
/// </summary>
public abstract class MonitorItem
{
    private protected MonitorItem(JObject json)
    {
        Json = json;
        Id = Text("id") ?? "";
        double? seconds = json["time_sec"] is JValue { Type: JTokenType.Integer or JTokenType.Float } time ? (double)time : null;
        SortTime = seconds is double known && !double.IsNaN(known) ? known : double.PositiveInfinity;
        Time = Milliseconds.ToTimeSpan(seconds * 1000);
    }

    /// <summary>Gets the ID, by which updates replace the item. It is empty if the API sent none.</summary>
    public string Id { get; }

    /// <summary>Gets the time of the item since the start of the call, or null if the API sent none. Items of a pre-session have a clock of their own.</summary>
    public TimeSpan? Time { get; }

    /// <summary>Gets the role of the item, such as <c>agent</c>, <c>user</c> or <c>tool_call_invocation</c>.</summary>
    public string Role => Text("role") ?? "";

    /// <summary>Gets the JSON of the item, including members that the SDK does not know.</summary>
    public JObject Json { get; }

    /// <summary>Gets the key of the item in a transcript. An item without an ID is only equal to one with the same content.</summary>
    internal string Key => Id.Length > 0 ? "#" + Id : Json.ToString(Formatting.None);

    internal double SortTime { get; }

    /// <summary>Gets or sets the order of arrival, for items with the same time.</summary>
    internal long Order { get; set; }

    /// <summary>Returns a short text without personal data.</summary>
    /// <returns>The type, the ID and the time.</returns>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1} ({2})", GetType().Name, Id, Time);

    internal static MonitorItem Read(JObject json) => TextOf(json["role"]) switch
    {
        "agent" or "user" or "transfer_target" => new MonitorUtterance(json),
        "tool_call_invocation" => new MonitorToolCall(json),
        "tool_call_result" => new MonitorToolResult(json),
        "node_transition" => new MonitorNodeTransition(json),
        "dtmf" => new MonitorDtmf(json),
        "sms" => new MonitorSms(json),
        "injected" => new MonitorInjection(json),
        _ => new UnknownMonitorItem(json),
    };

    internal static string? TextOf(JToken? value) => (value as JValue)?.Value as string;

    private protected static bool? FlagOf(JToken? value) => (value as JValue)?.Value as bool?;

    private protected static long? NumberOf(JToken? value) => value is JValue { Type: JTokenType.Integer, Value: long number } ? number : null;

    private protected string? Text(string name) => TextOf(Json[name]);

    private protected bool? Flag(string name) => FlagOf(Json[name]);

    private protected JToken? Metadata(string name) => (Json["metadata"] as JObject)?[name];
}

/// <summary>What the agent, the user or the target of a transfer says.</summary>
public sealed class MonitorUtterance : MonitorItem
{
    internal MonitorUtterance(JObject json)
        : base(json)
    {
    }

    /// <summary>Gets the spoken text so far. It can change with later updates.</summary>
    public string Content => Text("content") ?? "";

    /// <summary>Gets a value indicating whether the utterance is a backchannel, such as "uh-huh".</summary>
    public bool IsBackchannel => FlagOf(Metadata("is_backchannel")) == true;

    /// <summary>Gets the ID of the response that the agent speaks, or null.</summary>
    public long? ResponseId => NumberOf(Metadata("response_id"));

    /// <summary>Gets the ID of the interruption by the agent, or null.</summary>
    public long? InterruptId => NumberOf(Metadata("interrupt_id"));
}

/// <summary>A call of a tool by the agent.</summary>
public sealed class MonitorToolCall : MonitorItem
{
    internal MonitorToolCall(JObject json)
        : base(json)
    {
    }

    /// <summary>Gets the ID by which the result refers to the tool call.</summary>
    public string ToolCallId => Text("tool_call_id") ?? "";

    /// <summary>Gets the tool's name.</summary>
    public string Name => Text("name") ?? "";

    /// <summary>Gets the arguments as the JSON text that the model wrote.</summary>
    public string Arguments => Text("arguments") ?? "";

    /// <summary>Gets a value indicating whether the tool call moves the agent to another state.</summary>
    public bool IsStateTransition => Flag("is_state_transition") == true;

    /// <summary>Gets the type of the tool, such as <c>custom</c>, or null.</summary>
    public string? ToolType => Text("type");
}

/// <summary>The result of a tool call.</summary>
public sealed class MonitorToolResult : MonitorItem
{
    internal MonitorToolResult(JObject json)
        : base(json)
    {
    }

    /// <summary>Gets the ID of the tool call that has this result.</summary>
    public string ToolCallId => Text("tool_call_id") ?? "";

    /// <summary>Gets the result as text.</summary>
    public string Content => Text("content") ?? "";

    /// <summary>Gets a value indicating whether the tool call succeeded, or null if this is not known.</summary>
    public bool? IsSuccessful => Flag("successful");
}

/// <summary>A transition to another node of the conversation flow.</summary>
public sealed class MonitorNodeTransition : MonitorItem
{
    internal MonitorNodeTransition(JObject json)
        : base(json)
    {
    }

    /// <summary>Gets the ID of the node that the agent leaves.</summary>
    public string? FormerNodeId => Text("former_node_id");

    /// <summary>Gets the name of the node that the agent leaves.</summary>
    public string? FormerNodeName => Text("former_node_name");

    /// <summary>Gets the ID of the node that the agent enters.</summary>
    public string? NewNodeId => Text("new_node_id");

    /// <summary>Gets the name of the node that the agent enters.</summary>
    public string? NewNodeName => Text("new_node_name");

    /// <summary>Gets the type of the transition, or null.</summary>
    public string? TransitionType => Text("transition_type");

    /// <summary>Gets a value indicating whether the transition leads to a global node.</summary>
    public bool IsGlobal => Flag("global_transition") == true;
}

/// <summary>A digit that was pressed on the keypad of a telephone.</summary>
public sealed class MonitorDtmf : MonitorItem
{
    internal MonitorDtmf(JObject json)
        : base(json)
    {
    }

    /// <summary>Gets the pressed digit: 0 to 9, * or #.</summary>
    public string Digit => Json["digit"] is JValue { Value: not null } digit ? digit.ToString(CultureInfo.InvariantCulture) : "";
}

/// <summary>A text message that was exchanged during the call.</summary>
public sealed class MonitorSms : MonitorItem
{
    internal MonitorSms(JObject json)
        : base(json)
    {
    }

    /// <summary>Gets the text of the message.</summary>
    public string Content => Text("content") ?? "";

    /// <summary>Gets the URLs of the attached media.</summary>
    public IReadOnlyList<string> MediaUrls => [.. (Json["multimedia"] as JArray ?? []).OfType<JObject>().Select(media => TextOf(media["url"])).OfType<string>()];
}

/// <summary>Context that was added to the live call, for example by the operation <c>updateLiveCall</c>.</summary>
public sealed class MonitorInjection : MonitorItem
{
    internal MonitorInjection(JObject json)
        : base(json)
    {
    }

    /// <summary>Gets the added text.</summary>
    public string Content => Text("content") ?? "";
}

/// <summary>An item with a role that this version of the SDK does not know. Its content is in <see cref="MonitorItem.Json"/>.</summary>
public sealed class UnknownMonitorItem : MonitorItem
{
    internal UnknownMonitorItem(JObject json)
        : base(json)
    {
    }
}
