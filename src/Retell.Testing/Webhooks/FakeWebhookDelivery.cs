using System.Globalization;
using Newtonsoft.Json.Linq;
using Retell.Testing.Webhooks;

namespace Retell.Testing;

/// <summary>An attempt to deliver a webhook.</summary>
public sealed class FakeWebhookDelivery
{
    internal FakeWebhookDelivery(string eventName, string url, string body, int attempt, DateTimeOffset sentAt, OutboundResult result)
    {
        (Event, Url, Body, Attempt, SentAt) = (eventName, url, body, attempt, sentAt);
        (Headers, Status, Answer, Error) = (result.Headers, result.Status, result.Body, result.Error);
        Duration = result.Duration;
    }

    /// <summary>Gets the event, such as <c>call_ended</c>.</summary>
    public string Event { get; }

    /// <summary>Gets the URL of the receiver.</summary>
    public string Url { get; }

    /// <summary>Gets the body as it was sent.</summary>
    public string Body { get; }

    /// <summary>Gets a copy of the body as JSON.</summary>
    public JObject Json => (JObject)Text.ParseJson(System.Text.Encoding.UTF8.GetBytes(Body));

    /// <summary>Gets the headers that were sent, including <c>X-Retell-Signature</c> if there was a signature. Names are not case-sensitive.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Gets the number of the attempt, from 1. A duplicate begins at 1 again.</summary>
    public int Attempt { get; }

    /// <summary>Gets the time at which it was sent, by the clock of the server.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>Gets the time until the response, with its body, by the clock of the server: zero while it stands still.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Gets the HTTP status of the response; null without a response.</summary>
    public int? Status { get; }

    /// <summary>Gets the body of the response; empty without a response.</summary>
    public string Answer { get; }

    /// <summary>Gets the reason why there was no response; null if there was one.</summary>
    public string? Error { get; }

    /// <summary>Gets a value indicating whether the status is from 200 to 299.</summary>
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>Returns the event, the URL and the status.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"{Event} → {Url}, attempt {Attempt}: {Status?.ToString(CultureInfo.InvariantCulture) ?? Error ?? "no response"}";
}
