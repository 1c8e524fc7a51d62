using System.Diagnostics;
using Newtonsoft.Json.Linq;
using Retell.Cli;
using Retell.Testing;
using Retell.Tests.Build;

namespace Retell.Tests.Cli;

/// <summary>The command as a process: what it loads, what it prints into a pipe and on a terminal, and how it ends.</summary>
internal sealed class ProcessTests
{
    private static string Command => typeof(CommandLineApp).Assembly.Location;

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    [TestCase("--version")]
    [TestCase("--help")]
    public void First_pages_load_neither_the_parser_nor_ASP_NET_Core(string page)
    {
        IReadOnlyList<string> loaded = Loaded([page]);

        Assert.That(loaded, Has.None.StartsWith("Microsoft.AspNetCore"));
        Assert.That(loaded, Has.None.AnyOf("System.CommandLine", "Spectre.Console", "Newtonsoft.Json", "Retell.Testing", "System.Private.Xml"));
        Assert.That(loaded.Contains("Retell", StringComparer.Ordinal), Is.EqualTo(page == "--help"), "--version needs nothing of the SDK");
    }

    [TestCase("calls", "list", "--help")]
    [TestCase("calls", "get", "call_1", "--dry-run")]
    [TestCase("completion", "bash")]
    [TestCase("fake", "--help")]
    [TestCase("webhooks", "trigger", "--help")]
    public void Commands_do_not_load_ASP_NET_Core(params string[] args)
    {
        IReadOnlyList<string> loaded = Loaded(args);

        Assert.That(loaded, Does.Contain("System.CommandLine"));
        Assert.That(loaded, Has.None.StartsWith("Microsoft.AspNetCore"));
        Assert.That(loaded, Has.None.AnyOf("Retell.Testing", "Spectre.Console"));
    }

    [Test]
    public void Quickstart_loads_the_fake() => Assert.That(Loaded(["quickstart"]), Does.Contain("Retell.Testing").And.Some.StartsWith("Microsoft.AspNetCore"));

    [Test]
    public async Task Table_in_a_pipe_is_plain()
    {
        await using FakeRetellServer server = await StartAsync();

        CommandResult run = CommandResult.Dotnet(Path.GetTempPath(), [Command, "calls", "list", "-o", "table"], Variables(server));

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        Assert.That(run.Output, Does.StartWith("call_id ").And.Contain("user_hangup").And.Not.Contain('\u001b'));
    }

    [TestCase("", true)]
    [TestCase("1", false)]
    public async Task Table_on_a_terminal_has_styles_unless_NO_COLOR_is_set(string noColor, bool hasStyles)
    {
        RequireTerminal();
        await using FakeRetellServer server = await StartAsync();

        CommandResult run = CommandResult.Run(
            "script", Path.GetTempPath(),
            [
                "-qec",
                $"stty cols 200; '{Host}' '{Command}' calls list",
                "/dev/null",
            ], [.. Variables(server), ("TERM", "xterm"), ("NO_COLOR", noColor)]);

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        Assert.That(run.Output, Does.Contain("user_hangup"));
        Assert.That(run.Output.Contains("\u001b[1m", StringComparison.Ordinal), Is.EqualTo(hasStyles), run.Output);
    }

    [Test]
    public async Task Follow_ends_on_Ctrl_C_with_130()
    {
        RequireTerminal();
        await using FakeRetellServer server = await StartAsync();

        // A run in the background ignores the signal, and so would its children.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", Host, Command, "calls", "list", "--follow", "--interval", "50ms"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in Variables(server))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string? first = await process.StandardOutput.ReadLineAsync();
        server.SeedCalls(1);
        string? second = await process.StandardOutput.ReadLineAsync();
        using (Process interrupt = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await interrupt.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.EqualTo(130));
        Assert.That((string?)JObject.Parse(first!)["disconnection_reason"], Is.EqualTo("user_hangup"));
        Assert.That((string?)JObject.Parse(second!)["call_id"], Is.Not.Null.And.Not.EqualTo((string?)JObject.Parse(first!)["call_id"]));
        Assert.That(await process.StandardError.ReadToEndAsync(), Is.Empty);
    }

    private static void RequireTerminal()
    {
        if (!File.Exists("/usr/bin/script"))
        {
            Assert.Ignore("A terminal takes the program script of Linux.");
        }
    }

    private static async Task<FakeRetellServer> StartAsync()
    {
        FakeRetellServer server = await FakeRetellServer.StartAsync();
        server.Seed("PhoneCall", new { call_id = "call_1", call_status = "ended", disconnection_reason = "user_hangup" });
        return server;
    }

    private static (string Name, string? Value)[] Variables(FakeRetellServer server) => [("RETELL_API_KEY", server.ApiKey), ("RETELL_BASE_URL", server.BaseUrl.AbsoluteUri)];

    private static string[] Loaded(IEnumerable<string> args)
    {
        using var folder = new TempFolder();
        string file = folder.PathOf("loaded.txt");
        CommandResult run = CommandResult.Dotnet(folder.Root, [Command, .. args], ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location), (StartupHook.Variable, file));
        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        return File.ReadAllLines(file);
    }
}
