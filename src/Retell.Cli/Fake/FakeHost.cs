using System.Net.Sockets;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Cli.Arguments;
using Retell.Testing;

namespace Retell.Cli.Fake;

/// <summary>Runs the fake until it is stopped.</summary>
internal static class FakeHost
{
    public const string Port = "--port";
    public const string Key = "--key";
    public const string Seed = "--seed";
    public const string Webhooks = "--webhooks";

    public static async Task<int> RunAsync(FakeSettings settings, CliEnvironment environment, CancellationToken cancellationToken)
    {
        JToken seed = settings.Seed is null ? new JObject() : new JsonSource(environment).Read(settings.Seed, Seed);
        FakeRetellServer server = await StartAsync(Options(settings, environment), cancellationToken).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            SeedFile.Apply(seed, server, Seed);
            await environment.Output.WriteLineAsync(Ready(server, settings.IsJson)).ConfigureAwait(false);
            await environment.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return ExitCode.Success;
    }

    private static FakeRetellServerOptions Options(FakeSettings settings, CliEnvironment environment)
    {
        if (settings.Port is < 0 or > 65535)
        {
            throw new UsageException($"{Port}: {settings.Port} is not a valid port. Use a port from 1 to 65535, or 0 for a free one.");
        }

        return new()
        {
            ApiKey = string.IsNullOrWhiteSpace(settings.Key) ? throw new UsageException($"{Key}: the key is empty.") : settings.Key,
            Port = settings.Port,
            TimeProvider = environment.Time,
            AccountWebhookUrl = settings.Webhooks?.AbsoluteUri,
            WebhookHosts = settings.Webhooks is Uri url ? [url.Host] : [],
        };
    }

    private static async Task<FakeRetellServer> StartAsync(FakeRetellServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await FakeRetellServer.StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            bool isInUse = (e as SocketException ?? e.GetBaseException() as SocketException)?.SocketErrorCode == SocketError.AddressAlreadyInUse;
            throw new IOException($"The port {options.Port} {(isInUse ? "is in use" : "cannot be used")}. Use another one, or {Port} 0 for a free one.", e);
        }
    }

    /// <summary>Returns the lines that say that it is ready: the environment variables of a client, or one line of JSON.</summary>
    private static string Ready(FakeRetellServer server, bool isJson)
    {
        string url = server.BaseUrl.AbsoluteUri.TrimEnd('/');
        return isJson
            ? new JObject { ["url"] = url, ["key"] = server.ApiKey }.ToString(Formatting.None)
            : $"RETELL_BASE_URL={url}{Environment.NewLine}RETELL_API_KEY={server.ApiKey}";
    }
}
