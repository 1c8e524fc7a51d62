using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Testing;

/// <summary>A call of a custom function: the request that the fake sent to the function's URL, and the result that the agent received.</summary>
public sealed class FakeFunctionCall
{
    internal FakeFunctionCall(string name, string toolCallId, string method, string url, string body) =>
        (Name, ToolCallId, Method, Url, Body) = (name, toolCallId, method, url, body);

    /// <summary>Gets the name of the function.</summary>
    public string Name { get; }

    /// <summary>Gets the ID by which the invocation and the result belong together in the transcript; empty if the function was called by its URL.</summary>
    public string ToolCallId { get; }

    /// <summary>Gets the HTTP method.</summary>
    public string Method { get; }

    /// <summary>Gets the URL, with the query parameters of the tool and with dynamic variables replaced.</summary>
    public string Url { get; }

    /// <summary>Gets the body as it was sent; empty for GET and DELETE.</summary>
    public string Body { get; }

    /// <summary>Gets the headers that were sent, including <c>X-Retell-Signature</c> if there was a signature. Names are not case-sensitive.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; internal set; } = new Dictionary<string, string>();

    /// <summary>Gets the number of attempts: one, and up to <c>max_retry</c> of the tool more.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Gets the time that all attempts took, by the clock of the server: zero while it stands still.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>Gets the HTTP status of the last response; null without a response.</summary>
    public int? Status { get; internal set; }

    /// <summary>Gets the text that the agent received: the body of the response, at most 15,000 characters, or the error.</summary>
    public string Content { get; internal set; } = "";

    /// <summary>Gets the reason why there was no response; null if there was one.</summary>
    public string? Error { get; internal set; }

    /// <summary>Gets a value indicating whether the status is from 200 to 299.</summary>
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>Gets the dynamic variables that the response filled, by the <c>response_variables</c> of the tool.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; internal set; } = new Dictionary<string, string>();

    /// <summary>Reads the body of the response as JSON.</summary>
    /// <returns>The JSON value.</returns>
    /// <exception cref="InvalidOperationException">The body is not valid JSON.</exception>
    public JToken ReadJson()
    {
        try
        {
            return Text.ParseJson(System.Text.Encoding.UTF8.GetBytes(Content));
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new InvalidOperationException($"The result of the function \"{Name}\" is not valid JSON: {e.Message}", e);
        }
    }

    /// <summary>Returns the name, the URL and the status.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Name}: {Method} {Url} → {Status?.ToString(CultureInfo.InvariantCulture) ?? Error ?? "no response"}";
}
