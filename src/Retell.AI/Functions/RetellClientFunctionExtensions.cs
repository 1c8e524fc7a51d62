using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Retell.AI.Functions;

namespace Retell.AI;

/// <summary>Extension methods that make the operations of the client available to models.</summary>
public static class RetellClientFunctionExtensions
{
    /// <summary>
    /// The key in <see cref="AITool.AdditionalProperties"/> of what a function does: <c>read</c>, <c>write</c> (changes something, and can be repeated),
    /// <c>destructive</c> (deletes something) or <c>paid</c> (dials, sends, buys, charges, or creates another copy each time).
    /// </summary>
    public const string EffectKey = "retell:effect";

    /// <summary>The key in <see cref="AITool.AdditionalProperties"/> of the ID of the operation that a function calls, such as <c>createPhoneCall</c>.</summary>
    public const string OperationKey = "retell:operation";

    /// <summary>Returns the operations of the client as functions for agents and MCP servers, such as <c>calls_create_phone_call</c>.</summary>
    /// <param name="client">The client, which has to live as long as the functions.</param>
    /// <param name="filter">The function that chooses the functions, such as those whose effect is <c>read</c>, or null for all.</param>
    /// <returns>The functions, ordered by their names. A list returns one page. Operations that upload or download files, stream, or wait have none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    /// <remarks>
    /// A model that has a function can call it without asking. Leave out what it should not do, or ask a person before functions whose effect is not <c>read</c>.
    /// </remarks>
    [RequiresUnreferencedCode("The functions are found by reflection.")]
    [RequiresDynamicCode("The functions are found by reflection.")]
    public static IReadOnlyList<AIFunction> AsAIFunctions(this RetellClient client, Func<AIFunction, bool>? filter = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        IEnumerable<AIFunction> functions = ClientMethod.All().Select(method => new ClientFunction(client, method));
        return [.. functions.Where(filter ?? (_ => true)).OrderBy(function => function.Name, StringComparer.Ordinal)];
    }
}
