namespace Retell.AspNetCore;

/// <summary>Why a call ended.</summary>
public sealed class LlmEnd
{
    internal LlmEnd(LlmCall call, LlmEndReason reason, int? closeCode) => (Call, Reason, CloseCode) = (call, reason, closeCode);

    /// <summary>Gets the call that ended.</summary>
    public LlmCall Call { get; }

    /// <summary>Gets the reason for which the call ended.</summary>
    public LlmEndReason Reason { get; }

    /// <summary>Gets the code with which Retell closed the last connection, or null if it was closed without one.</summary>
    public int? CloseCode { get; }

    /// <summary>Returns a text without personal data.</summary>
    /// <returns>The reason.</returns>
    public override string ToString() => $"{nameof(LlmEnd)} ({Reason})";
}

/// <summary>The reasons for which a call ends.</summary>
public enum LlmEndReason
{
    /// <summary>Retell closed the connection with code 1000.</summary>
    HungUp,

    /// <summary>The agent ended the call.</summary>
    EndedByAgent,

    /// <summary>The connection was closed abnormally, and Retell did not connect again within <see cref="RetellLlmOptions.ConversationLifetime"/>.</summary>
    ConnectionLost,

    /// <summary>No ping arrived any more, and Retell did not connect again within <see cref="RetellLlmOptions.ConversationLifetime"/>.</summary>
    KeepAliveLost,

    /// <summary>The host stops. Retell connects again, to another instance or after the restart.</summary>
    HostStopping,
}
