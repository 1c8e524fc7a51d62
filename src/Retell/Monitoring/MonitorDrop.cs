using System.Net;

namespace Retell.Monitoring;

/// <summary>Why a connection was not made, or has ended.</summary>
/// <param name="CloseCode">The code of the close message, or null if there was none.</param>
/// <param name="CloseReason">The reason of the close message, or null.</param>
/// <param name="Status">The HTTP status with which the connection was refused, or null.</param>
/// <param name="Failure">The exception, or null.</param>
internal sealed record MonitorDrop(int? CloseCode = null, string? CloseReason = null, HttpStatusCode? Status = null, Exception? Failure = null)
{
    public const int NotLive = 4004;

    public bool IsNotLive => CloseCode == NotLive;

    /// <summary>Gets a value indicating whether the call has ended.</summary>
    public bool IsEnd => CloseCode == 1000 && CloseReason == "call_ended";

    /// <summary>Gets a value indicating whether the API key was refused, or not found in the place where it was sent.</summary>
    public bool IsUnauthorized => CloseCode is 4001 or 4003 || Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    /// <summary>Gets a value indicating whether another connection would end in the same way.</summary>
    public bool IsFinal => CloseCode is >= 4000 and < 5000 and not NotLive || ((int?)Status is >= 300 and < 500 and not 408 and not 429);

    /// <summary>Gets the reason for the log, which contains no text of the server.</summary>
    public string LogText => CloseCode is int code ? FormattableString.Invariant($"close code {code}")
        : Status is HttpStatusCode status ? FormattableString.Invariant($"status {(int)status}")
        : Failure?.GetType().Name ?? "a closed connection";

    /// <summary>Returns what happened, as a part of a sentence.</summary>
    public override string ToString() => CloseCode is int code ? FormattableString.Invariant($"the API closed the connection with code {code}{Quoted}")
        : Status is HttpStatusCode status ? FormattableString.Invariant($"the API refused the connection with status {(int)status}")
        : Failure is null ? "the connection was closed" : $"the connection failed: {Failure.GetBaseException().Message.TrimEnd('.')}";

    private string Quoted => string.IsNullOrEmpty(CloseReason) ? "" : $" (\"{CloseReason}\")";
}
