using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Json;

namespace Retell.Http;

/// <summary>Creates requests to endpoints that are not in the spec.</summary>
internal static class CustomRequest
{
    /// <exception cref="ArgumentException">The path is not valid, or a GET or HEAD request has a body.</exception>
    public static ApiRequest Create(HttpMethod method, string path, object? body)
    {
        string verb = (method ?? throw new ArgumentNullException(nameof(method))).Method.ToUpperInvariant();
        string route = (path ?? throw new ArgumentNullException(nameof(path))).Split('?')[0];
        if (route.Length < 2 || route[0] != '/' || route[1] == '/' || path.Any(c => c is <= ' ' or > '~' or '#' or '\\'))
        {
            throw new ArgumentException(
                $"\"{path}\" is not a valid path of the API. Use a percent-encoded path (see Uri.EscapeDataString) that starts with one slash, such as /v2/get-call/call_1.",
                nameof(path));
        }

        if (route.Split('/').Any(segment => Uri.UnescapeDataString(segment) is "." or ".."))
        {
            throw new ArgumentException($"\"{path}\" contains a dot segment, which would lead to another endpoint. Remove it.", nameof(path));
        }

        if (body is not null && verb is "GET" or "HEAD")
        {
            throw new ArgumentException($"A {verb} request cannot have a body. Put the values into the query of the path.", nameof(body));
        }

        bool isForm = body is IEnumerable<KeyValuePair<string, object?>> parts && parts.Any(part => part.Value is RetellFile or IEnumerable<RetellFile>);
        var operation = new ApiOperation($"{verb} {route}", verb, path, isRepeatable: verb is "GET" or "HEAD", isForm ? ApiOperation.Form : ApiOperation.Json)
        {
            // The path contains the IDs of this request, and may contain a token.
            Name = nameof(RetellClient.SendAsync),
            Template = null,
        };
        return new ApiRequest(operation).WithBody(body);
    }
}

/// <summary>Reads a response with the serializer, for types that have no codec.</summary>
internal sealed class CustomCodec<T> : JsonCodec<T>
{
    public static readonly CustomCodec<T> Instance = new();

    private readonly JsonCodec? _codec = Codecs.Find(typeof(T));

    public override bool TryRead(ref JsonInput input, out T value, out JToken? raw)
    {
        raw = null;
        object? read = null;
        bool isRead = _codec is not null && (input.TokenType == JsonTokenType.Null || _codec.TryReadBoxed(ref input, out read));
        value = (T)read!;
        return isRead;
    }

    public override bool TryRead(JsonReader reader, out T value, out JToken? raw)
    {
        raw = null;
        value = (T)NewtonsoftJson.Deserialize(reader, typeof(T))!;
        return value is not null || reader.TokenType == JsonToken.Null;
    }

    public override void Write(JsonWriter writer, T value) => throw new NotSupportedException();
}
