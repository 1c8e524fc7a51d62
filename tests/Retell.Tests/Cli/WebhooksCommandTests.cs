using Newtonsoft.Json.Linq;
using Retell.Cli;
using Retell.Cli.Webhooks;
using Retell.Testing;
using Retell.Tests.Build;
using Retell.Tests.Testing;
using Retell.Webhooks;

namespace Retell.Tests.Cli;

/// <summary><c>retell webhooks trigger</c>, over a socket.</summary>
internal sealed class WebhooksCommandTests
{
    private const string Key = "key_a";

    private static IEnumerable<string> Events => WebhooksCommand.Events;

    private static IEnumerable<string> BadSignatures => WebhooksCommand.BadSignatures;

    [Test]
    public void Lists_of_the_command_are_those_of_the_fake()
    {
        Assert.That(WebhooksCommand.Events, Is.EqualTo(new FakeRetellServer().Webhooks.Events));
        Assert.That(
            WebhooksCommand.BadSignatures,
            Is.EqualTo(Enum.GetValues<FakeSignature>().Where(kind => kind != FakeSignature.Valid).Select(kind => Names.Kebab(kind.ToString()))));
    }

    [TestCaseSource(nameof(Events))]
    public async Task Trigger_sends_the_signed_event(string name)
    {
        string body = name.EndsWith("_inbound", StringComparison.Ordinal) ? "" : "thanks";
        await using ListeningApplication app = await ListeningApplication.StartAsync((arrived, _) =>
            Task.FromResult((RetellWebhook.Verify(arrived.Body, arrived.Signature, Key) ? 200 : 401, body)));

        CliRun run = await TriggerAsync(app, name);

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((ExitCode.Success, "")));
        Assert.That(
            ((string?)run.Json["event"], (string?)run.Json["url"], (int?)run.Json["attempt"], (int?)run.Json["status"], (string?)run.Json["body"]),
            Is.EqualTo((name, app.Url, (int?)1, (int?)200, body)));
        Assert.That((double)run.Json["time_ms"]!, Is.Not.Negative);
        Assert.That(RetellWebhook.Parse(app.Requests.Single().Body), Is.Not.InstanceOf<UnknownWebhookEvent>().And.Property("Event").EqualTo(name));
    }

    [Test]
    public async Task Trigger_reads_the_key_of_the_environment_and_takes_a_new_call_each_time()
    {
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync("key_env");
        for (int i = 0; i < 2; i++)
        {
            CliRun run = await CliRun.RunAsync(
                ["webhooks", "trigger", "call_ended", "--to", app.Url],
                environment => environment with { Handler = null, Variable = name => name == "RETELL_API_KEY" ? "key_env" : null });
            Assert.That(run.ExitCode, Is.Zero, run.Error);
        }

        JToken[] calls = [.. app.Requests.Select(arrived => JObject.Parse(arrived.Text)["call"]!)];
        Assert.That((string?)calls[0]["call_id"], Does.StartWith("call_").And.Not.EqualTo((string?)calls[1]["call_id"]));
        Assert.That((string?)calls[0]["recording_url"], Does.Contain((string?)calls[0]["call_id"]));
    }

    [TestCase(401, 3)]
    [TestCase(403, 3)]
    [TestCase(404, 4)]
    [TestCase(422, 5)]
    [TestCase(429, 6)]
    [TestCase(500, 7)]
    [TestCase(302, 1)]
    public async Task Trigger_exits_with_the_code_of_the_status(int status, int exitCode)
    {
        await using ListeningApplication app = await ListeningApplication.StartAsync(status);

        CliRun run = await TriggerAsync(app, "call_ended");

        Assert.That((run.ExitCode, (int?)run.Json["status"], run.Error.Trim()), Is.EqualTo((exitCode, (int?)status, $"error: {app.Url} responded with status {status}.")));
        Assert.That(app.Requests, Has.Count.EqualTo(1), "no retry");
    }

    [Test]
    public async Task Trigger_without_a_response_exits_with_8()
    {
        ListeningApplication app = await ListeningApplication.StartAsync();
        string url = app.Url;
        await app.DisposeAsync();

        CliRun run = await RunAsync("call_ended", "--to", url, "--key", Key);

        Assert.That((run.ExitCode, (int?)run.Json["status"], (string?)run.Json["error"]), Is.EqualTo((ExitCode.Connection, (int?)null, run.Json["error"]!.ToString())));
        Assert.That(run.Error, Does.StartWith($"error: {url} did not respond: "));
    }

    [TestCaseSource(nameof(BadSignatures))]
    public async Task Trigger_with_a_bad_signature_is_rejected(string kind)
    {
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync(Key);

        CliRun run = await TriggerAsync(app, "call_ended", "--bad-signature", kind);

        Assert.That((run.ExitCode, (int?)run.Json["status"]), Is.EqualTo((ExitCode.Access, (int?)401)));
    }

    [Test]
    public async Task Trigger_times_sends_duplicates_and_retries_until_success()
    {
        await using ListeningApplication app = await ListeningApplication.StartAsync(500, 200, 200);

        CliRun run = await TriggerAsync(app, "call_ended", "--times", "2", "--max-retries", "1", "-o", "jsonl");

        JObject[] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse)];
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((ExitCode.Success, "")));
        Assert.That(lines.Select(line => ((int?)line["attempt"], (int?)line["status"])), Is.EqualTo(new (int?, int?)[] { (1, 500), (2, 200), (1, 200) }));
        Assert.That(app.Requests.Select(arrived => arrived.Text).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Trigger_data_and_set_change_the_sample()
    {
        using var folder = new TempFolder();
        folder.Write("event.json", """{"call": {"metadata": {"order": 7}, "transcript": "Agent: Hi\n", "transcript_object": []}}""");
        await using ListeningApplication app = await ListeningApplication.StartAsync();

        string[] set = ["--set", "call.call_id=call_7", "--set", "call.call_analysis.call_successful=false"];
        CliRun run = await TriggerAsync(app, "call_analyzed", ["--data", folder.PathOf("event.json"), .. set]);

        JToken call = JObject.Parse(app.Requests.Single().Text)["call"]!;
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(
            ((string?)call["call_id"], (int?)call["metadata"]!["order"], (bool?)call["call_analysis"]!["call_successful"], (string?)call["call_status"]),
            Is.EqualTo(("call_7", (int?)7, (bool?)false, "ended")));
        Assert.That(call["transcript_object"], Is.Empty, "arrays are replaced");
        Assert.That(RetellWebhook.Verify(app.Requests.Single().Body, app.Requests.Single().Signature, Key));
    }

    [Test]
    public async Task Trigger_inbound_prints_the_response_as_the_API_reads_it()
    {
        await using ListeningApplication app = await ListeningApplication.StartAsync((_, number) => Task.FromResult(
            (200, number == 1 ? """{"call_inbound": {"override_agent_id": "agent_1", "metadata": 5}}""" : """{"call_inbound": {"reject": true}}""")));

        CliRun wrong = await TriggerAsync(app, "call_inbound", "--set", "call_inbound.from_number=+19005550100");
        CliRun right = await TriggerAsync(app, "call_inbound");

        Assert.That((string?)JObject.Parse(app.Requests[0].Text)["call_inbound"]!["from_number"], Is.EqualTo("+19005550100"));
        Assert.That((wrong.ExitCode, wrong.Json["response"]!.ToString(Newtonsoft.Json.Formatting.None)), Is.EqualTo((ExitCode.Failure, """{"override_agent_id":"agent_1"}""")));
        Assert.That(wrong.Json["errors"]!.Values<string>(), Is.EqualTo(new[] { "$.call_inbound.metadata must be an object" }));
        Assert.That(wrong.Error.Trim(), Is.EqualTo("error: The API would not accept the response: $.call_inbound.metadata must be an object."));
        Assert.That((right.ExitCode, (bool?)right.Json["response"]!["reject"], right.Json["errors"]!.Count()), Is.EqualTo((ExitCode.Success, (bool?)true, 0)));
    }

    [Test]
    public async Task Trigger_inbound_without_success_has_no_response()
    {
        await using ListeningApplication app = await ListeningApplication.StartAsync(500);

        CliRun run = await TriggerAsync(app, "chat_inbound");

        Assert.That((run.ExitCode, run.Json["response"]!.Type, app.Requests.Count), Is.EqualTo((ExitCode.Server, JTokenType.Null, 1)));
    }

    [Test]
    public async Task Trigger_times_out()
    {
        var release = new TaskCompletionSource();
        await using ListeningApplication app = await ListeningApplication.StartAsync(async (_, _) =>
        {
            await release.Task;
            return (200, "");
        });

        CliRun run = await TriggerAsync(app, "call_ended", "--timeout", "50ms");
        release.SetResult();

        Assert.That((run.ExitCode, (string?)run.Json["error"]), Is.EqualTo((ExitCode.Connection, "There was no response within 50 ms.")));
    }

    [Test]
    public async Task Trigger_as_a_table_shows_the_members()
    {
        await using ListeningApplication app = await ListeningApplication.StartAsync();

        CliRun one = await TriggerAsync(app, "call_ended", "-o", "table");
        CliRun two = await TriggerAsync(app, "call_ended", "-o", "table", "--times", "2");

        Assert.That(one.Output, Does.Match("(?m)^status +200$").And.Match("(?m)^event +call_ended$"));
        Assert.That(two.Output.Split('\n')[0], Does.Match("^event +url +attempt +status +time_ms +body$"));
    }

    [Test]
    public async Task Trigger_dry_run_prints_the_request_and_sends_nothing()
    {
        await using ListeningApplication app = await ListeningApplication.StartAsync();

        CliRun run = await RunAsync("call_ended", "--to", app.Url, "--dry-run");

        Assert.That((run.ExitCode, run.Error, app.Requests.Count), Is.EqualTo((ExitCode.Success, "", 0)));
        Assert.That(run.Output, Does.StartWith($"POST {app.Url}").And.Contain("X-Retell-Signature: v=").And.Contain("\"event\": \"call_ended\""));
    }

    [TestCase("call_endd --to http://127.0.0.1:1/ --key a", "\"call_endd\" is not a webhook event. Did you mean call_ended? The events are: call_started, ", 2)]
    [TestCase("call_ended --to localhost:5000 --key a", "--to: \"localhost:5000\" is not an absolute http or https URL.", 2)]
    [TestCase("call_ended --key a", "Option '--to' is required.", 2)]
    [TestCase("--to http://127.0.0.1:1/", "retell webhooks trigger requires <event>.", 2)]
    [TestCase("call_ended --to http://127.0.0.1:1/", "The API key that signs the webhook is missing. Use --key, or set the environment variable RETELL_API_KEY.", 3)]
    [TestCase("call_ended --to http://127.0.0.1:1/ --key a --times 0", "times: ", 2)]
    [TestCase("call_inbound --to http://127.0.0.1:1/ --key a --times 0", "times: ", 2)]
    [TestCase("call_ended --to http://127.0.0.1:1/ --key a --bad-signature none", "Argument 'none' not recognized.", 2)]
    [TestCase("call_ended --to http://127.0.0.1:1/ --key a --data [1]", "--data: the JSON is not an object.", 2)]
    [TestCase("call_ended --to http://127.0.0.1:1/ --key a --set call", "--set: \"call\" is not valid.", 2)]
    [TestCase("call_ended --to http://127.0.0.1:1/ --key a --timeout infinite", "--timeout: \"infinite\" is not a valid duration.", 2)]
    public async Task Trigger_with_wrong_input_is_an_error(string options, string error, int exitCode)
    {
        CliRun run = await RunAsync(options.Split(' '));

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((exitCode, "")), run.Error);
        Assert.That(run.Error, Does.StartWith($"error: {error}"));
    }

    private static Task<CliRun> TriggerAsync(ListeningApplication app, string name, params string[] options) => RunAsync([name, "--to", app.Url, "--key", Key, .. options]);

    private static Task<CliRun> RunAsync(params string[] options) => CliRun.RunAsync(["webhooks", "trigger", .. options], environment => environment with { Handler = null });
}
