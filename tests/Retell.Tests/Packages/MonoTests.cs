using Retell.Testing;
using Retell.Tests.Build;
using Retell.Webhooks;

namespace Retell.Tests.Packages;

/// <summary>An application for .NET Framework 4.6.2 with the packages, run by Mono against the fake over a socket: the netstandard2.0 build at work.</summary>
[Category("Packages")]
[Category("Mono")]
[Parallelizable]
public class MonoTests
{
    private const string Program = """"
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Text;
        using System.Threading.Tasks;
        using Retell;
        using Retell.Models;
        using Retell.Monitoring;
        using Retell.Webhooks;

        internal static class Program
        {
            private static async Task Main()
            {
                string apiKey = Environment.GetEnvironmentVariable("RETELL_API_KEY");
                using (var retell = new RetellClient())
                {
                    PhoneCall created = await retell.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445", dynamicVariables: new Dictionary<string, string> { ["name"] = "Ada" });
                    ICall read = await retell.Calls.GetAsync(created.CallId);
                    Console.WriteLine($"call: {read.GetType().Name} {read.CallId == created.CallId} {((PhoneCall)read).ToNumber}");

                    int items = 0;
                    await foreach (ICallSummary item in retell.Calls.ListAsync(new ListCallsRequest { Limit = 2 }))
                    {
                        items += item.CallId.Length > 0 ? 1 : 0;
                    }

                    Console.WriteLine($"list: {items}");

                    KnowledgeBase uploaded = await retell.KnowledgeBases.CreateAsync("Manuals", new[] { RetellFile.FromBytes(Encoding.UTF8.GetBytes("a manual"), "manual.txt", "text/plain") });
                    Console.WriteLine($"upload: {uploaded.KnowledgeBaseName}");

                    Agent agent = await retell.Agents.UpdateAsync(Environment.GetEnvironmentVariable("AGENT"), change => { change.AgentName = "After"; change.WebhookUrl = null; });
                    Console.WriteLine($"update: {agent.AgentName}");

                    await foreach (MonitorEvent live in retell.Calls.MonitorAsync(Environment.GetEnvironmentVariable("LIVE")))
                    {
                        Console.WriteLine($"monitor: {live.GetType().Name} {string.Join(", ", live.Transcript.Items.OfType<MonitorUtterance>().Select(said => said.Role + " " + said.Content))}");
                    }

                    try
                    {
                        await retell.Calls.CreatePhoneCallAsync("4444", "+12137774445");
                    }
                    catch (ArgumentException error)
                    {
                        Console.WriteLine($"argument: {error.ParamName}");
                    }
                }

                using (var stranger = new RetellClient(new RetellClientOptions { ApiKey = "key_of_nobody" }))
                {
                    try
                    {
                        await stranger.Concurrency.GetAsync();
                    }
                    catch (RetellAuthenticationException error)
                    {
                        Console.WriteLine($"error: {(int)error.StatusCode} {error.OperationId}");
                    }
                }

                string body = "{\"event\":\"call_ended\",\"call\":{\"call_type\":\"web_call\",\"call_id\":\"call_ä\"}}";
                WebhookEvent signed = RetellWebhook.Parse(body, Environment.GetEnvironmentVariable("SIGNATURE"), apiKey);
                Console.WriteLine($"signature: {signed.GetType().Name} {RetellWebhook.Verify(body + " ", Environment.GetEnvironmentVariable("SIGNATURE"), apiKey)}");
                Console.WriteLine($"signed: {RetellWebhook.Sign(body, apiKey, DateTimeOffset.FromUnixTimeMilliseconds(1700000000000))}");

                string json = "{\"call_type\":\"web_call\",\"call_id\":\"c\",\"newer\":[1e400,0.1234567890123456789,\"\\ud83d\\ude00\"]}";
                Console.WriteLine($"json: {RetellJson.Serialize(RetellJson.Deserialize<ICall>(json))}");
                Console.WriteLine($"System.Text.Json: {System.Text.Json.JsonSerializer.Serialize(RetellJson.Deserialize<WebCall>(json)).Length}");
            }
        }
        """";

    private static string? Mono => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "mono")).FirstOrDefault(File.Exists);

    [Test]
    public async Task Net462_application_on_Mono_calls_lists_uploads_and_reads_errors_signatures_and_JSON()
    {
        if (Mono is not { } mono)
        {
            Assert.Ignore(
                "There is no mono on the PATH. Install it to run the netstandard2.0 build as .NET Framework does: apt-get install mono-runtime libmono-system-core4.0-cil");
            return;
        }

        LocalFeed feed = SharedFeed.Value;
        feed.Write("Framework/Framework.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net462</TargetFramework>
                <OutputType>Exe</OutputType>
                <LangVersion>latest</LangVersion>
                <!-- A package source may lack the lowest version that is asked for; the next one is taken. -->
                <NoWarn>$(NoWarn);NU1603</NoWarn>
                <!-- The packages of the resilience handler warn that they are not tested with .NET Framework. -->
                <SuppressTfmSupportBuildWarnings>true</SuppressTfmSupportBuildWarnings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.NETFramework.ReferenceAssemblies" Version="1.0.3" PrivateAssets="all" />
                <PackageReference Include="Retell" Version="{LocalFeed.Version}" />
              </ItemGroup>
            </Project>
            """);
        feed.Write("Framework/Program.cs", Program);
        CommandResult build = LocalFeed.Dotnet(feed.PathOf("Framework"), "build", "-nologo", "-nodeReuse:false", "--tl:off", "-v:minimal");
        if (build.ExitCode != 0 && build.Messages("error") is { Count: > 0 } errors && errors.All(error => error.StartsWith("NU", StringComparison.Ordinal)))
        {
            Assert.Ignore($"No package source has what .NET Framework takes: {errors[0]}");
        }

        build.AssertSucceeded();
        await using FakeRetellServer server = await FakeRetellServer.StartAsync();
        server.SeedCalls(4);
        server.When("getConcurrency").Respond(401, new { message = "Invalid API key." });
        string agent = server.Seed(new Models.Agent { AgentName = "Before" });
        string live = server.Seed(new Models.PhoneCall { CallStatus = Models.CallStatus.Ongoing });
        Task conversation = TalkAsync(server.Calls[live]);
        const string body = """{"event":"call_ended","call":{"call_type":"web_call","call_id":"call_ä"}}""";

        CommandResult run = CommandResult.Run(
            mono, feed.PathOf("Framework"), [feed.PathOf("Framework", "bin", "Debug", "net462", "Framework.exe")],
            ("RETELL_BASE_URL", server.BaseUrl.ToString()), ("RETELL_API_KEY", server.ApiKey), ("AGENT", agent), ("LIVE", live), ("SIGNATURE", RetellWebhook.Sign(body, server.ApiKey)));

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        await conversation;
        Assert.That(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(
        [
            "call: PhoneCall True +12137774445",
            "list: 6",
            "upload: Manuals",
            "update: After",
            "monitor: MonitorSnapshotEvent ",
            "monitor: MonitorUpdatedEvent user Grüße 😀",
            "monitor: MonitorEndedEvent user Grüße 😀",
            "argument: fromNumber",
            "error: 401 getConcurrency",
            "signature: CallEndedEvent False",
            $"signed: {RetellWebhook.Sign(body, server.ApiKey, DateTimeOffset.FromUnixTimeMilliseconds(1700000000000))}",
            """json: {"call_type":"web_call","call_id":"c","newer":[1e400,0.1234567890123456789,"😀"]}""",
            "System.Text.Json: 81",
        ]), run.Everything);
        Assert.That(server.Requests.Invalid(), Is.Empty);
        Assert.That(server.Requests.For("listCalls"), Has.Count.EqualTo(3));
        Assert.That(server.Requests.For("createKnowledgeBase").Single().BodyText, Does.Contain("filename=\"manual.txt\"").And.Contain("a manual"));
        Assert.That(server.Requests.For("updateAgent").Single().BodyText, Does.Contain("\"webhook_url\":null"));
    }

    /// <summary>Talks as soon as somebody listens.</summary>
    private static async Task TalkAsync(FakeCall call)
    {
        while (call.Monitor.Watchers == 0)
        {
            await Task.Delay(20);
        }

        call.Monitor.Say("user", "Grüße 😀");
        await call.EndAsync("user_hangup");
    }
}
