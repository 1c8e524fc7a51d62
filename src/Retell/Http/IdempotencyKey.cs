using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Http;

/// <summary>The key by which the API recognizes a request that it has already processed.</summary>
internal static class IdempotencyKey
{
    /// <summary>The name of the member of the body that contains the key.</summary>
    private const string Member = "idempotency_key";

    private const int MinLength = 5;
    private const int MaxLength = 255;

    /// <summary>Returns a value indicating whether the caller has set a key anywhere, valid or not. No other key replaces it.</summary>
    public static bool IsSet(RetellObject request, RequestOptions? options) =>
        IsSet(options)
        || request.AdditionalPropertiesOrNull?.ContainsKey(Member) == true
        || (request.Shape.Find(Member) is JsonMember member && (member.HasValue(request) || request.IsNull(member.Index)));

    private static bool IsSet(RequestOptions? options) => options is not null && (options.IdempotencyKey is not null || options.Body.ContainsKey(Member));

    /// <summary>Checks the key in the serialized body, wherever the caller has set it.</summary>
    /// <returns>Whether the body contains a key.</returns>
    /// <exception cref="ArgumentException">The body contains a key that is not valid.</exception>
    public static bool IsIn(PooledBuffer? json, ApiRequest request, RequestOptions? options)
    {
        if (request.Operation.IdempotencyKey is not string member || json is null)
        {
            return false;
        }

        bool isFound = false;
        foreach (JToken key in Utf8Document.Members(json.ToSequence(), member))
        {
            isFound = true;
            if (!IsValid(key.Type == JTokenType.String ? (string?)key : null))
            {
                string found = key.Type == JTokenType.String ? $"\"{Shorten((string)key!)}\"" : $"{key.ToString(Formatting.None)} (which is not a string)";
                throw Throw.Argument(
                    $"{request.Operation.Id}: {found} is not a valid idempotency key. Use a string of {MinLength} to {MaxLength} letters, digits, hyphens and underscores.",
                    ArgumentOf(request, options));
            }
        }

        return isFound;
    }

    /// <summary>Returns the argument of the public method that contains the key.</summary>
    private static string ArgumentOf(ApiRequest request, RequestOptions? options) =>
        IsSet(options) ? nameof(options) : (request.Body as RetellObject)?.ArgumentOf?.Invoke(nameof(CreatePhoneCallRequest.IdempotencyKey)) ?? "body";

    private static string Shorten(string text) => text.Length <= MaxLength ? text : $"{text.Substring(0, 40)}…";

    private static bool IsValid(string? key) => key?.Length is >= MinLength and <= MaxLength
        && key.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_');
}
