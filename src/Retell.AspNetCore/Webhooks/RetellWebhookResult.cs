namespace Retell.AspNetCore;

/// <summary>Specifies what happened to a webhook.</summary>
public enum RetellWebhookOutcome
{
    /// <summary>Inline handlers have handled the event. The status is 204.</summary>
    Handled,

    /// <summary>The event waits for a queued handler. The status is 204.</summary>
    Queued,

    /// <summary>The event was handled before, or is being handled. The status is 204.</summary>
    Duplicate,

    /// <summary>The event has no handler. The status is 204.</summary>
    Unhandled,

    /// <summary>An inbound call or SMS got the response of the handler. The status is 200.</summary>
    InboundHandled,

    /// <summary>An inbound call or SMS got the fallback. The status is 200.</summary>
    InboundFallback,

    /// <summary>The body is signed but is not a JSON object. The status is 400.</summary>
    InvalidBody,

    /// <summary>The signature is missing, malformed or too old, or does not match. The status is 401.</summary>
    InvalidSignature,

    /// <summary>An inline handler threw an exception. The status is 500, so that the API delivers the event again.</summary>
    Failed,

    /// <summary>The queue is full. The status is 503, so that the API delivers the event again.</summary>
    QueueFull,
}

/// <summary>The response to a webhook.</summary>
public sealed class RetellWebhookResult
{
    internal RetellWebhookResult(RetellWebhookOutcome outcome, string? body = null) => (Outcome, Body) = (outcome, body);

    /// <summary>Gets what happened to the webhook.</summary>
    public RetellWebhookOutcome Outcome { get; }

    /// <summary>Gets the HTTP status code of the response.</summary>
    public int StatusCode => Outcome switch
    {
        RetellWebhookOutcome.InboundHandled or RetellWebhookOutcome.InboundFallback => 200,
        RetellWebhookOutcome.InvalidBody => 400,
        RetellWebhookOutcome.InvalidSignature => 401,
        RetellWebhookOutcome.Failed => 500,
        RetellWebhookOutcome.QueueFull => 503,
        _ => 204,
    };

    /// <summary>Gets the JSON body of the response, or null if it has no body. Send it with the content type <c>application/json</c>.</summary>
    public string? Body { get; }
}
