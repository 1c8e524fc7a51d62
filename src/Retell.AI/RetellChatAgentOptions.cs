using Microsoft.Extensions.AI;
using Retell.AspNetCore;

namespace Retell.AI;

/// <summary>The options of a <see cref="RetellChatAgent"/>.</summary>
public sealed class RetellChatAgentOptions
{
    /// <summary>
    /// Gets or sets the chat client, or null to use <see cref="ChatClientFor"/> or the <see cref="IChatClient"/> of the call's services. Use a client that does not
    /// invoke functions itself: the agent does it, so that interruptions and the transcript are taken care of.
    /// </summary>
    public IChatClient? ChatClient { get; set; }

    /// <summary>Gets or sets the function that returns the chat client of a call, or null. It runs at the first turn, and its client is not disposed.</summary>
    public Func<LlmCall, IChatClient>? ChatClientFor { get; set; }

    /// <summary>Gets or sets the function that returns the system prompt, or null. It runs at each turn.</summary>
    public Func<LlmCall, string?>? SystemPrompt { get; set; }

    /// <summary>Gets or sets the function that returns the first words of the agent, or null to let the caller speak first. It runs once.</summary>
    public Func<LlmCall, string?>? Greeting { get; set; }

    /// <summary>
    /// Gets or sets the message to the model when the caller is silent, or null to stay silent, too. It is not part of the history of later turns. It is in English by
    /// default.
    /// </summary>
    public string? ReminderPrompt { get; set; } = "(The caller has been silent for a while. Ask in one short sentence whether they are still there, or repeat your last question.)";

    /// <summary>Gets or sets the tools: functions, actions such as <see cref="ChatTool.EndCall"/>, and tools that the provider of the model runs.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<AITool> Tools
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = [];

    /// <summary>Gets or sets the options for each request to the chat client, or null. Its tools are added to <see cref="Tools"/>.</summary>
    public ChatOptions? ChatOptions { get; set; }

    /// <summary>
    /// Gets or sets the number of times in a turn that the model gets the results of tools. The default is 8. After that, the model is asked to respond without tools.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxToolRounds
    {
        get;
        set => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The value must not be negative.");
    } = 8;

    /// <summary>
    /// Gets or sets a value indicating whether the message of any exception of a tool is sent to the model and recorded in the transcript. The default is false: the
    /// messages of <see cref="RetellException"/> and <see cref="ArgumentException"/> are told, and of other exceptions only that the tool failed.
    /// </summary>
    public bool IncludeToolErrors { get; set; }
}
