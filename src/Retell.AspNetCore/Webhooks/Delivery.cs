namespace Retell.AspNetCore;

/// <summary>Specifies when a webhook handler runs.</summary>
public enum Delivery
{
    /// <summary>The handler runs before the response. If it throws an exception, the response has status 500 and the API delivers the event again.</summary>
    Inline,

    /// <summary>
    /// The response has status 204 at once, and the handler runs in the background. The API does not learn of a failure. With the default queue, a
    /// crash of the process loses the events that wait or run.
    /// </summary>
    Queued,
}
