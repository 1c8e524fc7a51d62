using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Retell.Resilience;

namespace Retell.Http;

/// <summary>The options of a client, and what is built from them. A configuration change creates new settings; operations in progress keep theirs.</summary>
internal sealed class ClientSettings
{
    /// <param name="options">A complete copy of the options that nothing else changes.</param>
    /// <exception cref="RetellException">A resilience setting is not valid.</exception>
    public ClientSettings(RetellClientOptions options)
    {
        Options = options;
        Log = options.LoggerFactory?.CreateLogger(typeof(RetellClient)) ?? NullLogger.Instance;
        Mask = new KeyMask([.. KeyMask.SecretsOf(options.DefaultHeaders), options.WebhookKey!, options.ApiKey!]);
        Pipeline = new RetellPipeline(options, Log);
    }

    public RetellClientOptions Options { get; }

    public ILogger Log { get; }

    public KeyMask Mask { get; }

    public RetellPipeline Pipeline { get; }
}
