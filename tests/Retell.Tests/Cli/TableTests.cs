using Newtonsoft.Json.Linq;
using Retell.Cli;
using Retell.Testing;
using Spectre.Console;

namespace Retell.Tests.Cli;

/// <summary>What people see of a list.</summary>
internal sealed class TableTests
{
    private static readonly JObject s_first = new()
    {
        ["call_type"] = "phone_call",
        ["call_id"] = "call_1",
        ["call_status"] = "ended",
        ["start_timestamp"] = 1791126000000,
        ["duration_ms"] = 83000,
        ["call_cost"] = new JObject { ["combined_cost"] = 12.5 },
        ["disconnection_reason"] = "user_hangup",
        ["from_number"] = "+14155550100",
        ["to_number"] = "+14155550101",
    };

    private static readonly JObject s_second = new() { ["call_type"] = "web_call", ["call_id"] = "call_2", ["call_status"] = "ongoing", ["agent_name"] = "日本語 🎉 desk" };

    [Test]
    public async Task CallsList_as_a_table_shows_status_start_duration_cost_and_reason()
    {
        CliRun run = await CliRun.AgainstAsync(Server(), "calls", "list", "--output", "table");

        string[] lines = run.Output.TrimEnd().Split(Environment.NewLine);
        Assert.That(lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { "call_id", "status", "start", "duration", "cost", "reason", "from", "to" }));
        Assert.That(lines[1], Does.Match(@"^call_1 +ended +2026-10-04 15:00:00Z +1m 23s +\$0\.125 +user_hangup +\+14155550100 +\+14155550101$"));
        Assert.That(lines[2], Does.Match("^call_2 +ongoing$"));
    }

    [Test]
    public async Task Columns_are_those_that_were_chosen()
    {
        CliRun run = await CliRun.AgainstAsync(Server(), "calls", "list", "--columns", "reason,agent_name", "call_cost.combined_cost");

        string[] lines = run.Output.TrimEnd().Split(Environment.NewLine);
        Assert.That(lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { "reason", "agent_name", "call_cost.combined_cost" }));
        Assert.That(lines[1], Does.StartWith("user_hangup ").And.EndWith("$0.125"));
    }

    [Test]
    public async Task Wide_characters_and_emoji_align()
    {
        CliRun run = await CliRun.AgainstAsync(Server(), "calls", "list", "--columns", "agent_name,call_id");

        // 6 cells for three characters, 2 for the emoji.
        string[] lines = run.Output.TrimEnd().Split(Environment.NewLine);
        Assert.That(lines.Select(line => line[..line.LastIndexOf("call_", StringComparison.Ordinal)].GetCellWidth()), Is.All.EqualTo(16));
    }

    [Test]
    public async Task Piped_table_has_no_escape_sequences_and_is_not_cut()
    {
        var server = new FakeRetellServer();
        string text = new('x', 300);
        server.When("getCall").Respond(200, new JObject { ["call_type"] = "web_call", ["call_id"] = "call_1", ["transcript"] = text });
        server.When("listCalls").Respond(
            200,
            new JObject { ["items"] = new JArray(new JObject { ["call_type"] = "web_call", ["call_id"] = "call_1", ["transcript"] = text, ["agent_name"] = text }) });

        CliRun one = await CliRun.AgainstAsync(server, "calls", "get", "call_1", "--output", "table");
        CliRun list = await CliRun.AgainstAsync(server, "calls", "list", "--columns", "call_id,agent_name");

        Assert.That(one.Output, Does.Contain(text).And.Not.Contain('\u001b'));
        Assert.That(list.Output, Does.Contain($"call_1   {text}").And.Not.Contain('\u001b'));
        Assert.That(list.Error, Is.Empty);
    }

    [TestCase(null, "xterm", true)]
    [TestCase("1", "xterm", false)]
    [TestCase(null, "dumb", false)]
    public async Task Terminal_has_styles_unless_NO_COLOR_is_set(string? noColor, string terminal, bool hasEscapes)
    {
        CliRun run = await CliRun.AgainstAsync(Server(), ["calls", "list"], environment => environment with
        {
            IsOutputTerminal = true,
            Variable = name => name switch { "NO_COLOR" => noColor, "TERM" => terminal, _ => environment.Variable(name) },
        });

        Assert.That(run.Output.Contains('\u001b', StringComparison.Ordinal), Is.EqualTo(hasEscapes));
    }

    [Test]
    public async Task Columns_that_do_not_fit_are_named()
    {
        CliRun run = await CliRun.AgainstAsync(Server(), ["calls", "list"], environment => environment with { IsOutputTerminal = true, Width = 60 });

        Assert.That(run.Error, Does.StartWith("Columns that do not fit: ").And.Contain("reason").And.Contain("--columns"));
    }

    private static FakeRetellServer Server()
    {
        var server = new FakeRetellServer();
        server.When("listCalls").Respond(200, new JObject { ["items"] = new JArray(s_first.DeepClone(), s_second.DeepClone()), ["has_more"] = false });
        return server;
    }
}
