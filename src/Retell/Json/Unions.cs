using Retell.Models;

namespace Retell.Json;

/// <summary>
/// What tells the variants of each union apart. The document says it for most of them, and their declarations are
/// generated; those here say what it cannot, and take the place of the generated ones. A union that is a variant of another
/// one is declared there with all its leaves.
/// </summary>
internal static partial class Unions
{
    private static readonly Lazy<IReadOnlyList<Union>> s_all = new(Join);

    // Without a value at first: the generated declarations, each in a file of its own, may come before it.
    private static List<Union>? s_generated;

    public static IReadOnlyList<Union> All => s_all.Value;

    private static IReadOnlyList<Union> Chosen { get; } =
    [
        // A chat agent has no member of its own that is always there, nor has a switched-off budget.
        Union.ByMember<IAgent>()
            .Has<Agent>("voice_id")
            .Has<ChatAgent>("auto_close_message")
            .Otherwise<ChatAgent>(),

        Union.ByMember<IUpdateSpendBudgetRequest>()
            .Has<UpdateSpendBudgetRequestOn>("monthly_budget_cents")
            .Otherwise<UpdateSpendBudgetRequestOff>(),
    ];

    private static IReadOnlyList<Union> Join() => [.. Chosen, .. (s_generated ?? []).Where(union => !Chosen.Any(chosen => chosen.Type == union.Type))];

    /// <summary>Takes a generated declaration.</summary>
    private static Union Declare(Union union)
    {
        (s_generated ??= []).Add(union);
        return union;
    }
}
