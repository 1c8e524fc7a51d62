using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Testing;

/// <summary>One attempt to deliver a webhook.</summary>
public sealed class FakeWebhookDelivery
{
    internal FakeWebhookDelivery(string eventName, string url, string body, int attempt, DateTimeOffset sentAt, IReadOnlyDictionary<string, string> headers) =>
        (Event, Url, Body, Attempt, SentAt, Headers) = (eventName, url, body, attempt, sentAt, headers);

    /// <summary>The event, such as <c>call_ended</c>.</summary>
    public string Event { get; }

    /// <summary>Where it was sent to.</summary>
    public string Url { get; }

    /// <summary>The body as it was sent and signed.</summary>
    public string Body { get; }

    /// <summary>The body as JSON, a copy.</summary>
    public JObject Json => (JObject)Text.ParseJson(System.Text.Encoding.UTF8.GetBytes(Body));

    /// <summary>The headers that were sent, <c>X-Retell-Signature</c> among them; the name is not case-sensitive.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Which attempt it was, from 1.</summary>
    public int Attempt { get; }

    /// <summary>When it was sent, by the clock of the server.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>The status of the answer; null without one.</summary>
    public int? Status { get; internal set; }

    /// <summary>The body of the answer; empty without one.</summary>
    public string Answer { get; internal set; } = "";

    /// <summary>Why there was no answer; null if there was one.</summary>
    public string? Error { get; internal set; }

    /// <summary>Whether the answer was one of success.</summary>
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>Event, address and status.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"{Event} → {Url}, attempt {Attempt}: {Status?.ToString(CultureInfo.InvariantCulture) ?? Error ?? "no answer"}";
}
