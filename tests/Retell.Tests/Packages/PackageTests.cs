using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Retell.Testing;
using Retell.Tests.Build;
using Retell.Tests.Support;

namespace Retell.Tests.Packages;

/// <summary>What is published, packed here, and used by projects that know nothing of this repository.</summary>
[Category("Packages")]
[Parallelizable]
public class PackageTests
{
    private LocalFeed _feed = null!;

    private static readonly string[] s_standard =
    [
        "JsonSubTypes", "Microsoft.Bcl.AsyncInterfaces", "Microsoft.Bcl.TimeProvider", "Microsoft.Extensions.Http.Resilience", "Newtonsoft.Json", "Retell.Generated",
    ];

    private static IEnumerable<TestCaseData> Packages =>
    [
        new("Retell", new[] { "lib/net10.0", "lib/netstandard2.0" }, new[]
        {
            $"net10.0: {string.Join(", ", s_standard.Where(id => !id.Contains(".Bcl.", StringComparison.Ordinal)))}", $".NETStandard2.0: {string.Join(", ", s_standard)}",
        }),
        new(
            "Retell.Generated",
            new[] { "lib/net10.0", "lib/netstandard2.0" },
            new[] { "net10.0: Newtonsoft.Json", ".NETStandard2.0: Newtonsoft.Json, System.Net.ServerSentEvents, System.Text.Json" }),
        new("Retell.AI", new[] { "lib/net10.0" }, new[] { "net10.0: Microsoft.Extensions.AI.Abstractions, Newtonsoft.Json, Retell.AspNetCore" }),
        new("Retell.AspNetCore", new[] { "lib/net10.0" }, new[] { "net10.0: Newtonsoft.Json, Retell" }),
        new("Retell.Workspaces", new[] { "lib/net10.0" }, new[] { "net10.0: Newtonsoft.Json, Retell" }),
        new("Retell.Testing", new[] { "lib/net10.0" }, new[] { "net10.0: Newtonsoft.Json, Retell" }),
        new("Retell.Cli", new[] { "tools/net10.0/any" }, Array.Empty<string>()),
    ];

    [OneTimeSetUp]
    public void Pack() => _feed = SharedFeed.Value;

    [Test]
    public void Pack_creates_six_packages_with_symbols() =>
        Assert.That(_feed.Files, Is.EquivalentTo(Packages.SelectMany(package => new[] { $"{package.Arguments[0]}.nupkg", $"{package.Arguments[0]}.snupkg" })));

    [TestCaseSource(nameof(Packages))]
    public void Package_has_expected_metadata_files_and_dependencies(string id, string[] folders, string[] dependencies)
    {
        using ZipArchive package = _feed.Open($"{id}.nupkg");
        using ZipArchive symbols = _feed.Open($"{id}.snupkg");
        XElement metadata = package.Metadata();
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];

        Assert.That(metadata.Value("id"), Is.EqualTo(id));
        Assert.That(metadata.Value("license"), Is.EqualTo("Apache-2.0"));
        Assert.That(metadata.Value("description"), Does.Contain("Not an official Retell product"));
        Assert.That(metadata.Value("tags"), Does.Contain("retell"));
        Assert.That(files, Does.Contain(metadata.Value("readme")).And.Contain(metadata.Value("icon")).And.Contain("LICENSE"));
        Assert.That(package.GetEntry("README.md")!.Bytes(), Is.EqualTo(File.ReadAllBytes(LocalFeed.ReadmeOf(id))));
        Assert.That(metadata.Dependencies(), Is.EquivalentTo(dependencies));
        Assert.That(folders.SelectMany(folder => new[] { $"{folder}/{id}.dll", $"{folder}/{id}.xml" }), Is.SubsetOf(files));
        Assert.That(folders.Select(folder => $"{folder}/{id}.pdb"), Is.SubsetOf(symbols.Entries.Select(entry => entry.FullName)));
        if (id != "Retell.Cli")
        {
            Assert.That(files.Count(file => file.StartsWith("lib/", StringComparison.Ordinal)), Is.EqualTo(2 * folders.Length));
        }
    }

    [Test]
    public void Package_contains_no_build_path(
        [Values("Retell", "Retell.Generated", "Retell.AI", "Retell.AspNetCore", "Retell.Workspaces", "Retell.Testing", "Retell.Cli")] string id)
    {
        byte[] trace = Encoding.UTF8.GetBytes(_feed.Source);
        foreach (string kind in new[] { "nupkg", "snupkg" })
        {
            using ZipArchive package = _feed.Open($"{id}.{kind}");
            Assert.That(
                package.Entries.Where(entry => Path.GetExtension(entry.Name) is ".dll" or ".pdb" && entry.Bytes().AsSpan().IndexOf(trace) >= 0).Select(entry => entry.FullName),
                Is.Empty);
        }
    }

    /// <summary>An empty folder, two commands, and what the README says first.</summary>
    [Test]
    public async Task Package_readme_snippet_runs_in_new_console_project()
    {
        await using FakeRetellServer server = await FakeRetellServer.StartAsync(new() { UnknownIds = FakeUnknownIds.Sample });
        Assert.That(LocalFeed.Dotnet(_feed.PathOf(), "new", "console", "--output", "First", "--no-restore").ExitCode, Is.Zero);
        CommandResult add = LocalFeed.Dotnet(_feed.PathOf("First"), "add", "package", "Retell", "--version", LocalFeed.Version);
        Assert.That(add.ExitCode, Is.Zero, add.Everything);
        _feed.Write("First/Program.cs", LocalFeed.FirstSnippet());

        CommandResult run = _feed.Run("First", ("RETELL_BASE_URL", server.BaseUrl.ToString()), ("RETELL_API_KEY", server.ApiKey));

        Assert.That(run.Output, Is.Not.Empty);
        Assert.That(server.Requests.For("createPhoneCall"), Has.Count.EqualTo(1));
        Assert.That(server.Requests.Invalid(), Is.Empty);
    }

    /// <summary>With the language version that such a library has by default.</summary>
    [Test]
    public void Package_netstandard_library_works_with_packaged_fake()
    {
        _feed.Write("Library/Library.csproj", Project("netstandard2.0", "Library", "Retell"));
        _feed.Write("Library/Names.cs", """
            using System.Threading;
            using System.Threading.Tasks;
            using Retell;
            using Retell.Models;

            namespace Library
            {
                public static class Names
                {
                    public static async Task<string> RenameAsync(RetellClient retell, string agentId, string name, CancellationToken cancellationToken)
                    {
                        Agent agent = await retell.Agents.UpdateAsync(agentId, new AgentSettings { AgentName = name, WebhookUrl = null }, cancellationToken: cancellationToken).ConfigureAwait(false);
                        return agent.AgentName;
                    }
                }
            }
            """);
        _feed.Write("Host/Host.csproj", Project("net10.0", "Exe", "Retell.Testing", "../Library/Library.csproj"));
        _feed.Write("Host/Program.cs", """
            using Library;
            using Retell.Models;
            using Retell.Testing;

            await using FakeRetellServer server = await FakeRetellServer.StartAsync();
            using var retell = server.CreateClient();
            string id = server.Seed(new Agent { AgentName = "Before" });
            Console.WriteLine(await Names.RenameAsync(retell, id, "After", CancellationToken.None));
            Console.WriteLine(server.Requests.For("updateAgent").Single().BodyText);
            """);

        CommandResult run = _feed.Run("Host");

        Assert.That(run.Output.Split('\n', StringSplitOptions.TrimEntries), Has.Member("After").And.Some.Contain("\"webhook_url\":null"));
    }

    [Test]
    public void Package_cli_tool_installs_and_runs_quickstart()
    {
        CommandResult install = LocalFeed.Dotnet(
            _feed.PathOf(), "tool", "install", "Retell.Cli", "--tool-path", _feed.PathOf("tools"), "--version", LocalFeed.Version, "--configfile", _feed.PathOf("nuget.config"));
        Assert.That(install.ExitCode, Is.Zero, install.Everything);

        CommandResult run = CommandResult.Run(_feed.PathOf("tools", OperatingSystem.IsWindows() ? "retell.exe" : "retell"), _feed.PathOf(), ["quickstart"]);

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        Assert.That(run.Output, Does.Contain("Done."));
    }

    /// <summary>Compiled ahead of time there is nothing to warn of, nothing is kept whole, and all of it runs.</summary>
    [Test]
    public async Task Package_native_aot_application_publishes_without_warnings_and_runs()
    {
        await using FakeRetellServer server = await FakeRetellServer.StartAsync(new() { UnknownIds = FakeUnknownIds.Sample });
        _feed.Write("Native/Native.csproj", Project("net10.0", "Exe", "Retell.AspNetCore")
            .Replace("<Nullable>", "<PublishAot>true</PublishAot><TrimmerSingleWarn>false</TrimmerSingleWarn><Nullable>", StringComparison.Ordinal)
            .Replace("Microsoft.NET.Sdk", "Microsoft.NET.Sdk.Web", StringComparison.Ordinal));
        _feed.Write("Native/Program.cs", """"
            using System.ComponentModel.DataAnnotations;
            using System.Text;
            using System.Text.Json.Serialization;
            using Newtonsoft.Json.Linq;
            using Retell;
            using Retell.AspNetCore;
            using Retell.Models;
            using Retell.Webhooks;

            IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ApiKey"] = Environment.GetEnvironmentVariable("RETELL_API_KEY"), ["BaseUrl"] = Environment.GetEnvironmentVariable("RETELL_BASE_URL"), ["Resilience:Retry:MaxRetryAttempts"] = "1",
            }).Build();
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            builder.Services.AddRetell(configuration);
            builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, WebContext.Default));
            builder.Services.AddRetellWebhooks(builder.Configuration.GetSection("Webhooks"))
                .On<CallEndedEvent, Ended>(Delivery.Queued)
                .OnInboundCall((inbound, services, token) => Task.FromResult<InboundCallResponse?>(new() { OverrideAgentId = inbound.FromNumber }));
            await using WebApplication app = builder.Build();
            RetellClient retell = app.Services.GetRequiredService<RetellClient>();

            Agent agent = await retell.Agents.CreateAsync(new CreateAgentRequest { ResponseEngine = new ResponseEngineRetellLlm { LlmId = "llm_1" }, VoiceId = "retell-Cimo", Language = AgentLanguage.EnUs });
            PhoneCall created = await retell.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445", dynamicVariables: new Dictionary<string, string> { ["name"] = "Ada" });
            ICall call = await retell.Calls.GetAsync(created.CallId!);
            int listed = 0;
            await foreach (var item in retell.Calls.ListAsync())
            {
                listed++;
            }

            JToken raw = await retell.SendAsync<JToken>(HttpMethod.Get, "/get-agent/" + agent.AgentId);
            Console.WriteLine($"{call.GetType().Name} {call.CallId == created.CallId} {RetellJson.Serialize(call).Length > 100} {listed} {(string?)raw["agent_id"] == agent.AgentId}");
            Console.WriteLine(RetellJson.Serialize(RetellJson.Deserialize<List<ICall>>("""[{"call_type":"web_call","newer":1e400},{"call_type":"phone_call"}]""")));
            Console.WriteLine(RetellJson.Serialize(RetellJson.Deserialize<ICall>("""{"call_type":/*c*/"phone_call","newer":'a'}""")));
            Console.WriteLine(RetellWebhook.Parse("""{"event":"call_ended","call":{"call_type":"web_call","call_id":"c"}}"""));
            Console.WriteLine(new InboundCallResponse { OverrideAgentId = "a", DynamicVariables = { ["x"] = "y" } }.ToJson());
            foreach (Action wrong in (Action[])[() => RetellJson.Deserialize<Agent>("{\"agent_id\":"), () => RetellJson.Serialize(new UtteranceWord { Start = double.NaN }), () => RetellJson.Serialize(new Version(1, 2))])
            {
                try
                {
                    wrong();
                }
                catch (Exception e) when (e is RetellException or NotSupportedException)
                {
                    Console.WriteLine($"{e.GetType().Name} {e.Message}");
                }
            }

            app.MapRetellWebhooks("/hook").AddEndpointFilter((context, next) => next(context));
            app.MapRetellFunction<Booking>("/book", (call, token) => Task.FromResult<object?>(new Booked(call.Call?.CallId, call.Args.Guests)));
            await app.StartAsync();
            await PostAsync("/hook", """{"event":"call_ended","call":{"call_type":"web_call","call_id":"c"}}""");
            await PostAsync("/hook", """{"event":"call_inbound","call_inbound":{"from_number":"+1"}}""");
            await PostAsync("/book", """{"name":"book","call":{"call_type":"web_call","call_id":"c"},"args":{"guests":4}}""");
            await PostAsync("/book", """{"guests":40}""");
            await PostAsync("/book", "{}");
            await app.StopAsync();

            async Task PostAsync(string path, string body)
            {
                using var http = new HttpClient();
                using var request = new HttpRequestMessage(HttpMethod.Post, app.Urls.First() + path) { Content = new StringContent(body) };
                request.Headers.Add(RetellWebhook.SignatureHeader, RetellWebhook.Sign(body, Environment.GetEnvironmentVariable("RETELL_API_KEY")!));
                using HttpResponseMessage response = await http.SendAsync(request);
                Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }

            internal sealed class Ended : IRetellWebhookHandler<CallEndedEvent>
            {
                public Task HandleAsync(CallEndedEvent webhook, CancellationToken cancellationToken)
                {
                    Console.WriteLine($"queued {webhook.Call.CallId}");
                    return Task.CompletedTask;
                }
            }

            internal sealed class Booking
            {
                [Range(1, 12)]
                public required int Guests { get; init; }
            }

            internal sealed record Booked(string? CallId, int Guests);

            [JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
            [JsonSerializable(typeof(Booking))]
            [JsonSerializable(typeof(Booked))]
            internal sealed partial class WebContext : JsonSerializerContext;
            """");

        CommandResult publish = LocalFeed.Dotnet(
            _feed.PathOf("Native"),
            "publish",
            "--output",
            _feed.PathOf("native-output"),
            "-nologo",
            "-nodeReuse:false",
            "--tl:off",
            "-v:minimal");
        if (publish.ExitCode != 0 && publish.Messages("error") is var errors && errors.All(error => error.StartsWith("NU", StringComparison.Ordinal)))
        {
            Assert.Ignore($"No package source has what compiling ahead of time takes: {errors[0]}");
        }

        Assert.That(publish.ExitCode, Is.Zero, publish.Everything);
        Assert.That(publish.Messages("warning"), Is.Empty, publish.Everything);
        CommandResult run = CommandResult.Run(
            _feed.PathOf("native-output", OperatingSystem.IsWindows() ? "Native.exe" : "Native"), _feed.PathOf(), [],
            ("RETELL_BASE_URL", server.BaseUrl.ToString()), ("RETELL_API_KEY", server.ApiKey));
        string[] output = run.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.That(output, Does.Contain("queued c"), run.Everything);
        Assert.That(output.Where(line => line != "queued c"), Is.EqualTo(
        [
            "PhoneCall True True 1 True",
            """[{"call_type":"web_call","newer":1e400},{"call_type":"phone_call"}]""",
            """{"call_type":"phone_call","newer":"a"}""",
            "CallEndedEvent (call_ended)",
            """{"call_inbound":{"override_agent_id":"a","dynamic_variables":{"x":"y"}}}""",
            "RetellSerializationException The JSON cannot be read as Agent: The JSON ends in the middle of a value. Path 'agent_id', line 1, position 12. Near: {\"agent_id\":",
            "RetellSerializationException UtteranceWord cannot be written as JSON: NaN cannot be written as a JSON number. Path 'start'.",
            "NotSupportedException Version is not a type of the API, and reflection is not available, because the application was trimmed or compiled ahead of time. Use the types of the API, lists of them, JToken, or the source generator of System.Text.Json.",
            "204",
            """200 {"call_inbound":{"override_agent_id":"+1"}}""",
            """200 {"callId":"c","guests":4}""",
            """200 {"error":"invalid_arguments","message":"The field guests must be between 1 and 12."}""",
            """200 {"error":"invalid_arguments","message":"The argument \"guests\" is missing."}""",
        ]), run.Everything);
    }

    private static string Project(string framework, string output, string package, string? reference = null) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{framework}</TargetFramework>
            <OutputType>{output}</OutputType>
            {(framework == "net10.0" ? "<ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>" : "")}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{package}" Version="{LocalFeed.Version}" />
            {(reference is null ? "" : $"""<ProjectReference Include="{reference}" />""")}
          </ItemGroup>
        </Project>
        """;
}
