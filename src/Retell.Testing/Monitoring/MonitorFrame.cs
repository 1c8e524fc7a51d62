namespace Retell.Testing.Monitoring;

/// <summary>What is done with a connection: a message is sent, or it is closed or dropped.</summary>
/// <param name="Text">The text of a message, or null.</param>
/// <param name="CloseCode">The close code, or null.</param>
/// <param name="Reason">The reason for closing, or null.</param>
internal sealed record MonitorFrame(string? Text, int? CloseCode = null, string? Reason = null)
{
    /// <summary>Gets the frame that drops the connection without a close message.</summary>
    public static MonitorFrame Abort { get; } = new(Text: null);
}
