using System.Globalization;
using Microsoft.Extensions.Configuration;
using Retell.Http;

namespace Retell.DependencyInjection;

/// <summary>Reads the options from configuration, without the reflection that trimming would break.</summary>
internal static class ConfigurationReader
{
    public static Action<RetellClientOptions> Read(IConfiguration configuration)
    {
        _ = configuration ?? throw new ArgumentNullException(nameof(configuration));
        return options => Read(configuration, options);
    }

    private static void Read(IConfiguration configuration, RetellClientOptions options)
    {
        Set(configuration, nameof(options.ApiKey), text => options.ApiKey = text);
        Set(configuration, nameof(options.BaseUrl), text => options.BaseUrl = new Uri(text, UriKind.Absolute));
        Set(configuration, nameof(options.AllowInsecureHttp), text => options.AllowInsecureHttp = bool.Parse(text));
        Set(configuration, nameof(options.Timeout), text => options.Timeout = Time(text));
        Set(configuration, nameof(options.TotalTimeout), text => options.TotalTimeout = Time(text));
        Set(configuration, nameof(options.MaxRetries), text => options.MaxRetries = int.Parse(text, CultureInfo.InvariantCulture));
        Set(configuration, nameof(options.LogBodies), text => options.LogBodies = bool.Parse(text));
        foreach (IConfigurationSection header in configuration.GetSection(nameof(options.DefaultHeaders)).GetChildren())
        {
            options.DefaultHeaders[header.Key] = header.Value ?? "";
        }
    }

    private static void Set(IConfiguration configuration, string key, Action<string> set)
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return;
        }

        try
        {
            set(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            string path = configuration is IConfigurationSection section ? $"{section.Path}:{key}" : key;

            // The key itself is told to nobody.
            string value = key == nameof(RetellClientOptions.ApiKey) ? "" : $" \"{KeyMask.WithoutUser(text)}\"";
            throw new RetellException($"The setting {path}{value} is not valid: {e.Message}", e);
        }
    }

    /// <summary>A bare number would be days.</summary>
    private static TimeSpan Time(string text) => text.Contains(':')
        ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
        : throw new FormatException("Write times as hh:mm:ss, such as 00:01:30.");
}
