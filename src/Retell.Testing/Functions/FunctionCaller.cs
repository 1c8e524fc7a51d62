using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Testing.State;
using Retell.Testing.Webhooks;

namespace Retell.Testing.Functions;

/// <summary>Calls custom functions as the API does: signed, with the call so far, and with the invocation and the result in the transcript.</summary>
internal sealed class FunctionCaller(Store store, SessionLifecycle lifecycle, OutboundHttp http)
{
    /// <summary>The agent receives no more of a result than this, in characters.</summary>
    private const int MaxContent = 15_000;

    private const double DefaultTimeoutMs = 120_000;

    /// <summary>Calls a function of the agent, and adds the invocation and the result to the transcript.</summary>
    public async Task<FakeFunctionCall> CallAsync(Session session, string name, JObject arguments, CancellationToken cancellationToken)
    {
        JObject tool;
        FakeFunctionCall call;
        OutboundRequest request;
        lock (store.Lock)
        {
            session.MustBeOpen();
            tool = CustomTools.Find(store, session, name);
            (call, request) = Prepare(session, tool, arguments, lifecycle.Invoke(session, name, arguments));
        }

        await SendAsync(call, request, tool, cancellationToken).ConfigureAwait(false);
        lock (store.Lock)
        {
            lifecycle.Complete(session, call.ToolCallId, call.Content, call.IsSuccess, call.Variables);
        }

        return call;
    }

    /// <summary>Calls a function that no agent has.</summary>
    public async Task<FakeFunctionCall> CallAsync(
        string url, FakeFunctionRequest settings, JObject arguments, int retry, FakeSignature signature, CancellationToken cancellationToken)
    {
        JObject tool = settings.ToTool(url, retry);
        FakeFunctionCall call;
        OutboundRequest request;
        lock (store.Lock)
        {
            Session session = settings.Session?.Session ?? lifecycle.Sample(settings.IsChat, "");
            (call, request) = Prepare(session, tool, arguments, toolCallId: "");
        }

        await SendAsync(call, request with { Signature = signature }, tool, cancellationToken).ConfigureAwait(false);
        return call;
    }

    private async Task SendAsync(FakeFunctionCall call, OutboundRequest request, JObject tool, CancellationToken cancellationToken)
    {
        int attempts = 1 + ((int?)tool["max_retry"] ?? 0);
        OutboundResult result;
        do
        {
            result = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            call.Attempts++;
            call.Duration += result.Duration;
        }
        while (!result.IsSuccess && call.Attempts < attempts);

        (call.Headers, call.Status, call.Error) = (result.Headers, result.Status, result.Error);
        string content = result.Error ?? result.Body;
        call.Content = content.Length <= MaxContent ? content : content[..MaxContent];
        call.Variables = result.IsSuccess ? Variables(tool, result.Body) : call.Variables;
    }

    private static (FakeFunctionCall Call, OutboundRequest Request) Prepare(Session session, JObject tool, JObject arguments, string toolCallId)
    {
        string name = (string)tool["name"]!;
        string method = (string?)tool["method"] ?? "POST";
        string url = Url(session, tool);
        string? body = method is "GET" or "DELETE" ? null
            : ((bool?)tool["args_at_root"] == true
                ? arguments
                : new JObject { ["name"] = name, [session.Family] = session.Item.Value.DeepClone(), ["args"] = arguments }).ToString(Formatting.None);
        IEnumerable<KeyValuePair<string, string>> headers =
            [.. Members(tool, "headers").Select(h => new KeyValuePair<string, string>(h.Name, Placeholders.Fill((string?)h.Value ?? "", session)))];
        var timeout = TimeSpan.FromMilliseconds((double?)tool["timeout_ms"] ?? DefaultTimeoutMs);
        return (new(name, toolCallId, method, url, body ?? ""), new(method, url, body, timeout) { Headers = headers, IsAwaited = true });
    }

    private static string Url(Session session, JObject tool)
    {
        string url = Placeholders.Fill((string)tool["url"]!, session, Uri.EscapeDataString);
        string query = string.Join('&', Members(tool, "query_params").Select(parameter =>
            $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(Placeholders.Fill((string?)parameter.Value ?? "", session))}"));
        return query.Length == 0 ? url : url + (url.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;
    }

    private static IEnumerable<JProperty> Members(JObject tool, string name) => (tool[name] as JObject ?? []).Properties();

    /// <summary>Only a JSON object fills variables; a path that leads nowhere fills none.</summary>
    private static Dictionary<string, string> Variables(JObject tool, string body)
    {
        var variables = new Dictionary<string, string>();
        JProperty[] wanted = [.. Members(tool, "response_variables")];
        if (wanted.Length > 0 && Text.Json(body) is JObject json)
        {
            foreach (JProperty variable in wanted)
            {
                if (At(json, (string?)variable.Value ?? "") is { Type: not JTokenType.Null } value)
                {
                    variables[variable.Name] = value is JValue { Value: string text } ? text : value.ToString(Formatting.None);
                }
            }
        }

        return variables;
    }

    private static JToken? At(JObject json, string path)
    {
        try
        {
            return json.SelectToken(path);
        }
        catch (Newtonsoft.Json.JsonException)
        {
            return null;
        }
    }
}
