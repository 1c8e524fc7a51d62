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
            extra = extra.Append(WithKey(request.Operation, key));
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

        // It is a copy, of JSON too.
        if ((body is null ? new JObject() : RetellJson.ToToken(body)) is not JObject json)
        {
            throw Throw.Argument($"{operation.Id}: members can only be added to a body that is a JSON object.", Options);
        }

        foreach (KeyValuePair<string, JToken?> member in extra)
        {
            json[member.Key] = member.Value ?? JValue.CreateNull();
        }

        return json;
    }

    private static KeyValuePair<string, JToken?> WithKey(ApiOperation operation, string key) => operation.IdempotencyKey is string member
        ? new(member, key)
        : throw Throw.Argument(
            $"{operation.Id} has no idempotency key. If it may be sent twice, set {nameof(RequestOptions)}.{nameof(RequestOptions.IsRepeatable)}.",
            Options);
}
