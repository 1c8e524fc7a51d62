using System.Buffers;
using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Testing.Llm;

/// <summary>Reads the messages of a custom-LLM server: sorts them into turns, and finds what violates the protocol. The caller holds its lock.</summary>
internal sealed class CallerProtocol(TimeProvider clock)
{
    private static readonly SearchValues<char> s_sentenceEnds = SearchValues.Create(".!?…。！？\n");

    private readonly List<FakeLlmTurn> _turns = [];
    private readonly List<FakeLlmViolation> _violations = [];
    private readonly List<JObject> _frames = [];
    private readonly List<JObject> _toolItems = [];
    private readonly Dictionary<string, FakeLlmTool> _tools = new(StringComparer.Ordinal);
    private int _framesOfConnection;

    public IReadOnlyList<FakeLlmTurn> Turns => _turns;

    public IReadOnlyList<FakeLlmViolation> Violations => _violations;

    public IReadOnlyList<JObject> Frames => _frames;

    public FakeLlmTurn Live => _turns[^1];

    public JObject? Config { get; private set; }

    public int Connection { get; private set; }

    public int Pongs { get; private set; }

    /// <summary>Gets a value indicating whether the server has asked for the end or the transfer of the call.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Returns a value indicating whether a setting of a configuration is true.</summary>
    public static bool IsSet(JObject? config, string setting) => (bool?)(config?[setting] as JValue) == true;

    public void Connected()
    {
        Connection++;
        _framesOfConnection = 0;
    }

    public FakeLlmTurn Begin(long id, string? userText, bool isReminder)
    {
        if (_turns.Count > 0 && !Live.IsClosed)
        {
            Live.IsSuperseded = true;
        }

        var turn = new FakeLlmTurn(id, userText, isReminder, clock.GetTimestamp());
        _turns.Add(turn);
        return turn;
    }

    /// <summary>Returns the items of tool calls that arrived since the last call.</summary>
    public IReadOnlyList<JObject> TakeToolItems()
    {
        List<JObject> items = [.. _toolItems];
        _toolItems.Clear();
        return items;
    }

    public void Violate(string rule, string message)
    {
        var violation = new FakeLlmViolation(rule, message);
        _violations.Add(violation);
        Live.Add(violation);
    }

    public void Apply(JObject frame)
    {
        _frames.Add(frame);
        _framesOfConnection++;
        switch (Require(frame, "response_type", JTokenType.String) ? (string)frame["response_type"]! : null)
        {
            case null:
                break;
            case "config":
                ApplyConfig(frame);
                break;
            case "ping_pong":
                Pongs++;
                Require(frame, "timestamp", JTokenType.Integer, JTokenType.Float);
                break;
            case "response":
                ApplyResponse(frame);
                break;
            case "agent_interrupt":
                if (Require(frame, "interrupt_id", JTokenType.Integer) & Require(frame, "content", JTokenType.String) & Require(frame, "content_complete", JTokenType.Boolean))
                {
                    HasEnded |= ActionOf(frame)?.IsEnd == true;
                }

                break;
            case "tool_call_invocation":
                ApplyInvocation(frame);
                break;
            case "tool_call_result":
                ApplyResult(frame);
                break;
            case "update_agent":
                ApplySettings(frame);
                break;
            case "metadata":
                if (frame["metadata"] is null)
                {
                    Violate("missing-member", "metadata: the member \"metadata\" is missing.");
                }

                break;
            case string type:
                Violate("unknown-type", $"The response_type \"{type}\" is not known.");
                break;
        }
    }

    private void ApplyConfig(JObject frame)
    {
        if (_framesOfConnection > 1)
        {
            Violate("config-not-first", "The config must be the first message of a connection.");
        }

        if (Require(frame, "config", JTokenType.Object))
        {
            Config = (JObject)frame["config"]!;
            foreach (JProperty setting in Config.Properties().Where(setting => setting.Name is "auto_reconnect" or "call_details" or "transcript_with_tool_calls"))
            {
                Require(Config, setting.Name, JTokenType.Boolean);
            }
        }
    }

    private void ApplyResponse(JObject frame)
    {
        if (!(Require(frame, "response_id", JTokenType.Integer) & Require(frame, "content", JTokenType.String) & Require(frame, "content_complete", JTokenType.Boolean)))
        {
            return;
        }

        long id = (long)frame["response_id"]!;
        string content = (string)frame["content"]!;
        bool isComplete = (bool)frame["content_complete"]!;
        FakeLlmTurn live = Live;
        if (id > live.ResponseId)
        {
            Violate("unknown-response", Invariant($"The response_id {id} was not requested."));
        }
        else if (id < live.ResponseId)
        {
            // A server may greet again on a new connection: Retell drops it.
            if (live.Frames > 0 && !(id == 0 && Connection > 1))
            {
                Violate("stale-response", Invariant($"Content for response {id} arrived after the first frame of response {live.ResponseId}."));
            }
        }
        else if (live.IsClosed)
        {
            if (live.ClosedOnConnection == Connection || content.Length > 0)
            {
                Violate("after-close", Invariant($"Response {id} was closed already."));
            }
        }
        else
        {
            Apply(live, content, isComplete, ActionOf(frame));
        }
    }

    private void Apply(FakeLlmTurn live, string content, bool isComplete, FakeLlmAction? action)
    {
        TimeSpan elapsed = clock.GetElapsedTime(live.Started);
        live.Frames++;
        live.TimeToFirstFrame ??= elapsed;
        live.Add(content);
        if (content.AsSpan().ContainsAny(s_sentenceEnds) || (isComplete && live.Text.Length > 0))
        {
            live.TimeToFirstSentence ??= elapsed;
        }

        if (action is not null && live.Action is not null)
        {
            Violate("several-actions", Invariant($"Response {live.ResponseId} has more than one action."));
        }

        live.Action ??= action;
        if (isComplete)
        {
            live.ClosedOnConnection = Connection;
            HasEnded |= live.Action?.IsEnd == true;
        }
    }

    private FakeLlmAction? ActionOf(JObject frame)
    {
        bool endsCall = Flag(frame, "end_call") == true;
        string? number = Text(frame, "transfer_number");
        string? digits = Text(frame, "digit_to_press");
        bool shows = Flag(frame, "show_transferee_as_caller") == true;
        Optional(frame, "no_interruption_allowed", JTokenType.Boolean);
        int count = (endsCall ? 1 : 0) + (number is null ? 0 : 1) + (digits is null ? 0 : 1);
        if (count > 1)
        {
            Violate("several-actions", "A frame has more than one of end_call, transfer_number and digit_to_press.");
        }

        return count == 0 ? null : new(endsCall, endsCall ? null : number, shows, endsCall || number is not null ? null : digits);
    }

    private void ApplyInvocation(JObject frame)
    {
        if (!(Require(frame, "tool_call_id", JTokenType.String) & Require(frame, "name", JTokenType.String) & Require(frame, "arguments", JTokenType.String)))
        {
            return;
        }

        var tool = new FakeLlmTool((string)frame["tool_call_id"]!, (string)frame["name"]!, (string)frame["arguments"]!);
        if (!_tools.TryAdd(tool.ToolCallId, tool))
        {
            Violate("tool-id-twice", $"The tool_call_id \"{tool.ToolCallId}\" was used before.");
        }

        Live.Add(tool);
        _toolItems.Add(new JObject { ["role"] = "tool_call_invocation", ["tool_call_id"] = tool.ToolCallId, ["name"] = tool.Name, ["arguments"] = tool.Arguments });
    }

    private void ApplyResult(JObject frame)
    {
        if (!(Require(frame, "tool_call_id", JTokenType.String) & Require(frame, "content", JTokenType.String)))
        {
            return;
        }

        string id = (string)frame["tool_call_id"]!;
        if (!_tools.TryGetValue(id, out FakeLlmTool? tool))
        {
            Violate("tool-not-invoked", $"There is no invocation with the tool_call_id \"{id}\".");
            return;
        }

        tool.IsSuccessful = Flag(frame, "successful");
        tool.Result = (string)frame["content"]!;
        _toolItems.Add(new JObject { ["role"] = "tool_call_result", ["tool_call_id"] = id, ["content"] = tool.Result, ["successful"] = tool.IsSuccessful });
    }

    private void ApplySettings(JObject frame)
    {
        if (!Require(frame, "agent_config", JTokenType.Object))
        {
            return;
        }

        var config = (JObject)frame["agent_config"]!;
        foreach ((string name, double least, double most) in new[]
        {
            ("responsiveness", 0, 1), ("interruption_sensitivity", 0, 1), ("reminder_trigger_ms", double.Epsilon, double.MaxValue), ("reminder_max_count", 0, double.MaxValue),
        })
        {
            if (Optional(config, name, JTokenType.Integer, JTokenType.Float) && ((double)config[name]! < least || (double)config[name]! > most))
            {
                Violate("out-of-range", $"update_agent: \"{name}\" is out of range.");
            }
        }
    }

    private string? Text(JObject frame, string name) => Optional(frame, name, JTokenType.String) ? (string)frame[name]! : null;

    private bool? Flag(JObject frame, string name) => Optional(frame, name, JTokenType.Boolean) ? (bool)frame[name]! : null;

    private bool Require(JObject frame, string name, params JTokenType[] types)
    {
        if (frame[name] is not null)
        {
            return Optional(frame, name, types);
        }

        Violate("missing-member", $"{TypeOf(frame)}: the member \"{name}\" is missing.");
        return false;
    }

    private bool Optional(JObject frame, string name, params JTokenType[] types)
    {
        if (frame[name] is not JToken value || value.Type == JTokenType.Null)
        {
            return false;
        }

        if (types.Contains(value.Type))
        {
            return true;
        }

        Violate("wrong-type", $"{TypeOf(frame)}: the member \"{name}\" is not of the type {types[0]}.");
        return false;
    }

    private static string TypeOf(JObject frame) => (string?)(frame["response_type"] as JValue) ?? "A message";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
