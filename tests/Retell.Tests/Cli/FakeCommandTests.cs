using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Newtonsoft.Json.Linq;
using Retell.Cli;
using Retell.Models;
using Retell.Tests.Build;
using Retell.Tests.Testing;
using Retell.Webhooks;

namespace Retell.Tests.Cli;

/// <summary><c>retell fake</c>: a fake of its own, reached over its socket.</summary>
internal sealed class FakeCommandTests
{
    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task Fake_as_a_process_serves_until_a_signal_and_exits_with_0(string signal)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("A signal takes the program kill.");
        }

        using var folder = new TempFolder();
        folder.Write("seed.json", """{"Agent": [{"agent_id": "agent_1", "agent_name": "Desk"}], "getPhoneNumber": {"phone_number": "+14155550100"}}""");

        // A run in the background ignores the signal, and so would its children.
        var start = new ProcessStartInfo(
            "env",
            [
                "--default-signal=INT", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", typeof(CommandLineApp).Assembly.Location,
                "fake", "--port", "0", "--key", "key_a", "--seed", folder.PathOf("seed.json"), "-o", "json",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        JObject ready = JObject.Parse((await process.StandardOutput.ReadLineAsync())!);
        using var retell = new RetellClient(new RetellClientOptions { ApiKey = (string)ready["key"]!, BaseUrl = new Uri((string)ready["url"]!) });
        using var stranger = new RetellClient(new RetellClientOptions { ApiKey = "key_b", BaseUrl = retell.BaseUrl });

        Agent agent = await retell.Agents.GetAsync("agent_1");
        PhoneNumber number = await retell.PhoneNumbers.GetAsync("+14155550100");
        Assert.That(() => stranger.Agents.GetAsync("agent_1"), Throws.TypeOf<RetellAuthenticationException>());
        using (Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        Assert.That((agent.AgentName, number.Number, (string?)ready["key"]), Is.EqualTo(("Desk", "+14155550100", "key_a")));
        Assert.That((process.ExitCode, await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync()), Is.EqualTo((0, "", "")));
    }

    [Test]
    public async Task Fake_prints_the_environment_variables_of_a_client_and_sends_signed_webhooks()
    {
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync("key_test");
        using var fake = new Running("fake", "--webhooks", app.Url, "--seed", """{"ChatAgent": {"agent_id": "agent_1"}}""");
        string[] lines = await fake.ReadyAsync();
        Assert.That(lines[0], Does.Match("^RETELL_BASE_URL=http://127\\.0\\.0\\.1:[0-9]+$"));
        Assert.That(lines[1], Is.EqualTo("RETELL_API_KEY=key_test"));

        using (var retell = new RetellClient(new RetellClientOptions { ApiKey = "key_test", BaseUrl = new Uri(lines[0].Split('=')[1]) }))
        {
            await retell.Chats.CreateAsync("agent_1");
        }

        await app.ArrivedAsync();
        CliRun run = await fake.StopAsync();
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((ExitCode.Success, "")));
        Arrived arrived = app.Requests[0];
        Assert.That((string?)JObject.Parse(arrived.Text)["event"], Is.EqualTo("chat_started"));
        Assert.That(RetellWebhook.Verify(arrived.Body, arrived.Signature, "key_test"));
    }

    [Test]
    public async Task Fake_on_a_port_in_use_is_an_error()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        CliRun run = await CliRun.RunAsync("fake", "--port", port);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((ExitCode.Failure, "")));
        Assert.That(run.Error.Trim(), Is.EqualTo($"error: The port {port} is in use. Use another one, or --port 0 for a free one."));
    }

    [TestCase("""{"Agent": [{"agent_id": "a"}, {"voice_speed": "fast"}]}""", "--seed: $.Agent[1]: The Agent is not valid: $.voice_speed must be a number")]
    [TestCase("""{"Agent": {"voice_speed": "fast"}}""", "--seed: $.Agent: The Agent is not valid: ")]
    [TestCase("""{"Agnt": [{}]}""", "--seed: $.Agnt[0]: \"Agnt\" is not a type of object that the fake keeps.")]
    [TestCase("""{"Agent": [5]}""", "--seed: $.Agent[0] must be an object.")]
    [TestCase("""{"Agent": "a"}""", "--seed: $.Agent must be an object or an array of objects.")]
    [TestCase("[]", "--seed: $ must be an object with a member for each type")]
    [TestCase("{", "--seed: ")]
    [TestCase("nowhere.json", "--seed: the file \"nowhere.json\" cannot be read.")]
    public async Task Fake_with_a_wrong_seed_says_where(string seed, string error)
    {
        CliRun run = await CliRun.RunAsync("fake", "--seed", seed);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((ExitCode.Usage, "")));
        Assert.That(run.Error, Does.StartWith($"error: {error}"));
        Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
    }

    [TestCase("--port 70000", "--port: 70000 is not a valid port.")]
    [TestCase("--port x", "Cannot parse argument 'x' for option '--port'")]
    [TestCase("--webhooks localhost/hook", "--webhooks: \"localhost/hook\" is not an absolute http or https URL.")]
    [TestCase("--ky a", "retell fake does not have the option --ky. Did you mean --key?")]
    public async Task Fake_with_a_wrong_option_is_an_error(string options, string error)
    {
        CliRun run = await CliRun.RunAsync(["fake", .. options.Split(' ')]);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((ExitCode.Usage, "")));
        Assert.That(run.Error, Does.StartWith($"error: {error}"));
    }

    [Test]
    public async Task Fake_with_an_empty_key_is_an_error()
    {
        CliRun run = await CliRun.RunAsync("fake", "--key", " ");

        Assert.That((run.ExitCode, run.Error.Trim()), Is.EqualTo((ExitCode.Usage, "error: --key: the key is empty.")));
    }
}
