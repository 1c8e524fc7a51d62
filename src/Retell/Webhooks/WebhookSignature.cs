using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Retell.Webhooks;

/// <summary><c>v=&lt;ms&gt;,d=&lt;hex&gt;</c>: the HMAC-SHA256 of body and timestamp, keyed with the API key.</summary>
internal static class WebhookSignature
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int DigestLength = 64;

    public static string Sign(byte[] body, string apiKey, DateTimeOffset timestamp)
    {
        string milliseconds = timestamp.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return $"v={milliseconds},d={Digest(body, milliseconds, apiKey)}";
    }

    /// <summary>What is wrong with a signature; null when nothing is.</summary>
    public static string? FindFault(byte[] body, string? signature, string apiKey, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(signature))
        {
            return $"the header {RetellWebhook.SignatureHeader} is missing.";
        }

        if (!TrySplit(signature!, out string milliseconds, out string digest)
            || !long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long signed))
        {
            return $"the header {RetellWebhook.SignatureHeader} is not of the form v=<milliseconds>,d=<64 hex digits>.";
        }

        // The digest first: what is not signed says nothing about its time.
        if (!AreEqual(digest, Digest(body, milliseconds, apiKey)))
        {
            return "the signature does not match. Use the body as it arrived, and the API key that has the webhook badge.";
        }

        // Both lie within the range of a long, their difference may not.
        decimal age = (decimal)clock.GetUtcNow().ToUnixTimeMilliseconds() - signed;
        return Math.Abs(age) > (decimal)Tolerance.TotalMilliseconds
            ? FormattableString.Invariant($"it was signed {Math.Abs(age) / 1000:0} s {(age > 0 ? "ago" : "ahead of this clock")}; {Tolerance.TotalSeconds:0} s are allowed.")
            : null;
    }

    private static bool TrySplit(string signature, out string milliseconds, out string digest)
    {
        milliseconds = digest = "";
        int comma = signature.IndexOf(',');
        if (comma < 0 || !StartsWith(signature, 0, 'v') || !StartsWith(signature, comma + 1, 'd'))
        {
            return false;
        }

        milliseconds = signature.Substring(2, comma - 2);
        digest = signature.Substring(comma + 3).ToLowerInvariant();
        return digest.Length == DigestLength && digest.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
    }

    private static bool StartsWith(string text, int at, char name) =>
        text.Length > at + 1 && char.ToLowerInvariant(text[at]) == name && text[at + 1] == '=';

    private static string Digest(byte[] body, string milliseconds, string apiKey)
    {
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(apiKey));
        byte[] suffix = Encoding.ASCII.GetBytes(milliseconds);
        hmac.TransformBlock(body, 0, body.Length, null, 0);
        hmac.TransformFinalBlock(suffix, 0, suffix.Length);
        var hex = new StringBuilder(DigestLength);
        foreach (byte b in hmac.Hash!)
        {
            hex.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }

        return hex.ToString();
    }

    /// <summary>Takes the same time wherever the difference is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static bool AreEqual(string left, string right)
    {
        int difference = left.Length ^ right.Length;
        for (int i = 0; i < left.Length && i < right.Length; i++)
        {
            difference |= left[i] ^ right[i];
        }

        return difference == 0;
    }
}
