using Microsoft.Extensions.Options;
using Retell.Webhooks;

namespace Retell.AspNetCore.Webhooks;

/// <summary>The keys that requests can be signed with, as configured at the time of each request.</summary>
internal sealed class WebhookKeys(IOptionsMonitor<RetellWebhookOptions> options, IOptionsMonitor<RetellClientOptions> client, WebhookClock clock)
{
    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public bool Verify(ReadOnlySpan<byte> body, string? signature)
    {
        bool isChecked = false;
        foreach (string key in All())
        {
            isChecked = true;
            if (RetellWebhook.Verify(body, signature, key, clock.Provider))
            {
                return true;
            }
        }

        return isChecked ? false : throw new InvalidOperationException(
            "There is no signing key. Set RetellClientOptions.WebhookKey or RetellWebhookOptions.SigningKeys to the API key with the webhook badge in the dashboard.");
    }

    private IEnumerable<string> All()
    {
        RetellClientOptions settings = client.CurrentValue;
        string? own = NotEmpty(settings.WebhookKey) ?? NotEmpty(settings.ApiKey) ?? NotEmpty(Environment.GetEnvironmentVariable("RETELL_API_KEY"));
        return options.CurrentValue.SigningKeys.Prepend(own).Select(NotEmpty).OfType<string>().Distinct(StringComparer.Ordinal);
    }

    private static string? NotEmpty(string? key) => string.IsNullOrWhiteSpace(key) ? null : key.Trim();
}
