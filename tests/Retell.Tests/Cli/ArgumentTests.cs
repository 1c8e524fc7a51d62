using Newtonsoft.Json.Linq;
using Retell.Testing;

namespace Retell.Tests.Cli;

/// <summary>From what is typed to what is sent.</summary>
internal sealed class ArgumentTests
{
    private static readonly string[] s_numbers = ["--from-number", "+14157774444", "--to-number", "+12137774445"];

    [Test]
    public async Task Cli_options_and_set_assignments_are_merged_into_one_request()
    {
        JToken sent = await SentAsync(
            "createPhoneCall",

            [
                "calls",
                "create-phone-call",
                .. s_numbers,
                "--agent-id",
                "a",
                "--dynamic-variables",
                "name=Ann",
                "city=Rome=Italy",
                "--set",
                "metadata.order.id=7",
                "--set",
                "ignore_e164_validation=true",
            ]);

        Assert.That((string?)sent["override_agent_id"], Is.EqualTo("a"));
        Assert.That((string?)sent["retell_llm_dynamic_variables"]!["city"], Is.EqualTo("Rome=Italy"));
        Assert.That((long)sent["metadata"]!["order"]!["id"]!, Is.EqualTo(7));
        Assert.That((bool)sent["ignore_e164_validation"]!, Is.True);
    }

    [Test]
    public async Task Cli_json_from_stdin_is_merged_with_set()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        CliRun run = await CliRun.AgainstAsync(
            server,
            ["calls", "create-phone-call", "--json", "-", "--set", "to_number=+12137774445"],
            environment => environment with { Input = new StringReader("""{"from_number":"+14157774444","metadata":{"at":"2026-10-04T15:00:00Z"}}""") });

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JToken sent = server.Requests.Only("createPhoneCall").Json!;
        Assert.That((string?)sent["to_number"], Is.EqualTo("+12137774445"));
        Assert.That(sent["metadata"]!.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"at":"2026-10-04T15:00:00Z"}"""));
    }

    [Test]
    public async Task Cli_json_from_file_is_sent_as_body()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{"agent_name":"From a file"}""");
            Assert.That((string?)(await SentAsync("updateAgent", "agents", "update", "agent_1", "--json", file))["agent_name"], Is.EqualTo("From a file"));
            Assert.That((string?)(await SentAsync("updateAgent", "agents", "update", "agent_1", "--json", "@" + file))["agent_name"], Is.EqualTo("From a file"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task Cli_set_converts_values_by_property_type()
    {
        JToken sent = await SentAsync(
            "updateAgent",
            "agents",
            "update",
            "agent_1",
            "--set",
            "agent_name=12",
            "--set",
            "webhook_url=null",
            "--set",
            "voice_temperature=1.5",
            "--set",
            "version_description=\"null\"");

        Assert.That(sent["agent_name"]!.Type, Is.EqualTo(JTokenType.String));
        Assert.That(sent["webhook_url"]!.Type, Is.EqualTo(JTokenType.Null));
        Assert.That((double)sent["voice_temperature"]!, Is.EqualTo(1.5));
        Assert.That((string?)sent["version_description"], Is.EqualTo("null"));
    }

    [Test]
    public async Task Cli_set_unknown_property_warns_and_suggests_name()
    {
        CliRun run = await CliRun.RunAsync("agents", "update", "agent_1", "--set", "agent_nam=x", "--dry-run");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Error, Does.Contain("no member agent_nam").And.Contain("Did you mean agent_name?"));
        Assert.That(run.Output, Does.Contain("\"agent_nam\": \"x\""));
    }

    [Test]
    public async Task Cli_list_time_and_version_arguments_are_converted()
    {
        JToken sent = await SentAsync(
            "createBatchCall",
            "batch-calls",
            "create",
            "--from-number",
            "+14157774444",
            "--to-numbers",
            "+12137774445",
            "+12137774446",
            "--start-at",
            "2026-10-04T15:00Z");
        CliRun latest = await CliRun.RunAsync("agents", "get", "agent_1", "--version", "latest", "--dry-run");
        CliRun third = await CliRun.RunAsync("agents", "get", "agent_1", "--version", "3", "--dry-run");

        Assert.That(sent["tasks"]!.Select(task => (string?)task["to_number"]), Is.EqualTo(new[] { "+12137774445", "+12137774446" }));
        Assert.That((long)sent["trigger_timestamp"]!, Is.EqualTo(1791126000000));
        Assert.That(latest.Output, Does.Contain("?version=latest"));
        Assert.That(third.Output, Does.Contain("?version=3"));
    }

    [Test]
    public async Task Cli_object_option_takes_json()
    {
        JToken sent = await SentAsync("createAgent", "agents", "create", "--response-engine", """{"type":"retell-llm","llm_id":"llm_1"}""", "--voice-id", "retell-Cimo");

        Assert.That((string?)sent["response_engine"]!["llm_id"], Is.EqualTo("llm_1"));
    }

    [Test]
    public async Task Cli_file_options_upload_files_by_path()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "hello");
            CliRun run = await CliRun.AgainstAsync(server, "knowledge-bases", "create", "--name", "Hours", "--files", file, file, "--urls", "https://example.com");
            CliRun dry = await CliRun.RunAsync("knowledge-bases", "create", "--name", "Hours", "--files", file, "--dry-run");

            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(server.Requests.Only("createKnowledgeBase").Parts.Count(part => part.Name == "knowledge_base_files"), Is.EqualTo(2));
            Assert.That(dry.Output, Does.Contain($"filename=\"{Path.GetFileName(file)}\"").And.Contain("<5 bytes>").And.Contain("Hours").And.Not.Contain("hello"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestCase("retell does not have the command nope. See retell --help.", "nope", "list", ExpectedResult = 2)]
    [TestCase("Did you mean phone-numbers?", "phone-number", "list", ExpectedResult = 2)]
    [TestCase("retell calls does not have the command lst. Did you mean list?", "calls", "lst", ExpectedResult = 2)]
    [TestCase("does not have the option --al. Did you mean --all?", "calls", "list", "--al", ExpectedResult = 2)]
    [TestCase("retell calls requires a command", "calls", ExpectedResult = 2)]
    [TestCase("retell calls get requires <call-id>", "calls", "get", ExpectedResult = 2)]
    [TestCase("requires --to-number, or the request body in --json", "calls", "create-phone-call", "--from-number", "+14157774444", ExpectedResult = 2)]
    [TestCase("--from-number: \"12\" is not a valid E.164 phone number", "calls", "create-phone-call", "--from-number", "12", "--to-number", "13", "--dry-run", ExpectedResult = 2)]
    [TestCase("--limit: The page size must be from 1 to 1000", "agents", "list", "--limit", "0", "--dry-run", ExpectedResult = 2)]
    [TestCase("--limit: The page size must be from 1 to 1000", "calls", "list", "--limit", "0", "--dry-run", ExpectedResult = 2)]
    [TestCase("--limit: \"x\" is not a valid whole number", "agents", "list", "--limit", "x", ExpectedResult = 2)]
    [TestCase("--json: The JSON cannot be read", "calls", "create-phone-call", "--json", "{\"a\":", ExpectedResult = 2)]
    [TestCase("--json: the JSON is not an object", "calls", "create-phone-call", "--json", "[1]", ExpectedResult = 2)]
    [TestCase("--json: the file \"nowhere.json\" cannot be read", "calls", "create-phone-call", "--json", "nowhere.json", ExpectedResult = 2)]
    [TestCase("--set: \"x\" is not valid. Use name=value", "calls", "create-phone-call", "--set", "x", ExpectedResult = 2)]
    [TestCase("--set: metadata in metadata.a has a value that is not a JSON object", "calls", "create-phone-call", "--set", "metadata=1", "--set", "metadata.a=1", ExpectedResult = 2)]
    [TestCase("--dynamic-variables: \"x\" is not valid. Use name=value", "calls", "create-web-call", "--agent-id", "a", "--dynamic-variables", "x", ExpectedResult = 2)]
    [TestCase("--file: the file \"nowhere.wav\" does not exist", "assets", "create", "--file", "nowhere.wav", ExpectedResult = 2)]
    [TestCase("--start-at: \"soon\" is not a valid time", "batch-calls", "create", "--from-number", "+14157774444", "--to-numbers", "+12137774445", "--start-at", "soon", ExpectedResult = 2)]
    [TestCase("--wait-timeout: \"5q\" is not a valid duration", "calls", "wait-until-ended", "call_1", "--wait-timeout", "5q", ExpectedResult = 2)]
    [TestCase("'json' 'jsonl' 'table'", "calls", "get", "call_1", "--output", "xml", ExpectedResult = 2)]
    [TestCase("The base URL is not an absolute URL", "calls", "get", "call_1", "--dry-run", "--base-url", "nowhere", ExpectedResult = 2)]
    [TestCase("The API key is missing. Set the environment variable RETELL_API_KEY", "calls", "get", "call_1", ExpectedResult = 3)]
    [TestCase("The API key is missing", "quickstart", "--live", ExpectedResult = 3)]
    [TestCase("is not a valid path of the API", "send", "GET", "nowhere", "--dry-run", ExpectedResult = 2)]
    [TestCase("\"G/T\" is not a valid HTTP method", "send", "G/T", "/x", "--dry-run", ExpectedResult = 2)]
    public async Task<int> Cli_invalid_arguments_print_one_line_error(string error, params string[] args)
    {
        CliRun run = await CliRun.RunAsync(args);

        Assert.That(run.Error, Does.StartWith("error: ").And.Contains(error));
        Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(run.Output, Is.Empty);
        return run.ExitCode;
    }

    private static async Task<JToken> SentAsync(string operation, params string[] args)
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        CliRun run = await CliRun.AgainstAsync(server, args);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.Empty);
        return server.Requests.Only(operation).Json!;
    }
}
