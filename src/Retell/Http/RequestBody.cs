using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Http;

/// <summary>Completes the body of a request with the members that the options add, and checks it.</summary>
internal static class RequestBody
{
    /// <summary>The name of the argument with the options, in every method.</summary>
    private const string Options = "options";

    /// <summary>Returns the body to send, or null for none. The object of the caller is not changed.</summary>
    /// <exception cref="ArgumentException">A required member is missing, or the options cannot be applied.</exception>
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
            throw Throw.Argument($"{operation.Id} is a GET operation and has no request body. Use {nameof(RequestOptions)}.{nameof(RequestOptions.Query)}.", Options);
        }

        // A copy, even if the body is JSON.
        if ((body is null ? new JObject() : RetellJson.ToToken(body)) is not JObject json)
        {
            throw Throw.Argument($"{operation.Id}: members can only be added to a request body that is a JSON object. Remove them from the options.", Options);
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
            $"{operation.Id} does not accept an idempotency key. Remove the key. "
            + $"If the request can be sent twice, set {nameof(RequestOptions)}.{nameof(RequestOptions.IsRepeatable)}.",
            Options);
}
