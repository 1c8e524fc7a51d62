using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Retell.AspNetCore;

namespace Retell.AI;

/// <summary>
/// A tool with which the model ends the call, transfers it or presses digits. It becomes the action of the response, which takes place after the agent has spoken; an
/// interruption discards it. A response has one action at most.
/// </summary>
public sealed class ChatTool : AIFunctionDeclaration
{
    private const string Digits = "digits";

    private static readonly SearchValues<char> s_keys = SearchValues.Create("0123456789*#");
    private static readonly JsonElement s_noParameters = Parse("""{"type":"object","properties":{},"additionalProperties":false}""");
    private static readonly JsonElement s_digits = Parse(
        """{"type":"object","properties":{"digits":{"type":"string","description":"The digits: 0 to 9, * and #."}},"required":["digits"],"additionalProperties":false}""");

    private readonly Func<JsonElement, LlmOutput> _create;

    private ChatTool(string name, string description, JsonElement schema, Func<JsonElement, LlmOutput> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(description);
        (Name, Description, JsonSchema, _create) = (name, description, schema, create);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override JsonElement JsonSchema { get; }

    /// <summary>Creates the tool that ends the call.</summary>
    /// <param name="name">The name that the model sees.</param>
    /// <param name="description">The description for the model, which says when to use the tool.</param>
    /// <returns>The tool.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty, or <paramref name="description"/> is null.</exception>
    public static ChatTool EndCall(string name = "end_call", string description = "Ends the call. Say goodbye in the same message.") =>
        new(name, description, s_noParameters, _ => LlmOutput.EndCall());

    /// <summary>Creates the tool that transfers the call to a number.</summary>
    /// <param name="number">The number to transfer to, in E.164 format. The model does not choose it.</param>
    /// <param name="name">The name that the model sees. Several transfers need different names.</param>
    /// <param name="description">The description for the model, which says when to use the tool.</param>
    /// <param name="showTransfereeAsCaller">Whether the target of the transfer sees the number of the caller instead of that of the agent.</param>
    /// <returns>The tool.</returns>
    /// <exception cref="ArgumentException"><paramref name="number"/> or <paramref name="name"/> is null or empty, or <paramref name="description"/> is null.</exception>
    public static ChatTool Transfer(
        string number,
        string name = "transfer_call",
        string description = "Transfers the call to a person. Tell the caller in the same message.",
        bool showTransfereeAsCaller = false)
    {
        LlmTransfer transfer = LlmOutput.Transfer(number, showTransfereeAsCaller);
        return new(name, description, s_noParameters, _ => transfer);
    }

    /// <summary>Creates the tool that presses digits on the keypad, such as in the menu of another company.</summary>
    /// <param name="name">The name that the model sees.</param>
    /// <param name="description">The description for the model, which says when to use the tool.</param>
    /// <returns>The tool.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty, or <paramref name="description"/> is null.</exception>
    public static ChatTool PressDigits(string name = "press_digits", string description = "Presses digits on the keypad of the phone.") =>
        new(name, description, s_digits, arguments => LlmOutput.PressDigits(DigitsOf(arguments)));

    /// <summary>Creates the action for the arguments of the model.</summary>
    /// <exception cref="ArgumentException">The arguments are not valid.</exception>
    internal LlmOutput ActionOf(JsonElement arguments) => _create(arguments);

    private static string DigitsOf(JsonElement arguments)
    {
        string? digits = arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(Digits, out JsonElement value) ? value.ToString() : null;
        return !string.IsNullOrEmpty(digits) && !digits.AsSpan().ContainsAnyExcept(s_keys)
            ? digits
            : throw new ArgumentException($"\"{digits}\" is not valid for digits. Use 0 to 9, * and #.");
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
