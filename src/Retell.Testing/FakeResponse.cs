using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Testing;

/// <summary>An answer of the fake.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="body">The body; empty for none.</param>
public sealed class FakeResponse(int status, ReadOnlyMemory<byte> body = default)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status is >= 200 and <= 599
        ? status
        : throw new ArgumentOutOfRangeException(nameof(status), status, "A status is from 200 to 599.");

    /// <summary>The body; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>The headers, Content-Type among them; Content-Length is added when it is sent.</summary>
    public IList<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>An answer with a JSON body.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">An object of the API, a JToken, or any object that can be written as JSON.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status is not from 200 to 599.</exception>
    public static FakeResponse Json(int status, object? body) =>
        Text(status, body is JToken token ? token.ToString(Formatting.None) : RetellJson.Serialize(body), "application/json; charset=utf-8");

    /// <summary>An answer with any text.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The text, sent as UTF-8.</param>
    /// <param name="contentType">The content type; null to tell by the first character: JSON, HTML or plain text.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status is not from 200 to 599.</exception>
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

    /// <summary>An answer in the error shape of the API: <c>{"status":"error","message":"…"}</c>.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">What went wrong.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status is not from 200 to 599.</exception>
    public static FakeResponse Error(int status, string message) => Json(status, new JObject { ["status"] = "error", ["message"] = message });

    /// <summary>The status and the size of the body.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Status} ({Body.Length} bytes)";
}
