using Newtonsoft.Json.Linq;
using Retell.Cli;
using Retell.Testing;

namespace Retell.Tests.Cli;

/// <summary>One run of the command in this process, and what came of it.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public JToken Json => RetellJson.Deserialize<JToken>(Output)!;

    /// <summary>Without a key and without a way to the network.</summary>
    public static Task<CliRun> RunAsync(params string[] args) => RunAsync(args, environment => environment);

    public static Task<CliRun> AgainstAsync(FakeRetellServer server, params string[] args) => AgainstAsync(server, args, environment => environment);

    public static async Task<CliRun> AgainstAsync(
        FakeRetellServer server,
        string[] args,
        Func<CliEnvironment, CliEnvironment> change,
        CancellationToken cancellationToken = default)
    {
        using HttpMessageHandler handler = server.CreateHandler();
        return await RunAsync(
            args,
            environment => change(environment with
            {
                Handler = handler,
                Variable = name => name switch { "RETELL_API_KEY" => server.ApiKey, "RETELL_BASE_URL" => server.BaseUrl.ToString(), _ => null },
            }),
            cancellationToken);
    }

    public static async Task<CliRun> RunAsync(string[] args, Func<CliEnvironment, CliEnvironment> change, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var handler = new NoNetwork();
        CliEnvironment environment = change(new CliEnvironment(TextReader.Null, output, error) { Variable = _ => null, Handler = handler });
        int exitCode = await CommandLineApp.RunAsync(args, environment, cancellationToken);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A test that sends something needs a server.");
    }
}
