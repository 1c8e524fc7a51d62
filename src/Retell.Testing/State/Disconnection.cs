namespace Retell.Testing.State;

/// <summary>What a disconnection reason says about a call.</summary>
internal static class Disconnection
{
    private static readonly HashSet<string> s_neverConnected =
    [
        "dial_busy", "dial_failed", "dial_no_answer", "invalid_destination", "telephony_provider_permission_denied", "telephony_provider_unavailable",
        "sip_routing_error", "marked_as_spam", "network_blocked", "user_declined", "concurrency_limit_reached", "no_concurrency_fallback",
        "no_valid_payment", "credit_exhausted", "budget_reached", "scam_detected", "registered_call_timeout", "error_user_not_joined",
    ];

    public static bool NeverConnected(string reason) => s_neverConnected.Contains(reason);

    /// <summary>Returns the status of a call after it was disconnected.</summary>
    public static string Status(string reason, bool wasConnected) =>
        reason.StartsWith("error_", StringComparison.Ordinal) ? "error" : wasConnected ? "ended" : "not_connected";
}
