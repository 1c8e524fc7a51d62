using Newtonsoft.Json.Linq;
using Retell.Testing;
using Retell.Tests.Support;

namespace Retell.Tests.Cli;

/// <summary>The options that narrow a list.</summary>
internal sealed class FilterTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task CallsList_filter_options_send_filter_criteria()
    {
        JToken sent = await SentAsync(
            "listCalls",
            "calls", "list", "--agent-id", "agent_1", "agent_2", "--status", "ended,error", "--from-number", "+1415*", "--to-number", "*99", "--batch-call-id", "*b*", "--in-voicemail",
            "--successful", "false", "--call-id", "call_1", "--sort-order", "ascending", "--skip", "2", "--include-total", "--limit", "5");

        JToken filter = sent["filter_criteria"]!;
        Assert.That(Compact(filter["agent"]!), Is.EqualTo("""[{"agent_id":"agent_1"},{"agent_id":"agent_2"}]"""));
        Assert.That(Compact(filter["call_status"]!), Is.EqualTo("""{"type":"enum","op":"in","value":["ended","error"]}"""));
        Assert.That(Compact(filter["from_number"]!), Is.EqualTo("""{"type":"string","op":"sw","value":"+1415"}"""));
        Assert.That(Compact(filter["to_number"]!), Is.EqualTo("""{"type":"string","op":"ew","value":"99"}"""));
        Assert.That(Compact(filter["batch_call_id"]!), Is.EqualTo("""{"type":"string","op":"co","value":"b"}"""));
        Assert.That(Compact(filter["in_voicemail"]!), Is.EqualTo("""{"type":"boolean","op":"eq","value":true}"""));
        Assert.That((bool)filter["call_successful"]!["value"]!, Is.False);
        Assert.That(Compact(filter["call_id"]!), Is.EqualTo("""{"type":"enum","op":"in","value":["call_1"]}"""));
        Assert.That((string?)sent["sort_order"], Is.EqualTo("ascending"));
        Assert.That((long)sent["skip"]!, Is.EqualTo(2));
        Assert.That((bool)sent["include_total"]!, Is.True);
        Assert.That((long)sent["limit"]!, Is.EqualTo(5));
    }

    [Test]
    public async Task CallsList_since_and_until_send_a_range_of_milliseconds()
    {
        JToken both = await SentAsync("listCalls", "calls", "list", "--since", "2026-10-04T15:00Z", "--until", "2026-10-05");
        JToken since = await SentAsync("listCalls", "calls", "list", "--since", "2d", "--min-duration", "90s", "--max-combined-cost", "12.5");

        Assert.That(Compact(both["filter_criteria"]!["start_timestamp"]!), Is.EqualTo("""{"type":"range","op":"bt","value":[1791126000000,1791158400000]}"""));
        Assert.That((string?)since["filter_criteria"]!["start_timestamp"]!["op"], Is.EqualTo("ge"));
        Assert.That((long)since["filter_criteria"]!["start_timestamp"]!["value"]!, Is.EqualTo(s_now.AddDays(-2).ToUnixTimeMilliseconds()));
        Assert.That(Compact(since["filter_criteria"]!["duration_ms"]!), Is.EqualTo("""{"type":"number","op":"ge","value":90000}"""));
        Assert.That(Compact(since["filter_criteria"]!["combined_cost"]!), Is.EqualTo("""{"type":"number","op":"le","value":12.5}"""));
    }

    [Test]
    public async Task Filters_are_added_to_the_body()
    {
        JToken sent = await SentAsync(
            "listCalls", "calls", "list", "--json", """{"filter_criteria":{"direction":{"type":"enum","op":"in","value":["inbound"]}}}""", "--status", "ended");

        Assert.That(sent["filter_criteria"]!.Children<JProperty>().Select(member => member.Name), Is.EquivalentTo(new[] { "direction", "call_status" }));
    }

    [Test]
    public async Task Other_lists_have_the_filters_of_their_class()
    {
        JToken chats = await SentAsync("listChats", "chats", "list", "--status", "ended", "--since", "2026-10-04T15:00Z");
        JToken contacts = await SentAsync("listContacts", "contacts", "list", "--phone-number", "+14155550100", "--search-query", "Ann", "--excluded-contact-ids", "c1", "c2");
        JToken agents = await SentAsync("listAgents", "agents", "list", "--channel", "voice", "--query", "desk");

        Assert.That((string?)chats["filter_criteria"]!["chat_status"]!["value"]![0], Is.EqualTo("ended"));
        Assert.That((long)chats["filter_criteria"]!["start_timestamp"]!["value"]!, Is.EqualTo(1791126000000));
        Assert.That((string?)contacts["filter_criteria"]!["phone_number"]!["value"], Is.EqualTo("+14155550100"));
        Assert.That((string?)contacts["search_query"], Is.EqualTo("Ann"));
        Assert.That(Compact(contacts["excluded_contact_ids"]!), Is.EqualTo("""["c1","c2"]"""));
        Assert.That((string?)agents["filter_criteria"]!["query"], Is.EqualTo("desk"));
        Assert.That(Compact(agents["filter_criteria"]!["channel"]!), Does.Contain("\"value\":\"voice\""));
    }

    [TestCase("--status: \"endd\" is not a known value. Did you mean ended? Known values: ", "calls", "list", "--status", "endd")]
    [TestCase("--since: \"soon\" is not a valid time. Use a time such as", "calls", "list", "--since", "soon")]
    [TestCase("--min-duration: \"long\" is not a valid duration", "calls", "list", "--min-duration", "long")]
    [TestCase("--max-combined-cost: \"much\" is not a valid number", "calls", "list", "--max-combined-cost", "much")]
    [TestCase("--in-voicemail: \"maybe\" is not valid. Use true or false.", "calls", "list", "--in-voicemail", "maybe")]
    [TestCase("--from-number: \"*\" matches everything", "calls", "list", "--from-number", "*")]
    [TestCase("--since 2026-10-05 is greater than --until 2026-10-04. No item can match.", "calls", "list", "--since", "2026-10-05", "--until", "2026-10-04")]
    [TestCase("--status cannot be combined with a request body that contains filter_criteria.call_status", "calls", "list", "--status", "ended", "--set", "filter_criteria.call_status.value=[]")]
    [TestCase("--sort-order cannot be combined with a request body that contains sort_order", "calls", "list", "--sort-order", "ascending", "--json", "{\"sort_order\":\"ascending\"}")]
    [TestCase("--follow cannot be combined with --all", "calls", "list", "--follow", "--all")]
    [TestCase("--follow cannot be combined with --sort-order", "calls", "list", "--follow", "--sort-order", "ascending")]
    [TestCase("--follow cannot be combined with --sort-order", "phone-numbers", "list", "--follow", "--sort-order", "ascending")]
    [TestCase("--follow cannot be combined with --output json", "calls", "list", "--follow", "--output", "json")]
    [TestCase("--interval requires --follow", "calls", "list", "--interval", "1s")]
    [TestCase("--interval: \"0s\" is not valid", "calls", "list", "--follow", "--interval", "0s")]
    [TestCase("--columns cannot be combined with --output jsonl", "calls", "list", "--columns", "status", "-o", "jsonl")]
    [TestCase("--columns: items of this list have no member \"statos\". Did you mean status?", "calls", "list", "--columns", "statos")]
    public async Task Wrong_or_conflicting_list_options_exit_2(string error, params string[] args)
    {
        CliRun run = await CliRun.RunAsync([.. args, "--dry-run"]);

        Assert.That(run.ExitCode, Is.EqualTo(2), run.Error);
        Assert.That(run.Error, Does.StartWith("error: ").And.Contains(error));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public async Task Completion_suggests_filters_and_their_values()
    {
        CliRun names = await CliRun.RunAsync("[suggest]", "retell calls list --s");
        CliRun values = await CliRun.RunAsync("[suggest]", "retell calls list --status ");

        Assert.That(names.Output.Split(Environment.NewLine), Does.Contain("--status").And.Contain("--since"));
        Assert.That(values.Output.Split(Environment.NewLine), Does.Contain("ended"));
    }

    private static string Compact(JToken json) => json.ToString(Newtonsoft.Json.Formatting.None);

    private static async Task<JToken> SentAsync(string operation, params string[] args)
    {
        var server = new FakeRetellServer();
        CliRun run = await CliRun.AgainstAsync(server, args, environment => environment with { Time = new FixedTime(s_now) });
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(server.Requests.Invalid(), Is.Empty);
        return server.Requests.For(operation)[0].Json!;
    }
}
