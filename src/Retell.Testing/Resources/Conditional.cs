using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Testing.Resources;

/// <summary>
/// Conditional updates as HTTP defines them: a response has an <c>ETag</c>, and an update with <c>If-Match</c> fails with 412 unless the object
/// still is what that tag stands for.
/// </summary>
internal static class Conditional
{
    public static FakeResponse Tagged(FakeResponse response)
    {
        if (response.Status < 300)
        {
            response.Headers.Add(new("ETag", Tag(response.Body.Span)));
        }

        return response;
    }

    /// <summary>Checks the condition of an update.</summary>
    /// <param name="request">The request.</param>
    /// <param name="current">The object before the update.</param>
    /// <param name="what">The object in words, such as <c>agent agent_1</c>.</param>
    /// <returns>The error, or null where the update may go on.</returns>
    public static FakeResponse? Failure(FakeRequest request, JObject current, string what)
    {
        if (request.Headers.GetValueOrDefault("If-Match") is not string condition)
        {
            return null;
        }

        string tag = Tag(Encoding.UTF8.GetBytes(current.ToString(Formatting.None)));
        return condition.Split(',', StringSplitOptions.TrimEntries).Any(one => one == "*" || one == tag) ? null
            : FakeResponse.Error(412, $"The {what} was changed since it was read: If-Match is {condition}, but its ETag is {tag}.");
    }

    private static string Tag(ReadOnlySpan<byte> json) => $"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..16]}\"";
}
