using Newtonsoft.Json.Linq;
using Retell.Testing.Webhooks;

namespace Retell.Testing.State;

/// <summary>
/// What happens to things after they were created: by the clock, or because a test says so. Each step plans the next one and
/// raises its webhook. Whoever calls it holds the lock of the store.
/// </summary>
internal sealed class Lifecycle(Store store, WebhookEvents webhooks)
{
    private static readonly string[] s_results = ["pass", "fail", "error"];

    private FakeTimings Timings => store.Options.Timings;

    /// <summary>A call that was just created.</summary>
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

    /// <summary>A registered call is answered; anything else stays as it is.</summary>
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

    /// <summary>A call or a chat ends, unless it has.</summary>
    /// <param name="session">The call or the chat.</param>
    /// <param name="reason">The disconnection reason of a call.</param>
    public void End(Session session, string? reason)
    {
        if (session.HasEnded)
        {
            return;
        }

        Set(session, session.IsChat ? [new("chat_status", "ended"), new("end_timestamp", store.Now)] : EndOfCall(session, reason ?? "user_hangup"));
        webhooks.Raise(session, "ended");
        After(Timings.AnalysisTakes, session, () => Analyze(session, []));
    }

    /// <summary>What has ended is analyzed, again if it was.</summary>
    /// <param name="session">The call or the chat.</param>
    /// <param name="said">What the analysis says; the rest is plain.</param>
    public void Analyze(Session session, JObject said)
    {
        session.Item.Stage++;
        Set(session, new JProperty(session.AnalysisName, Analysis(session, said)));
        webhooks.Raise(session, "analyzed");
    }

    /// <summary>Somebody says something.</summary>
    public void Say(Session session, string role, string content)
    {
        string list = session.IsChat ? "message_with_tool_calls" : "transcript_object";
        JObject said = session.IsChat
            ? new() { ["message_id"] = store.NextId("message"), ["role"] = role, ["content"] = content, ["created_timestamp"] = store.Now }
            : new() { ["role"] = role, ["content"] = content, ["words"] = new JArray() };
        JArray all = [.. session.Item.Value[list] ?? new JArray(), said];
        Set(session, [new(list, all), new("transcript", Transcript(all)), .. session.IsChat ? [] : new[] { new JProperty("transcript_with_tool_calls", all) }]);
        webhooks.Raise(session, "transcript_updated");
    }

    /// <summary>Something else happens that only webhooks tell.</summary>
    public void Tell(Session session, string eventName, JObject more) => webhooks.Raise(session, eventName, more);

    /// <summary>A knowledge base has sources to read.</summary>
    public void Read(StoredItem knowledgeBase)
    {
        int stage = ++knowledgeBase.Stage;
        After(Timings.KnowledgeBaseTakes, store.Kind("knowledge-base"), knowledgeBase, stage, () => store.Change(
            store.Kind("knowledge-base"), knowledgeBase, [new("status", "complete"), new("last_refreshed_timestamp", store.Now)]));
    }

    /// <summary>A batch test runs; those of its runs pass that nobody let fail.</summary>
    public void Run(StoredItem batch, IReadOnlyList<StoredItem> runs)
    {
        (ResourceKind batches, ResourceKind kind) = (store.Kind("batch-test"), store.Kind("test-run"));
        After(Timings.BatchTestTakes, batches, batch, batch.Stage, () =>
        {
            foreach (StoredItem run in runs.Where(r => (string?)r.Value["status"] is "in_progress" or "pending"))
            {
                store.Change(kind, run, [new("status", "pass"), new("user_modified_timestamp", store.Now)]);
            }

            store.Change(batches, batch, [
                new("status", "complete"), new("user_modified_timestamp", store.Now),
                .. s_results.Select(status => new JProperty(status + "_count", runs.Count(r => (string?)r.Value["status"] == status))),
            ]);
        });
    }

    /// <summary>A job runs and is over after a while.</summary>
    public JObject RunJob(string name)
    {
        var job = new JObject { ["status"] = "running", ["start_timestamp"] = store.Now, ["succeeded"] = 0, ["failed"] = 0, ["triggered_by"] = "manual" };
        store.Singles[name] = job;
        Later(Timings.JobTakes, () => job["status"] = "idle");
        return job;
    }

    /// <summary>Does something at its time, under the lock, unless everything was forgotten by then.</summary>
    public void Later(TimeSpan? after, Action action)
    {
        if (after is TimeSpan time)
        {
            int generation = store.Generation;
            store.Clock.Schedule(time, () =>
            {
                lock (store.Lock)
                {
                    if (generation == store.Generation)
                    {
                        action();
                    }
                }
            });
        }
    }

    private void After(TimeSpan? after, Session session, Action action) => After(after, session.Kind, session.Item, ++session.Item.Stage, action);

    /// <summary>Does something to a thing at its time, unless it is gone by then or something else happened to it.</summary>
    private void After(TimeSpan? after, ResourceKind kind, StoredItem item, int stage, Action action) => Later(after, () =>
    {
        if (item.Stage == stage && kind.TryGet((string)item.Value[kind.IdName]!, out StoredItem? kept) && kept == item)
        {
            action();
        }
    });

    private void Set(Session session, params IEnumerable<JProperty> members) => store.Change(session.Kind, session.Item, members);

    private IEnumerable<JProperty> EndOfCall(Session session, string reason)
    {
        JObject call = session.Item.Value;
        long now = store.Now;
        bool wasConnected = session.Status == "ongoing";
        yield return new("call_status", Disconnection.Status(reason, wasConnected));
        yield return new("disconnection_reason", reason);
        yield return new("end_timestamp", now);
        if (!wasConnected)
        {
            yield break;
        }

        yield return new("duration_ms", now - ((long?)call["start_timestamp"] ?? now));
        string url = $"https://example.com/{session.Id}/";
        yield return new("public_log_url", url + "public.log");
        if ((string?)call["data_storage_setting"] == "basic_attributes_only")
        {
            yield break;
        }

        JArray said = call["transcript_object"] as JArray ?? [Utterance("agent", "Hello, how can I help you?"), Utterance("user", "That is all, thank you.")];
        yield return new("transcript_object", said);
        yield return new("transcript_with_tool_calls", call["transcript_with_tool_calls"] ?? said);
        yield return new("transcript", Transcript(said));
        yield return new("recording_url", url + "recording.wav");

        static JObject Utterance(string role, string content) => new() { ["role"] = role, ["content"] = content, ["words"] = new JArray() };
    }

    private JObject Analysis(Session session, JObject said)
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

        foreach (JProperty member in said.Properties())
        {
            analysis[member.Name] = member.Value.DeepClone();
        }

        return analysis;
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
        return string.Concat(said.Where(u => u["content"] is not null).Select(u => $"{Speaker((string?)u["role"])}: {(string?)u["content"]}\n"));

        static string Speaker(string? role) => role == "agent" ? "Agent" : "User";
    }
}
