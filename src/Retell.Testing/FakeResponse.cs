using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Testing;

/// <summary>A response of the fake.</summary>
/// <param name="status">The HTTP status, from 200 to 599.</param>
/// <param name="body">The body; empty for none.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not from 200 to 599.</exception>
public sealed class FakeResponse(int status, ReadOnlyMemory<byte> body = default)
{
    /// <summary>Gets the HTTP status.</summary>
    public int Status { get; } = status is >= 200 and <= 599
        ? status
        : throw new ArgumentOutOfRangeException(nameof(status), status, "The status must be from 200 to 599.");

    /// <summary>Gets the body; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>Gets the headers, including Content-Type. Content-Length is added when the response is sent.</summary>
    public IList<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>Creates a response with a JSON body.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body: an object of the API, a JToken, or any object that can be written as JSON.</param>
    /// <returns>The response.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not from 200 to 599.</exception>
    public static FakeResponse Json(int status, object? body) =>
        Text(status, body is JToken token ? token.ToString(Formatting.None) : RetellJson.Serialize(body), "application/json; charset=utf-8");

    /// <summary>Creates a response with a text body.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The text, sent as UTF-8.</param>
    /// <param name="contentType">The content type; null to derive it from the first character: JSON, HTML or plain text.</param>
    /// <returns>The response.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not from 200 to 599.</exception>
    public static FakeResponse Text(int status, string body, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        contentType ??= body.TrimStart() switch
        {
            ['{' or '[', ..] => "application/json; charset=utf-8",
            ['<', ..] => "text/html; charset=utf-8",
            _ => "text/plain; charset=utf-8",
        };
        var response = new FakeResponse(status, Encoding.UTF8.GetBytes(body));
        if (body.Length > 0)
        {
            response.Headers.Add(new("Content-Type", contentType));
        }

        return response;
    }

    /// <summary>Creates a response in the error format of the API: <c>{"status":"error","message":"…"}</c>.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">The error message.</param>
    /// <returns>The response.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not from 200 to 599.</exception>
    public static FakeResponse Error(int status, string message) => Json(status, new JObject { ["status"] = "error", ["message"] = message });

    /// <summary>Returns the status and the size of the body.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Status} ({Body.Length} bytes)";
}
