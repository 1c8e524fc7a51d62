using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Retell.Webhooks;

/// <summary>The signature <c>v=&lt;ms&gt;,d=&lt;hex&gt;</c>: the HMAC-SHA256 of the body and the timestamp, keyed with the API key.</summary>
internal static class WebhookSignature
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int DigestLength = 32;

    public static string Sign(ReadOnlySpan<byte> body, string apiKey, DateTimeOffset timestamp)
    {
        string milliseconds = timestamp.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return $"v={milliseconds},d={ToHex(Digest(body, milliseconds, apiKey))}";
    }

    /// <summary>Returns what is wrong with a signature, or null if it is valid.</summary>
    public static string? FindFault(ReadOnlySpan<byte> body, string? signature, string apiKey, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(signature))
        {
            return $"the header {RetellWebhook.SignatureHeader} is missing.";
        }

        if (!TrySplit(signature!, out string milliseconds, out byte[] digest)
            || !long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long signed))
        {
            return $"the header {RetellWebhook.SignatureHeader} is not of the form v=<milliseconds>,d=<64 hex digits>.";
        }

        // The digest comes first, because an unsigned timestamp means nothing.
        if (!AreEqual(digest, Digest(body, milliseconds, apiKey)))
        {
            return "the signature does not match. Use the unchanged request body, and the API key with the webhook badge.";
        }

        // Both values fit into a long, but their difference may not.
        decimal age = (decimal)clock.GetUtcNow().ToUnixTimeMilliseconds() - signed;
        return Math.Abs(age) > (decimal)Tolerance.TotalMilliseconds
            ? FormattableString.Invariant(
                $"it was signed {Math.Abs(age) / 1000:0} s {(age > 0 ? "ago" : "in the future")}, but at most {Tolerance.TotalSeconds:0} s are allowed. Check the clock of this machine.")
            : null;
    }

    private static bool TrySplit(string signature, out string milliseconds, out byte[] digest)
    {
        (milliseconds, digest) = ("", []);
        int comma = signature.IndexOf(',');
        if (comma < 0 || !StartsWith(signature, 0, 'v') || !StartsWith(signature, comma + 1, 'd'))
        {
            return false;
        }

        milliseconds = signature.Substring(2, comma - 2);
        string hex = signature.Substring(comma + 3);
        if (hex.Length != 2 * DigestLength || !hex.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F')))
        {
            return false;
        }

        digest = FromHex(hex);
        return true;
    }

    private static bool StartsWith(string text, int at, char name) =>
        text.Length > at + 1 && char.ToLowerInvariant(text[at]) == name && text[at + 1] == '=';

#if NET
    private static byte[] Digest(ReadOnlySpan<byte> body, string milliseconds, string apiKey)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(apiKey));
        hmac.AppendData(body);
        hmac.AppendData(Encoding.ASCII.GetBytes(milliseconds));
        return hmac.GetHashAndReset();
    }

    private static string ToHex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static byte[] FromHex(string hex) => Convert.FromHexString(hex);

    private static bool AreEqual(byte[] left, byte[] right) => CryptographicOperations.FixedTimeEquals(left, right);
#else
    private static byte[] Digest(ReadOnlySpan<byte> body, string milliseconds, string apiKey)
    {
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(apiKey));
        byte[] suffix = Encoding.ASCII.GetBytes(milliseconds);
        byte[] signed = new byte[body.Length + suffix.Length];
        body.CopyTo(signed);
        suffix.CopyTo(signed, body.Length);
        return hmac.ComputeHash(signed);
    }

    private static string ToHex(byte[] bytes) => string.Concat(bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));

    private static byte[] FromHex(string hex) =>
        [.. Enumerable.Range(0, hex.Length / 2).Select(i => byte.Parse(hex.Substring(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];

    /// <summary>Compares in constant time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static bool AreEqual(byte[] left, byte[] right)
    {
        int difference = left.Length ^ right.Length;
        for (int i = 0; i < left.Length && i < right.Length; i++)
        {
            difference |= left[i] ^ right[i];
        }

        return difference == 0;
    }
#endif
}
