using Newtonsoft.Json.Linq;
using Retell.Cli;
using Retell.Testing;

namespace Retell.Tests.Cli;

/// <summary><c>--follow</c>: the list goes on.</summary>
internal sealed class FollowTests
{
    [Test]
    public async Task Follow_prints_the_page_and_then_new_items_and_exits_130()
    {
        var server = new FakeRetellServer();
        server.When("listCalls").Respond(200, Page("call_2", "call_1")).Times(1);
        server.When("listCalls").Respond(503).Times(1);
        server.When("listCalls").Respond(200, Page("call_2", "call_1")).Times(1);
        server.When("listCalls").Respond(200, Page("call_4", "call_3", "call_2")).Times(1);
        using var stop = new CancellationTokenSource();
        var time = new PollClock(polls => { if (polls == 4) { stop.Cancel(); } });

        CliRun run = await CliRun.AgainstAsync(
            server, ["calls", "list", "--follow", "--interval", "7s", "--max-retries", "0"], environment => environment with { Time = time }, stop.Token);

        Assert.That(run.ExitCode, Is.EqualTo(130), run.Error);
        Assert.That(
            run.Output.TrimEnd().Split(Environment.NewLine).Select(line => (string?)JObject.Parse(line)["call_id"]),
            Is.EqualTo(new[] { "call_1", "call_2", "call_3", "call_4" }));
        Assert.That(run.Error, Does.StartWith("warning: ").And.Contain("503").And.Contain("Trying again in 7s.").And.Not.Contain("error:"));
        Assert.That(time.Waits, Is.EqualTo(new[] { 7, 7, 7, 7 }.Select(seconds => TimeSpan.FromSeconds(seconds))));
    }

    [Test]
    public async Task Follow_as_a_table_prints_the_header_once()
    {
        var server = new FakeRetellServer();
        server.When("listCalls").Respond(200, Page("call_1")).Times(1);
        server.When("listCalls").Respond(200, Page("call_2", "call_1")).Times(1);
        using var stop = new CancellationTokenSource();

        CliRun run = await CliRun.AgainstAsync(
            server, ["calls", "list", "--follow", "-o", "table"], environment =>
                environment with { Time = new PollClock(polls => { if (polls == 2) { stop.Cancel(); } }) }, stop.Token);

        string[] lines = run.Output.TrimEnd().Split(Environment.NewLine);
        Assert.That(lines.Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { "call_id", "call_1", "call_2" }));
        Assert.That(lines[1].IndexOf("ended", StringComparison.Ordinal), Is.EqualTo(lines[2].IndexOf("ended", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Follow_fails_when_the_first_request_fails()
    {
        var server = new FakeRetellServer();
        server.WhenAny().Respond(401);

        CliRun run = await CliRun.AgainstAsync(server, "calls", "list", "--follow");

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Error);
        Assert.That(run.Output, Is.Empty);
    }

    private static JObject Page(params string[] ids) => new()
    {
        ["items"] = new JArray(ids.Select(id => new JObject { ["call_type"] = "web_call", ["call_id"] = id, ["call_status"] = "ended" })),
        ["has_more"] = true,
        ["pagination_key"] = ids[^1],
    };
}
