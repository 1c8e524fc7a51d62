using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Retell.Http;

namespace Retell.DependencyInjection;

/// <summary>Reads the options from configuration, without reflection, so that trimming does not break it. A setting that does not exist is an error.</summary>
internal static class ConfigurationReader
{
    private const string Headers = nameof(RetellClientOptions.DefaultHeaders);

    private static readonly Dictionary<string, Action<RetellClientOptions, string>> s_settings = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(RetellClientOptions.ApiKey)] = (options, text) => options.ApiKey = text,
        [nameof(RetellClientOptions.WebhookKey)] = (options, text) => options.WebhookKey = text,
        [nameof(RetellClientOptions.BaseUrl)] = (options, text) => options.BaseUrl = new Uri(text, UriKind.Absolute),
        [nameof(RetellClientOptions.AllowInsecureHttp)] = (options, text) => options.AllowInsecureHttp = bool.Parse(text),
        [nameof(RetellClientOptions.Timeout)] = (options, text) => options.Timeout = Time(text),
        [nameof(RetellClientOptions.TotalTimeout)] = (options, text) => options.TotalTimeout = Time(text),
        [nameof(RetellClientOptions.MaxRetries)] = (options, text) => options.MaxRetries = Whole(text),
        [nameof(RetellClientOptions.MaxResponseSize)] = (options, text) => options.MaxResponseSize = long.Parse(text, CultureInfo.InvariantCulture),
        [nameof(RetellClientOptions.LogBodies)] = (options, text) => options.LogBodies = bool.Parse(text),
        ["Resilience:TotalRequestTimeout:Timeout"] = (options, text) => options.TotalTimeout = Time(text),
        ["Resilience:Retry:MaxRetryAttempts"] = (options, text) => options.MaxRetries = Whole(text),
        ["Resilience:Retry:BackoffType"] = (options, text) => options.Resilience.Retry.BackoffType = Backoff(text),
        ["Resilience:Retry:UseJitter"] = (options, text) => options.Resilience.Retry.UseJitter = bool.Parse(text),
        ["Resilience:Retry:Delay"] = (options, text) => options.Resilience.Retry.Delay = Time(text),
        ["Resilience:Retry:MaxDelay"] = (options, text) => options.Resilience.Retry.MaxDelay = Time(text),
        ["Resilience:Retry:ShouldRetryAfterHeader"] = (options, text) => SetRetryAfter(options.Resilience.Retry, bool.Parse(text)),
        ["Resilience:CircuitBreaker:FailureRatio"] = (options, text) => Breaker(options).FailureRatio = double.Parse(text, CultureInfo.InvariantCulture),
        ["Resilience:CircuitBreaker:MinimumThroughput"] = (options, text) => Breaker(options).MinimumThroughput = Whole(text),
        ["Resilience:CircuitBreaker:SamplingDuration"] = (options, text) => Breaker(options).SamplingDuration = Time(text),
        ["Resilience:CircuitBreaker:BreakDuration"] = (options, text) => Breaker(options).BreakDuration = Time(text),
        ["Resilience:RateLimiter:DefaultRateLimiterOptions:PermitLimit"] = (options, text) => Limiter(options).DefaultRateLimiterOptions.PermitLimit = Whole(text),
        ["Resilience:RateLimiter:DefaultRateLimiterOptions:QueueLimit"] = (options, text) => Limiter(options).DefaultRateLimiterOptions.QueueLimit = Whole(text),
        ["Resilience:AttemptTimeout:Timeout"] = (options, text) => options.Timeout = Time(text),
    };

    public static Action<RetellClientOptions> Read(IConfiguration configuration)
    {
        _ = configuration ?? throw new ArgumentNullException(nameof(configuration));
        return options => ReadSection(configuration, "", configuration, options);
    }

    private static void ReadSection(IConfiguration section, string path, IConfiguration root, RetellClientOptions options)
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            string name = path + child.Key;
            if (path.Length == 0 && name.Equals(Headers, StringComparison.OrdinalIgnoreCase))
            {
                foreach (IConfigurationSection header in child.GetChildren())
                {
                    options.DefaultHeaders[header.Key] = header.Value ?? "";
                }
            }
            else if (child.Value is { } text)
            {
                Set(name, text, FullPath(root, name), options);
            }
            else
            {
                ReadSection(child, name + ":", root, options);
            }
        }
    }

    private static void Set(string name, string text, string path, RetellClientOptions options)
    {
        if (!s_settings.TryGetValue(name, out Action<RetellClientOptions, string>? set))
        {
            throw new RetellException($"The setting \"{path}\" does not exist. {Suggest(name)}");
        }

        if (text.Length == 0)
        {
            return;
        }

        try
        {
            set(options, text);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            // A message must not contain the key or the password of a URL.
            string value = name.Equals(nameof(RetellClientOptions.ApiKey), StringComparison.OrdinalIgnoreCase) ? "" : $" \"{KeyMask.WithoutUser(text)}\"";
            throw new RetellException($"The value{value} of the setting \"{path}\" is not valid: {e.Message}", e);
        }
    }

    private static string FullPath(IConfiguration root, string name) => root is IConfigurationSection section ? $"{section.Path}:{name}" : name;

    private static string Suggest(string name)
    {
        string nearest = s_settings.Keys.Append(Headers).OrderBy(known => Distance(name, known)).ThenBy(known => known, StringComparer.Ordinal).First();
        return Distance(name, nearest) <= 2 + (nearest.Length / 4)
            ? $"Did you mean \"{nearest}\"?"
            : $"The settings are {string.Join(", ", s_settings.Keys.Append(Headers).Where(known => !known.Contains(':')))}, and those of the section Resilience.";
    }

    /// <summary>Returns the distance of two names. A known setting in the wrong section has the distance 0.</summary>
    private static int Distance(string given, string known)
    {
        (string left, string right) = (given.ToUpperInvariant(), known.ToUpperInvariant());
        return left.Split(':').Last() == right.Split(':').Last() ? 0 : EditDistance.Between(left, right);
    }

    private static HttpCircuitBreakerStrategyOptions Breaker(RetellClientOptions options) => options.Resilience.CircuitBreaker ??= new();

    private static HttpRateLimiterStrategyOptions Limiter(RetellClientOptions options) => options.Resilience.RateLimiter ??= new();

    /// <summary>Sets the value. The setter of the package also sets a generator that supports only one header.</summary>
    private static void SetRetryAfter(HttpRetryStrategyOptions retry, bool value) => (retry.ShouldRetryAfterHeader, retry.DelayGenerator) = (value, null);

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static DelayBackoffType Backoff(string text) => Enum.TryParse(text, ignoreCase: true, out DelayBackoffType type) && !char.IsDigit(text[0])
        ? type
        : throw new FormatException("Use Constant, Linear or Exponential.");

    /// <summary>Reads a time. A number without a colon is an error, because it would be read as days.</summary>
    private static TimeSpan Time(string text) => text.Contains(':')
        ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
        : throw new FormatException("Use the format hh:mm:ss, such as 00:01:30.");
}
