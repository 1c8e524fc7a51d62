using System.CommandLine;
using Newtonsoft.Json.Linq;
using Retell.Cli.Commands;
using Retell.Cli.Http;
using Retell.Cli.Output;
using Retell.Testing;

namespace Retell.Cli.Webhooks;

/// <summary>Sends a sample of an event and prints the responses.</summary>
internal static class TriggerRun
{
    /// <summary>The members that identify what an event is about. They are new in each run: an application ignores what it has seen before.</summary>
    private static readonly string[] s_ids = ["call_id", "chat_id", "alert_incident_id"];

    /// <param name="trigger">What was typed.</param>
    /// <param name="run">The context of the run.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="complete">Sets the members of the sample that were typed.</param>
    /// <param name="cancellationToken">The token that cancels the delivery.</param>
    public static async Task<int> RunAsync(Trigger trigger, RunContext run, ParseResult parsed, Func<JObject, JObject> complete, CancellationToken cancellationToken)
    {
        bool isDryRun = parsed.GetValue(run.Globals.DryRun);
        using ResultWriter writer = run.CreateWriter(parsed);
        var server = new FakeRetellServer(new()
        {
            ApiKey = trigger.Key,
            TimeProvider = run.Environment.Time,
            WebhookClock = run.Environment.Time,
            WebhookHosts = [trigger.To.Host],
            WebhookRetries = trigger.Retries,
            WebhookHandler = isDryRun ? new DryRunHandler(run.Environment.Output) : run.Environment.Handler,
        });
        await using (server.ConfigureAwait(false))
        {
            JObject body = complete(WithNewIds(server.Webhooks.CreateSample(trigger.Event)));
            IReadOnlyList<Outcome> outcomes = await SendAsync(server.Webhooks, trigger, body, cancellationToken).ConfigureAwait(false);
            return isDryRun ? ExitCode.Success : await PrintAsync(outcomes, writer, run.Environment.Error).ConfigureAwait(false);
        }
    }

    private static JObject WithNewIds(JObject body)
    {
        string json = RetellJson.Serialize(body);
        foreach (JProperty id in body.Descendants().OfType<JProperty>().Where(member => s_ids.Contains(member.Name)))
        {
            // Other members, such as the URL of the recording, contain it too.
            json = json.Replace((string)id.Value!, $"{id.Name[..^"_id".Length]}_{Guid.NewGuid():N}", StringComparison.Ordinal);
        }

        return RetellJson.Deserialize<JObject>(json)!;
    }

    private static async Task<IReadOnlyList<Outcome>> SendAsync(FakeWebhooks webhooks, Trigger trigger, JObject body, CancellationToken cancellationToken)
    {
        FakeSignature signature = Enum.GetValues<FakeSignature>().FirstOrDefault(kind => Names.Kebab(kind.ToString()) == trigger.BadSignature, FakeSignature.Valid);
        string url = trigger.To.AbsoluteUri;
        if ((string?)(body["event"] as JValue) is not ("call_inbound" or "chat_inbound"))
        {
            IReadOnlyList<FakeWebhookDelivery> attempts =
                await webhooks.DeliverAsync(body, url, trigger.Times, signature, trigger.Retries, trigger.Timeout, cancellationToken).ConfigureAwait(false);
            return [.. attempts.Select((attempt, i) => new Outcome(attempt, Json(attempt), [], IsRetried: i + 1 < attempts.Count && attempts[i + 1].Attempt > 1))];
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(trigger.Times, 1, "times");
        var outcomes = new List<Outcome>();
        for (int i = 0; i < trigger.Times; i++)
        {
            FakeInbound inbound = await webhooks.SendInboundAsync(body, url, signature, trigger.Timeout, cancellationToken).ConfigureAwait(false);
            JObject json = Json(inbound.Deliveries[^1]);
            json["response"] = inbound.Response is null ? null : RetellJson.Deserialize<JObject>(inbound.Response.ToJson())!.PropertyValues().Single();
            json["errors"] = new JArray(inbound.Errors);
            outcomes.Add(new(inbound.Deliveries[^1], json, inbound.Errors, IsRetried: false));
        }

        return outcomes;
    }

    private static JObject Json(FakeWebhookDelivery delivery)
    {
        var json = new JObject
        {
            ["event"] = delivery.Event,
            ["url"] = delivery.Url,
            ["attempt"] = delivery.Attempt,
            ["status"] = delivery.Status,
            ["time_ms"] = Math.Round(delivery.Duration.TotalMilliseconds, 1),
            ["body"] = delivery.Answer,
        };
        if (delivery.Error is not null)
        {
            json["error"] = delivery.Error;
        }

        return json;
    }

    /// <summary>Prints one response as an object and several as a list. Returns the exit code for the first one that failed.</summary>
    private static async Task<int> PrintAsync(IReadOnlyList<Outcome> outcomes, ResultWriter writer, TextWriter error)
    {
        if (outcomes is [var only])
        {
            writer.WriteOne(only.Json);
        }
        else
        {
            writer.BeginList();
            foreach (Outcome outcome in outcomes)
            {
                writer.WriteItem(outcome.Json);
            }

            writer.EndList();
        }

        if (outcomes.FirstOrDefault(outcome => outcome.Fault is not null) is not { } failed)
        {
            return ExitCode.Success;
        }

        await error.WriteLineAsync($"error: {Plain.Text(failed.Fault!)}").ConfigureAwait(false);
        return failed.Delivery.IsSuccess ? ExitCode.Failure : ExitCode.OfStatus(failed.Delivery.Status);
    }

    /// <summary>What became of a delivery, and what the API would not accept in the response.</summary>
    private sealed record Outcome(FakeWebhookDelivery Delivery, JObject Json, IReadOnlyList<string> Errors, bool IsRetried)
    {
        public string? Fault => Delivery switch
        {
            _ when IsRetried => null,
            { Status: null } => $"{Delivery.Url} did not respond: {Delivery.Error}",
            { IsSuccess: false } => $"{Delivery.Url} responded with status {Delivery.Status}.",
            _ when Errors.Count > 0 => $"The API would not accept the response: {string.Join("; ", Errors)}.",
            _ => null,
        };
    }
}
