using Newtonsoft.Json.Linq;
using Retell.Cli;
using Retell.Testing;

namespace Retell.Tests.Cli;

/// <summary>What is printed, and what the process returns.</summary>
internal sealed class OutcomeTests
{
    [TestCase(400, ExpectedResult = 5)]
    [TestCase(401, ExpectedResult = 3)]
    [TestCase(402, ExpectedResult = 5)]
    [TestCase(403, ExpectedResult = 3)]
    [TestCase(404, ExpectedResult = 4)]
    [TestCase(409, ExpectedResult = 5)]
    [TestCase(422, ExpectedResult = 5)]
    [TestCase(429, ExpectedResult = 6)]
    [TestCase(500, ExpectedResult = 7)]
    [TestCase(503, ExpectedResult = 7)]
    public async Task<int> Cli_error_status_sets_exit_code(int status)
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        server.WhenAny().Respond(status, new JObject { ["status"] = "error", ["message"] = "No\nway" });

        CliRun run = await CliRun.AgainstAsync(server, "calls", "get", "call_1", "--max-retries", "0");

        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(run.Error, Does.StartWith("error: ").And.Contain("No way").And.Not.Contain(server.ApiKey));
        return run.ExitCode;
    }

    [Test]
    public async Task Cli_connection_error_timeout_and_cancellation_set_exit_code()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        server.When("getConcurrency").DropConnection();
        server.When("getCall").Delay(TimeSpan.FromMinutes(1));
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        CliRun dropped = await CliRun.AgainstAsync(server, "concurrency", "get", "--max-retries", "0");
        CliRun late = await CliRun.AgainstAsync(server, "calls", "get", "call_1", "--timeout", "50ms", "--max-retries", "0");
        CliRun stopped = await CliRun.AgainstAsync(server, ["calls", "get", "call_1"], environment => environment, cancelled.Token);

        Assert.That(dropped.ExitCode, Is.EqualTo(8), dropped.Error);
        Assert.That(late.ExitCode, Is.EqualTo(8), late.Error);
        Assert.That(stopped.ExitCode, Is.EqualTo(130), stopped.Error);
        Assert.That(stopped.Error.Trim(), Is.EqualTo("error: canceled"));
    }

    [Test]
    public async Task Cli_wait_for_failed_knowledge_base_exits_1()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        string id = server.Seed("KnowledgeBase", new JObject { ["status"] = "error" });

        CliRun run = await CliRun.AgainstAsync(server, "knowledge-bases", "wait-until-ready", id);

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
        Assert.That(run.Error, Does.Contain("waiting: error"));
    }

    [Test]
    public async Task Cli_single_object_prints_as_json_jsonl_or_table()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        server.When("getCall").Respond(
            200,
            new JObject
            {
                ["call_type"] = "phone_call",
                ["call_id"] = "call_1",
                ["start_timestamp"] = 1791126000000,
                ["transcript"] = "a\u001b[31m\nb",
                ["brand_new"] = new JArray(1, 2),
            });

        CliRun json = await CliRun.AgainstAsync(server, "calls", "get", "call_1");
        CliRun line = await CliRun.AgainstAsync(server, "calls", "get", "call_1", "-o", "jsonl");
        CliRun table = await CliRun.AgainstAsync(server, ["calls", "get", "call_1"], environment => Plain(environment) with { IsOutputTerminal = true });

        Assert.That(json.Output, Does.StartWith("{\n  \"call_type\"".ReplaceLineEndings()));
        Assert.That((string?)json.Json["transcript"], Is.EqualTo("a\u001b[31m\nb"));
        Assert.That(line.Output.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(JToken.DeepEquals(json.Json, line.Json));
        Assert.That(
            table.Output,
            Does.Contain("start_timestamp  2026-10-04 15:00:00Z").And.Contain("transcript       a [31m b").And.Contain("brand_new        [1,2]").And.Not.Contain('\u001b'));
    }

    [Test]
    public async Task Cli_list_prints_one_page_unless_all_is_given()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        IReadOnlyList<string> ids = server.SeedCalls(7);

        CliRun first = await CliRun.AgainstAsync(server, "calls", "list", "--limit", "3");
        CliRun all = await CliRun.AgainstAsync(server, "calls", "list", "--limit", "3", "--all", "--output", "jsonl");
        CliRun whole = await CliRun.AgainstAsync(server, "calls", "list", "--json", """{"limit":100}""");

        Assert.That(first.Json.Count(), Is.EqualTo(3));
        Assert.That(first.Error, Does.Contain("--all"));
        Assert.That(all.Output.TrimEnd().Split('\n').Select(line => (string?)JObject.Parse(line)["call_id"]), Is.EquivalentTo(ids));
        Assert.That(all.Error, Does.Contain("page 1, 3 items").And.Contain("page 3, 7 items"));
        Assert.That(whole.Json.Count(), Is.EqualTo(7));
        Assert.That(whole.Error, Is.Empty);
    }

    [Test]
    public async Task Cli_list_without_pages_is_cut_at_limit()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        server.Seed("KnowledgeBase", 3);

        CliRun cut = await CliRun.AgainstAsync(server, "knowledge-bases", "list", "--limit", "2");
        CliRun all = await CliRun.AgainstAsync(server, "knowledge-bases", "list", "--limit", "2", "--all");

        Assert.That(cut.Json.Count(), Is.EqualTo(2));
        Assert.That(cut.Error, Does.Contain("--all"));
        Assert.That(all.Json.Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task Cli_empty_list_prints_empty_array_and_no_table()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.NotFound });

        CliRun json = await CliRun.AgainstAsync(server, "calls", "list");
        CliRun table = await CliRun.AgainstAsync(server, "calls", "list", "--output", "table");

        Assert.That(json.Output.Trim(), Is.EqualTo("[]"));
        Assert.That(table.Output, Is.Empty);
    }

    [TestCase(30)]
    [TestCase(80)]
    [TestCase(200)]
    public async Task Cli_table_fits_terminal_width_and_starts_with_id(int width)
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        IReadOnlyList<string> ids = server.SeedCalls(4);

        CliRun run = await CliRun.AgainstAsync(server, ["calls", "list"], environment => Plain(environment) with { IsOutputTerminal = true, Width = width });

        string[] lines = run.Output.TrimEnd().Split(Environment.NewLine);
        Assert.That(lines, Has.Length.EqualTo(5));
        Assert.That(lines, Has.All.Length.LessThanOrEqualTo(Math.Max(width, 40)));
        Assert.That(lines[0], Does.StartWith("call_id"));
        Assert.That(lines.Skip(1).Select(line => line.Split(' ')[0]), Is.EquivalentTo(ids));
    }

    [Test]
    public async Task Cli_wait_prints_status_to_stderr()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        string id = server.Seed("PhoneCall", new JObject { ["call_status"] = "ended" });

        CliRun run = await CliRun.AgainstAsync(server, "calls", "wait-until-ended", id, "--wait-timeout", "infinite");
        CliRun terminal = await CliRun.AgainstAsync(server, ["calls", "wait-until-ended", id], environment => environment with { IsErrorTerminal = true });

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That((string?)run.Json["call_id"], Is.EqualTo(id));
        Assert.That(run.Error.Trim(), Is.EqualTo("waiting: ended"));
        Assert.That(terminal.Error, Does.Contain("waiting: ended").And.EndWith("\u001b[?25h"), "the cursor of the terminal is shown again");
    }

    [Test]
    public async Task Cli_verbose_logs_requests_without_api_key()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });

        CliRun run = await CliRun.AgainstAsync(server, "concurrency", "get", "--verbose");

        Assert.That(run.Error, Does.StartWith("debug: getConcurrency").And.Contain("200").And.Not.Contain(server.ApiKey));
    }

    [Test]
    public async Task Cli_send_calls_any_path()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });

        CliRun read = await CliRun.AgainstAsync(server, "send", "get", "/v2/get-call/call_1");
        CliRun deleted = await CliRun.AgainstAsync(server, "send", "DELETE", "/v2/delete-call/call_1");
        CliRun dry = await CliRun.RunAsync("send", "PATCH", "/v9/x?y=1", "--set", "a.b=[1]", "--dry-run", "--base-url", "https://example.com");

        Assert.That((string?)read.Json["call_id"], Is.EqualTo("call_1"));
        Assert.That(deleted.ExitCode, Is.Zero, deleted.Error);
        Assert.That(deleted.Output, Is.Empty);
        Assert.That(dry.Output, Does.StartWith("PATCH https://example.com/v9/x?y=1").And.Contain("\"b\": ["));
    }

    [TestCase("bash", "complete -o default")]
    [TestCase("zsh", "compdef")]
    [TestCase("pwsh", "Register-ArgumentCompleter")]
    public async Task Cli_completion_script_calls_suggest_directive(string shell, string registration)
    {
        CliRun run = await CliRun.RunAsync("completion", shell);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain(registration).And.Contain("retell \"[suggest:"));
    }

    [TestCase("retell calls create-p", "create-phone-call")]
    [TestCase("retell calls create-phone-call --from", "--from-number")]
    [TestCase("retell agents list --sort-order ", "descending")]
    [TestCase("retell agents update a --set ", "agent_name=")]
    [TestCase("retell calls list --output ", "jsonl")]
    public async Task Cli_suggest_directive_completes_commands_options_and_values(string line, string suggestion)
    {
        CliRun whole = await CliRun.RunAsync("[suggest]", line);
        CliRun at = await CliRun.RunAsync($"[suggest:{line.Length}]", line + " more");

        Assert.That(whole.Output.Split(Environment.NewLine), Does.Contain(suggestion));
        Assert.That(at.Output, Is.EqualTo(whole.Output));
    }

    [Test]
    public async Task Cli_quickstart_runs_against_fake()
    {
        CliRun run = await CliRun.RunAsync("quickstart");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("Place a phone call").And.Contain("Done."));
    }

    [TestCase("key with space")]
    [TestCase("\"key\"")]
    [TestCase(null)]
    public async Task Cli_missing_or_invalid_key_exits_3(string? key)
    {
        CliRun run = await CliRun.RunAsync(["concurrency", "get"], environment => environment with { Variable = name => name == "RETELL_API_KEY" ? key : null });

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Error);
        Assert.That(run.Error, Does.StartWith("error: ").And.Contain("RETELL_API_KEY"));
    }

    [Test]
    public async Task Cli_http_base_url_to_remote_host_requires_allow_insecure_http()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        string[] args = ["concurrency", "get", "--base-url", "http://api.example.com"];

        CliRun refused = await CliRun.AgainstAsync(server, args);
        CliRun allowed = await CliRun.AgainstAsync(server, [.. args, "--allow-insecure-http"]);

        Assert.That(refused.ExitCode, Is.EqualTo(2));
        Assert.That(refused.Error, Does.Contain("--allow-insecure-http").And.Contain("unencrypted"));
        Assert.That(allowed.ExitCode, Is.Zero, allowed.Error);
        Assert.That(server.Requests.Only("getConcurrency").Headers["Host"], Is.EqualTo("api.example.com"));
    }

    [TestCase("https://jane:s3cret@api.example.com")]
    [TestCase("//jane:s3cret@[")]
    public async Task Cli_base_url_with_password_is_not_echoed(string url)
    {
        CliRun run = await CliRun.RunAsync("concurrency", "get", "--dry-run", "--base-url", url);

        Assert.That(run.ExitCode, Is.EqualTo(2), run.Error);
        Assert.That(run.Error, Does.Not.Contain("s3cret"));
    }

    [Test]
    public async Task Cli_json_from_terminal_prints_notice_that_it_reads_stdin()
    {
        CliRun run = await CliRun.RunAsync(
            ["send", "POST", "/v9/x", "--json", "-", "--dry-run"], environment => environment with { Input = new StringReader("""{"a":1}"""), IsInputTerminal = true });

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Does.StartWith("--json: reading JSON from the standard input."));
        Assert.That(run.Output, Does.Contain("\"a\": 1"));
    }

    [TestCase("<&-", 2, "standard input is closed")]
    [TestCase("</dev/null", 2, "--json")]
    [TestCase("<<< '{\"agent_id\":\"a\"}'", 0, "")]
    public void Cli_json_from_closed_empty_or_piped_stdin_terminates(string redirection, int exitCode, string error)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The redirections are those of bash.");
        }

        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var run = Build.CommandResult.Run(
            "timeout", TestContext.CurrentContext.TestDirectory,
            [
                "60",
                "bash",
                "-c",
                $"exec \"$0\" \"$1\" calls create-web-call --json - --dry-run {redirection}",
                dotnet,
                typeof(CommandLineApp).Assembly.Location,
            ]);

        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Everything);
        Assert.That(run.Error, Does.Contain(error));
    }

    private static CliEnvironment Plain(CliEnvironment environment) =>
        environment with { Variable = name => name == "NO_COLOR" ? "1" : environment.Variable(name) };
}
