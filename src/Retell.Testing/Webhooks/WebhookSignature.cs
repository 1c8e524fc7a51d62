using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Retell.Testing.Webhooks;

/// <summary>The signature of a webhook: <c>v=&lt;ms since 1970&gt;,d=&lt;HMAC-SHA256 of body and ms, in hex&gt;</c>.</summary>
internal static class WebhookSignature
{
    public const string Header = "X-Retell-Signature";

    public static string Sign(string body, string apiKey, DateTimeOffset timestamp)
    {
        string time = timestamp.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        byte[] digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(apiKey), Encoding.UTF8.GetBytes(body + time));
        return $"v={time},d={Convert.ToHexStringLower(digest)}";
    }
}
