using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Json;

namespace Retell.Http;

/// <summary>A request to an endpoint that is in no spec yet.</summary>
internal static class CustomRequest
{
    /// <exception cref="ArgumentException">The path would lead elsewhere.</exception>
    public static ApiRequest Create(HttpMethod method, string path, object? body)
    {
        string verb = (method ?? throw new ArgumentNullException(nameof(method))).Method.ToUpperInvariant();
        string route = (path ?? throw new ArgumentNullException(nameof(path))).Split('?')[0];
        if (route.Length < 2 || route[0] != '/' || route[1] == '/' || path.Any(c => c is <= ' ' or > '~' or '#' or '\\'))
        {
            throw new ArgumentException(
                $"\"{path}\" is no path of the API. It begins with one slash and is percent-encoded (Uri.EscapeDataString), such as /v2/get-call/call_1.",
                nameof(path));
        }

        if (route.Split('/').Any(segment => Uri.UnescapeDataString(segment) is "." or ".."))
        {
            throw new ArgumentException($"\"{path}\" has a dot segment and would lead to another endpoint.", nameof(path));
        }

        if (body is not null && verb is "GET" or "HEAD")
        {
            throw new ArgumentException($"A {verb} has no body.", nameof(body));
        }

        bool isForm = body is IEnumerable<KeyValuePair<string, object?>> parts && parts.Any(part => part.Value is RetellFile or IEnumerable<RetellFile>);
        var operation = new ApiOperation($"{verb} {route}", verb, path, isRepeatable: verb is "GET" or "HEAD", isForm ? ApiOperation.Form : ApiOperation.Json)
        {
            // The path holds the IDs of this request, and perhaps a token.
            Name = nameof(RetellClient.SendAsync),
            Template = null,
        };
        return new ApiRequest(operation).WithBody(body);
    }
}

/// <summary>Reads an answer with the serializer, for types that have no codec of their own.</summary>
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
