using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Http;

/// <summary>The body of a request, with what the options add, and nothing missing.</summary>
internal static class RequestBody
{
    /// <summary>The argument of every method that takes them.</summary>
    private const string Options = "options";

    /// <summary>The body to send; null for none. What the caller passed in is not changed.</summary>
    /// <exception cref="ArgumentException">It lacks what the API requires, or the options cannot be applied.</exception>
    public static object? Complete(ApiRequest request, RequestOptions? options)
    {
        object? body = request.Body;
        IEnumerable<KeyValuePair<string, JToken?>> extra = options?.Body ?? Enumerable.Empty<KeyValuePair<string, JToken?>>();
        if (options?.IdempotencyKey is string key)
        {
            extra = extra.Append(IdempotencyKey(request.Operation, key));
        }

        if (extra.Any())
        {
            body = With(body, extra, request.Operation);
        }

        if (body is RetellObject written)
        {
            RequestRules.Check(written, request.Operation);
        }

        return body;
    }

    private static object With(object? body, IEnumerable<KeyValuePair<string, JToken?>> extra, ApiOperation operation)
    {
        if (body is RetellObject known)
        {
            RetellObject copy = known.Copy();
            foreach (KeyValuePair<string, JToken?> member in extra)
            {
                copy.Override(member.Key, member.Value ?? JValue.CreateNull());
            }

            return copy;
        }

        if (operation.IsMultipart && body is IEnumerable<KeyValuePair<string, object?>> parts)
        {
            return parts.Where(part => !extra.Any(member => member.Key == part.Key)).Concat(extra.Select(member => new KeyValuePair<string, object?>(member.Key, member.Value)));
        }

        if (operation.Method == "GET")
        {
            throw Throw.Argument($"{operation.Id} is a GET and has no body. Use {nameof(RequestOptions)}.{nameof(RequestOptions.Query)}.", Options);
        }

        // FromObject copies, JSON too.
        if ((body is null ? new JObject() : JToken.FromObject(body, RetellJson.Serializer)) is not JObject json)
        {
            throw Throw.Argument($"{operation.Id}: members can only be added to a body that is a JSON object.", Options);
        }

        foreach (KeyValuePair<string, JToken?> member in extra)
        {
            json[member.Key] = member.Value ?? JValue.CreateNull();
        }

        return json;
    }

    private static KeyValuePair<string, JToken?> IdempotencyKey(ApiOperation operation, string key)
    {
        if (operation.IdempotencyKey is null)
        {
            throw Throw.Argument(
                $"{operation.Id} has no idempotency key. If it may be sent twice, set {nameof(RequestOptions)}.{nameof(RequestOptions.IsRepeatable)}.",
                Options);
        }

        return key.Length is >= 5 and <= 255 && key.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_')
            ? new(operation.IdempotencyKey, key)
            : throw Throw.Argument($"\"{key}\" is no idempotency key: it must have 5 to 255 letters, digits, hyphens and underscores.", Options);
    }
}
