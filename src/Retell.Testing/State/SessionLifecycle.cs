using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Testing.Monitoring;
using Retell.Testing.Webhooks;

namespace Retell.Testing.State;

/// <summary>
/// The course of calls and chats: by the clock, or because a test says so. Each step schedules the next one and raises its webhook.
/// Callers hold the lock of the store.
/// </summary>
internal sealed class SessionLifecycle(Store store, Schedule schedule, WebhookEvents webhooks, MonitorHub monitors)
{
    /// <summary>What a second of a call costs, in cents, unless a test says otherwise.</summary>
    private const decimal CentsPerSecond = 0.1m;

    /// <summary>How long a sample of a call or a chat lasts, in milliseconds.</summary>
    private const long SampleLasts = 60_000;

    private FakeTimings Timings => store.Options.Timings;

    /// <summary>Begins a call that was just created: it waits to be connected. A chat is ongoing at once.</summary>
    public void Begin(Session session)
    {
        if (session.IsChat)
        {
            webhooks.Raise(session, "started");
            After(Timings.ChatLasts, session, () => End(session, null));
        }
        else
        {
            After(Timings.CallConnects, session, () => Start(session));
        }
    }

    /// <summary>Connects a registered call; does nothing to any other.</summary>
    public void Start(Session session)
    {
        if (session.Status != "registered")
        {
            return;
        }

        Set(session, new("call_status", "ongoing"), new("start_timestamp", store.Now));
        webhooks.Raise(session, "started");
        After(Timings.CallLasts, session, () => End(session, "user_hangup"));
    }

    /// <summary>Ends a call or a chat that has not ended.</summary>
    /// <param name="session">The call or the chat.</param>
    /// <param name="reason">The disconnection reason of a call.</param>
    /// <param name="cost">What a call costs in total, in cents; null to derive it from the duration.</param>
    public void End(Session session, string? reason, decimal? cost = null)
    {
        if (session.HasEnded)
        {
            return;
        }

        Set(session, EndOf(session, reason ?? "user_hangup", cost));
        if (!session.IsChat)
        {
            monitors.Of(session.Id).End((string)session.Item.Value["disconnection_reason"]!, store.Now);
        }

        webhooks.Raise(session, "ended");
        After(Timings.AnalysisTakes, session, () => Analyze(session, []));
    }

    /// <summary>Analyzes a call or a chat that has ended.</summary>
    /// <param name="session">The call or the chat.</param>
    /// <param name="members">The members of the analysis that matter.</param>
    public void Analyze(Session session, JObject members)
    {
        session.Item.Stage++;
        Set(session, AnalysisOf(session, members));
        webhooks.Raise(session, "analyzed");
    }

    /// <summary>
    /// Creates a call or a chat that the fake does not keep, as it is when an event is sent: a new one, an ongoing one in which something was said,
    /// an ended one, or an analyzed one.
    /// </summary>
    public Session Sample(bool isChat, string eventName)
    {
        ResourceKind kind = store.Kind(isChat ? "chat" : "call");
        (string schema, JObject item) = store.Draft(kind, isChat ? "Chat" : "PhoneCall", [], store.NextId("sample_" + kind.Noun));
        var session = new Session(kind, new StoredItem(schema, item));
        bool isNew = eventName == kind.Noun + "_started";
        long start = store.Now - (isNew ? 0 : SampleLasts);
        Complete(new(kind.Noun + "_status", "ongoing"), new("start_timestamp", start));
        if (!isNew)
        {
            JArray said = Smalltalk();
            Complete(isChat ? Written([.. said.Select(u => Message(new() { ["role"] = u["role"], ["content"] = u["content"] }))]) : Spoken(said, said));
        }

        bool isAnalyzed = eventName == kind.Noun + "_analyzed";
        if (isAnalyzed || eventName == kind.Noun + "_ended" || eventName == "transfer_ended")
        {
            Complete(EndOf(session, eventName == "transfer_ended" ? "call_transfer" : "user_hangup", null));
        }

        if (isAnalyzed)
        {
            Complete(AnalysisOf(session, []));
        }

        return session;

        void Complete(params IEnumerable<JProperty> members) => store.Merge(schema, item, [.. members]);
    }

    /// <summary>Lists what would be wrong in an analysis.</summary>
    public List<FakeRequestError> AnalysisErrors(Session session, JObject members)
    {
        var errors = new List<FakeRequestError>();
        store.Validator.Check(Place(session, session.AnalysisName), Analysis(session, members), "$", errors);
        return errors;
    }

    /// <summary>Lists what is wrong with a disconnection reason.</summary>
    public List<FakeRequestError> ReasonErrors(Session session, string reason)
    {
        var errors = new List<FakeRequestError>();
        store.Validator.Check(Place(session, "disconnection_reason"), reason, "disconnection_reason", errors);
        return errors;
    }

    /// <summary>Adds what somebody says to the transcript.</summary>
    public void Say(Session session, string role, string content)
    {
        Append(session, session.IsChat ? Message(new() { ["role"] = role, ["content"] = content }) : Utterance(role, content), isSpoken: true);
        webhooks.Raise(session, "transcript_updated");
    }

    /// <summary>Adds the invocation of a custom function to the transcript.</summary>
    /// <returns>The ID of the tool call.</returns>
    public string Invoke(Session session, string function, JObject arguments)
    {
        string id = store.NextId("tool_call");
        Append(session, Entry(session, new()
        {
            ["role"] = "tool_call_invocation",
            ["tool_call_id"] = id,
            ["name"] = function,
            ["arguments"] = arguments.ToString(Formatting.None),
        }));
        return id;
    }

    /// <summary>Adds the result of a custom function to the transcript, and sets the variables that it fills.</summary>
    public void Complete(Session session, string toolCallId, string content, bool isSuccess, IReadOnlyDictionary<string, string> variables)
    {
        Append(session, Entry(session, new() { ["role"] = "tool_call_result", ["tool_call_id"] = toolCallId, ["content"] = content, ["successful"] = isSuccess }));
        if (variables.Count > 0)
        {
            JObject all = ObjectMembers.With(
                session.Item.Value["collected_dynamic_variables"] as JObject,
                variables.Select(variable => new JProperty(variable.Key, variable.Value)));
            Set(session, new JProperty("collected_dynamic_variables", all));
        }
    }

    /// <summary>Raises any other event.</summary>
    public void Tell(Session session, string eventName, JObject more) => webhooks.Raise(session, eventName, more);

    private void After(TimeSpan? after, Session session, Action action) => schedule.After(after, session.Kind, session.Item, action);

    private void Set(Session session, params IEnumerable<JProperty> members) => store.Change(session.Kind, session.Item, members);

    private JObject Place(Session session, string member) => (JObject)store.Document.Component(session.Item.Schema)!["properties"]![member]!;

    private void Append(Session session, JObject entry, bool isSpoken = false)
    {
        JObject value = session.Item.Value;
        if (session.IsChat)
        {
            JArray messages = [.. value["message_with_tool_calls"] ?? new JArray(), entry];
            Set(session, Written(messages));
            return;
        }

        JArray spoken = [.. value["transcript_object"] ?? new JArray()];
        JArray all = [.. value["transcript_with_tool_calls"] ?? spoken, entry];
        if (isSpoken)
        {
            spoken.Add(entry);
        }

        Set(session, Spoken(spoken, all));
        monitors.Of(session.Id).Add(entry, (store.Now - ((long?)value["start_timestamp"] ?? store.Now)) / 1000.0);
    }

    private JObject Entry(Session session, JObject entry) => session.IsChat ? Message(entry) : entry;

    private JObject Message(JObject entry) => new(entry) { ["message_id"] = store.NextId("message"), ["created_timestamp"] = store.Now };

    /// <summary>The members of a call that say what was spoken.</summary>
    private static JProperty[] Spoken(JArray spoken, JToken all) =>
        [new("transcript_object", spoken), new("transcript_with_tool_calls", all), new("transcript", Transcript(spoken))];

    /// <summary>The members of a chat that say what was written.</summary>
    private static JProperty[] Written(JArray messages) => [new("message_with_tool_calls", messages), new("transcript", Transcript(messages))];

    private static JArray Smalltalk() => [Utterance("agent", "Hello, how can I help you?"), Utterance("user", "That is all, thank you.")];

    private static JObject Utterance(string role, string content) => new() { ["role"] = role, ["content"] = content, ["words"] = new JArray() };

    private IEnumerable<JProperty> EndOf(Session session, string reason, decimal? cost) =>
        session.IsChat ? [new("chat_status", "ended"), new("end_timestamp", store.Now)] : EndOfCall(session, reason, cost);

    private JProperty AnalysisOf(Session session, JObject members) => new(session.AnalysisName, Analysis(session, members));

    private IEnumerable<JProperty> EndOfCall(Session session, string reason, decimal? cost)
    {
        JObject call = session.Item.Value;
        long now = store.Now;
        bool wasConnected = session.Status == "ongoing";
        long duration = wasConnected ? now - ((long?)call["start_timestamp"] ?? now) : 0;
        yield return new("call_status", Disconnection.Status(reason, wasConnected));
        yield return new("disconnection_reason", reason);
        yield return new("end_timestamp", now);
        yield return new("call_cost", Cost(duration, cost));
        if (!wasConnected)
        {
            yield break;
        }

        JArray said = call["transcript_object"] as JArray ?? Smalltalk();
        yield return new("duration_ms", duration);
        yield return new("latency", Latency(Math.Max(1, said.Count(u => (string?)u["role"] == "agent"))));
        string url = $"https://example.com/{session.Id}/";
        yield return new("public_log_url", url + "public.log");
        if ((string?)call["data_storage_setting"] == "basic_attributes_only")
        {
            yield break;
        }

        foreach (JProperty member in Spoken(said, call["transcript_with_tool_calls"] ?? said))
        {
            yield return member;
        }

        yield return new("recording_url", url + "recording.wav");
    }

    /// <summary>The cost of a call: all of it for the voice agent.</summary>
    private static JObject Cost(long durationMs, decimal? total)
    {
        decimal seconds = durationMs / 1000m;
        decimal cost = total ?? seconds * CentsPerSecond;
        decimal price = total is null ? CentsPerSecond : seconds > 0 ? cost / seconds : 0;
        return new()
        {
            ["product_costs"] = new JArray(new JObject { ["product"] = "voice_agent", ["unit_price"] = (double)price, ["cost"] = (double)cost }),
            ["total_duration_seconds"] = (double)seconds,
            ["total_duration_unit_price"] = (double)price,
            ["combined_cost"] = (double)cost,
        };
    }

    /// <summary>The latency of a call, in milliseconds: the same in every turn of the agent.</summary>
    private static JObject Latency(int turns)
    {
        return new() { ["e2e"] = Of(800), ["llm"] = Of(500), ["tts"] = Of(200) };

        JObject Of(int value) => new()
        {
            ["p50"] = value,
            ["p90"] = value,
            ["p95"] = value,
            ["p99"] = value,
            ["max"] = value,
            ["min"] = value,
            ["num"] = turns,
            ["values"] = new JArray(Enumerable.Repeat(value, turns)),
        };
    }

    private JObject Analysis(Session session, JObject members)
    {
        string family = session.IsChat ? "chat" : "call";
        JObject analysis = new()
        {
            [family + "_summary"] = $"A {family} of the fake.",
            ["user_sentiment"] = "Neutral",
            [family + "_successful"] = true,
            ["custom_analysis_data"] = new JObject(webhooks.AnalysisData(session).Select(data => new JProperty((string)data["name"]!, Sample(data)))),
        };
        if (!session.IsChat)
        {
            analysis["in_voicemail"] = (string?)session.Item.Value["disconnection_reason"] == "voicemail_reached";
        }

        return ObjectMembers.With(analysis, members.Properties());
    }

    private static JToken Sample(JObject data) => (string?)data["type"] switch
    {
        "enum" => data["choices"]?.FirstOrDefault()?.DeepClone() ?? "text",
        "boolean" => true,
        "number" => 1,
        _ => "text",
    };

    private static string Transcript(JArray said)
    {
        return string.Concat(said.Where(u => (string?)u["role"] is "agent" or "user").Select(u => $"{Speaker((string?)u["role"])}: {(string?)u["content"]}\n"));

        static string Speaker(string? role) => role == "agent" ? "Agent" : "User";
    }
}
