using System.Text;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Testing.State;

namespace Retell.Testing.Webhooks;

/// <summary>Inbound calls and messages: the response to the inbound webhook of the number decides about them.</summary>
internal sealed class InboundWebhooks(Store store, WebhookSender sender, SessionLifecycle lifecycle)
{
    /// <summary>Receives a call or a message: asks the inbound webhook of the number, and creates the call or the chat unless it is rejected.</summary>
    public async Task<FakeInbound> ReceiveAsync(
        bool isChat, string fromNumber, string toNumber, IReadOnlyDictionary<string, string>? sipHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fromNumber);
        ArgumentNullException.ThrowIfNull(toNumber);
        JObject number;
        lock (store.Lock)
        {
            number = store.Existing("phone-number", toNumber)?.Value
                ?? throw new ArgumentException($"There is no phone number \"{toNumber}\". Create or seed it first.", nameof(toNumber));
        }

        JObject? bound = number[isChat ? "inbound_sms_agents" : "inbound_agents"]?.OfType<JObject>().FirstOrDefault();
        JObject question = Question(isChat, fromNumber, toNumber, (string?)bound?["agent_id"], bound?["agent_version"], sipHeaders);
        FakeInbound inbound = (string?)number[isChat ? "inbound_sms_webhook_url" : "inbound_webhook_url"] is { Length: > 0 } url
            ? await AskAsync(new(Name(isChat), url, question.ToString(Formatting.None), WebhookEvents.Timeout()), cancellationToken).ConfigureAwait(false)
            : new([], [], []);
        JObject answer = inbound.Members;
        string? agentId = (string?)answer["override_agent_id"] ?? (string?)bound?["agent_id"];
        if (inbound.IsRejected || agentId is null)
        {
            return inbound;
        }

        string id = (string)question[Name(isChat)]![isChat ? "chat_id" : "call_id"]!;
        lock (store.Lock)
        {
            Accept(isChat, id, fromNumber, toNumber, agentId, answer["override_agent_version"] ?? bound?["agent_version"], answer, sipHeaders);
        }

        return inbound.Of(id);
    }

    /// <summary>Sends an inbound webhook until there is a successful response or no retry is left, and reads the response.</summary>
    public async Task<FakeInbound> AskAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        IReadOnlyList<FakeWebhookDelivery> attempts = await sender.DeliverAsync(webhook, store.Options.WebhookRetries, cancellationToken).ConfigureAwait(false);
        var errors = new List<string>();
        JObject members = attempts[^1].IsSuccess ? Read(attempts[^1].Answer, webhook.Event, errors) : [];
        return new(attempts, members, errors);
    }

    /// <summary>Returns the body of an inbound webhook.</summary>
    public JObject Question(
        bool isChat, string from, string to, string? agentId = null, JToken? agentVersion = null, IReadOnlyDictionary<string, string>? sipHeaders = null)
    {
        string id;
        lock (store.Lock)
        {
            id = store.NextId(isChat ? "inbound_chat" : "inbound_call");
        }

        string name = Name(isChat);
        var asked = new JObject { [isChat ? "chat_id" : "call_id"] = id, ["from_number"] = from, ["to_number"] = to };
        if (agentId is not null)
        {
            asked["agent_id"] = agentId;
            asked["agent_version"] = agentVersion ?? 0;
        }

        if (sipHeaders is not null)
        {
            asked["custom_sip_headers"] = Headers(sipHeaders);
        }

        return new JObject { ["event"] = name, ["event_timestamp"] = store.Now, [name] = asked };
    }

    private static string Name(bool isChat) => isChat ? "chat_inbound" : "call_inbound";

    private static JObject Headers(IReadOnlyDictionary<string, string> headers) => new(headers.Select(h => new JProperty(h.Key.ToLowerInvariant(), h.Value)));

    /// <summary>Returns the valid members of the response.</summary>
    private JObject Read(string text, string name, List<string> errors)
    {
        try
        {
            if (text.Length == 0 || Text.ParseJson(Encoding.UTF8.GetBytes(text)) is not JObject { Count: > 0 } root)
            {
                return [];
            }

            if (root[name] is not JObject answer)
            {
                errors.Add($"$.{name} is missing");
                return [];
            }

            var valid = new JObject();
            foreach (JProperty member in answer.Properties())
            {
                if (Fault(member) is string fault)
                {
                    errors.Add($"$.{name}.{member.Name} {fault}");
                }
                else
                {
                    valid[member.Name] = member.Value;
                }
            }

            return valid;
        }
        catch (System.Text.Json.JsonException e)
        {
            errors.Add($"$ is not valid JSON: {e.Message}");
            return [];
        }
    }

    private string? Fault(JProperty member)
    {
        JToken value = member.Value;
        switch (member.Name)
        {
            case "reject":
                return value.Type == JTokenType.Boolean ? null : "must be true";
            case "override_agent_id":
                return value is JValue { Value: string { Length: > 0 } } ? null : "must be a string";
            case "override_agent_version":
                return value.Type is JTokenType.Integer or JTokenType.String ? null : "must be an integer or a string";
            case "metadata":
                return value is JObject ? null : "must be an object";
            case "dynamic_variables":
                return value is JObject map && map.Values().All(v => v.Type == JTokenType.String) ? null : "must be an object of strings";
            case "agent_override":
                var faults = new List<FakeRequestError>();
                store.Validator.Check(SampleFactory.Reference("AgentOverride"), value, "it", faults);
                return faults.Count == 0 ? null : $"is not valid: {string.Join("; ", faults)}";
            default:
                return "is not a known member here";
        }
    }

    private void Accept(
        bool isChat, string id, string from, string to, string agentId, JToken? version, JObject answer, IReadOnlyDictionary<string, string>? sipHeaders)
    {
        ResourceKind kind = store.Kind(isChat ? "chat" : "call");
        (string schema, JObject item) = store.Draft(kind, isChat ? "Chat" : "PhoneCall", [], id);
        StoredItem? agent = store.Agent(agentId);
        JObject? settings = agent is null ? null : AgentVersions.Find(agent, version) ?? agent.Value;
        JToken? number = settings?["version"] ?? (version?.Type == JTokenType.Integer ? version : null);
        store.Merge(schema, item, new JProperty[]
        {
            new("agent_id", agentId), new("agent_name", settings?["agent_name"]), new(isChat ? "version" : "agent_version", number ?? 0),
            new("from_number", from), new("to_number", to), new("direction", "inbound"), new("chat_type", "sms_chat"),
            new("metadata", answer["metadata"]), new("retell_llm_dynamic_variables", answer["dynamic_variables"]),
            new("custom_sip_headers", sipHeaders is null ? null : Headers(sipHeaders)),
        }.Where(m => m.Value.Type != JTokenType.Null));
        var stored = new StoredItem(schema, item)
        {
            AgentOverride = answer["agent_override"] as JObject,
            Facts = { ["direction"] = "inbound", ["agent_number"] = to, ["user_number"] = from },
        };
        lifecycle.Begin(new(kind, Store.Add(kind, stored)));
    }
}
