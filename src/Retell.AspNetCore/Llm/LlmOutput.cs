using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;

namespace Retell.AspNetCore;

/// <summary>
/// The base class of what an agent says and does: <see cref="LlmSay"/>, <see cref="LlmToolInvoked"/>, <see cref="LlmToolReturned"/>, <see cref="LlmEndCall"/>,
/// <see cref="LlmTransfer"/>, <see cref="LlmPressDigits"/>, <see cref="LlmAgentSettings"/> and <see cref="LlmMetadata"/>. A string converts to a <see cref="LlmSay"/>.
/// </summary>
public abstract class LlmOutput
{
    private protected LlmOutput()
    {
    }

    /// <summary>Gets a value indicating whether the output is an action, which a response has at most one of, on its last frame.</summary>
    internal bool IsAction => this is LlmEndCall or LlmTransfer or LlmPressDigits;

    /// <summary>Converts a text to what the agent says.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator LlmOutput(string text) => Say(text);

    /// <summary>Creates a part of what the agent says. The parts of a response are joined as they are, so they need their own spaces.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isUninterruptible">Whether the caller cannot interrupt the agent.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static LlmSay Say(string text, bool isUninterruptible = false) => new(text, isUninterruptible);

    /// <summary>Creates an entry of the call's transcript that says that the agent has called a tool. Retell does not run the tool.</summary>
    /// <param name="toolCallId">The ID of the tool call, which its result refers to.</param>
    /// <param name="name">The name of the tool.</param>
    /// <param name="arguments">The arguments as JSON text.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException">The ID or the name is null or empty.</exception>
    public static LlmToolInvoked ToolInvoked(string toolCallId, string name, string arguments = "{}") => new(toolCallId, name, arguments);

    /// <summary>Creates an entry of the call's transcript that has the result of a tool call.</summary>
    /// <param name="toolCallId">The ID of the tool call.</param>
    /// <param name="content">The result as text.</param>
    /// <param name="isSuccessful">Whether the tool call succeeded, or null if this is not known.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException">The ID is null or empty.</exception>
    public static LlmToolReturned ToolReturned(string toolCallId, string content, bool? isSuccessful = null) => new(toolCallId, content, isSuccessful);

    /// <summary>Creates the action that ends the call after the agent has spoken.</summary>
    /// <returns>The output.</returns>
    public static LlmEndCall EndCall() => new();

    /// <summary>Creates the action that transfers the call after the agent has spoken.</summary>
    /// <param name="number">The number to transfer to, in E.164 format.</param>
    /// <param name="showTransfereeAsCaller">Whether the target of the transfer sees the number of the caller instead of that of the agent.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException"><paramref name="number"/> is null or empty.</exception>
    /// <remarks>It works for numbers that were bought from or imported to Retell.</remarks>
    public static LlmTransfer Transfer(string number, bool showTransfereeAsCaller = false) => new(number, showTransfereeAsCaller);

    /// <summary>Creates the action that presses digits on the keypad after the agent has spoken.</summary>
    /// <param name="digits">The digits: 0 to 9, * and #.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException"><paramref name="digits"/> is null or empty.</exception>
    public static LlmPressDigits PressDigits(string digits) => new(digits);

    /// <summary>Creates data for the web page of a web call, where it arrives as a metadata event.</summary>
    /// <param name="value">The data.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static LlmMetadata Metadata(JToken value) => new(value);

    /// <summary>Returns a text without personal data.</summary>
    /// <returns>The name of the class.</returns>
    public override string ToString() => GetType().Name;
}

/// <summary>A part of what the agent says.</summary>
public sealed class LlmSay : LlmOutput
{
    internal LlmSay(string text, bool isUninterruptible)
    {
        ArgumentNullException.ThrowIfNull(text);
        (Text, IsUninterruptible) = (text, isUninterruptible);
    }

    /// <summary>Gets the spoken text.</summary>
    public string Text { get; }

    /// <summary>Gets a value indicating whether the caller cannot interrupt the agent.</summary>
    public bool IsUninterruptible { get; }
}

/// <summary>An entry of the transcript: the agent has called a tool.</summary>
public sealed class LlmToolInvoked : LlmOutput
{
    internal LlmToolInvoked(string toolCallId, string name, string arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(toolCallId);
        ArgumentException.ThrowIfNullOrEmpty(name);
        (ToolCallId, Name, Arguments) = (toolCallId, name, arguments ?? "");
    }

    /// <summary>Gets the ID by which the result refers to the tool call.</summary>
    public string ToolCallId { get; }

    /// <summary>Gets the tool's name.</summary>
    public string Name { get; }

    /// <summary>Gets the arguments as JSON text.</summary>
    public string Arguments { get; }
}

/// <summary>An entry of the transcript: the result of a tool call.</summary>
public sealed class LlmToolReturned : LlmOutput
{
    internal LlmToolReturned(string toolCallId, string content, bool? isSuccessful)
    {
        ArgumentException.ThrowIfNullOrEmpty(toolCallId);
        (ToolCallId, Content, IsSuccessful) = (toolCallId, content ?? "", isSuccessful);
    }

    /// <summary>Gets the ID of the tool call that has this result.</summary>
    public string ToolCallId { get; }

    /// <summary>Gets the result as text.</summary>
    public string Content { get; }

    /// <summary>Gets a value indicating whether the tool call succeeded, or null if this is not known.</summary>
    public bool? IsSuccessful { get; }
}

/// <summary>The action that ends the call after the agent has spoken.</summary>
public sealed class LlmEndCall : LlmOutput
{
    internal LlmEndCall()
    {
    }
}

/// <summary>The action that transfers the call after the agent has spoken.</summary>
public sealed class LlmTransfer : LlmOutput
{
    internal LlmTransfer(string number, bool showTransfereeAsCaller)
    {
        ArgumentException.ThrowIfNullOrEmpty(number);
        (Number, ShowTransfereeAsCaller) = (number, showTransfereeAsCaller);
    }

    /// <summary>Gets the number to transfer to, in E.164 format.</summary>
    public string Number { get; }

    /// <summary>Gets a value indicating whether the target of the transfer sees the number of the caller instead of that of the agent.</summary>
    public bool ShowTransfereeAsCaller { get; }
}

/// <summary>The action that presses digits on the keypad after the agent has spoken.</summary>
public sealed class LlmPressDigits : LlmOutput
{
    internal LlmPressDigits(string digits)
    {
        ArgumentException.ThrowIfNullOrEmpty(digits);
        Digits = digits;
    }

    /// <summary>Gets the digits to press: 0 to 9, * and #.</summary>
    public string Digits { get; }
}

/// <summary>Settings of the agent that change for the rest of the call. What is null does not change.</summary>
public sealed class LlmAgentSettings : LlmOutput
{
    /// <summary>Gets how fast the agent responds, from 0 to 1, or null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 0 or more than 1.</exception>
    public double? Responsiveness
    {
        get;
        init => field = Fraction(value);
    }

    /// <summary>Gets how easily the caller interrupts the agent, from 0 to 1, or null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 0 or more than 1.</exception>
    public double? InterruptionSensitivity
    {
        get;
        init => field = Fraction(value);
    }

    /// <summary>Gets the silence of the caller after which the agent is asked to remind, or null. It is sent in milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1 millisecond.</exception>
    public TimeSpan? ReminderTrigger
    {
        get;
        init => field = value is null || value >= TimeSpan.FromMilliseconds(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The value must be at least 1 millisecond.");
    }

    /// <summary>Gets how often the agent is asked to remind, or null. Zero turns reminders off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? ReminderMaxCount
    {
        get;
        init => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The value must not be negative.");
    }

    private static double? Fraction(double? value, [CallerMemberName] string name = "") => value is null or (>= 0 and <= 1)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The value must be from 0 to 1.");
}

/// <summary>Data for the web page of a web call.</summary>
public sealed class LlmMetadata : LlmOutput
{
    internal LlmMetadata(JToken value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>Gets the data.</summary>
    public JToken Value { get; }
}
