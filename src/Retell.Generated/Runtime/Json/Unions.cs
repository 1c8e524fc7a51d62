using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>
/// What tells the variants of each union apart. The document says it for most of them, and their declarations are
/// generated; those here say what it cannot, and take the place of the generated ones. A union that is a variant of another
/// one is declared there with all its leaves.
/// </summary>
internal static partial class Unions
{
    // A chat agent has no member of its own that is always there.
    static partial void Choose(ref UnionCodec<IAgent>? chosen) => chosen = Union.ByMember<IAgent>()
        .Has<Agent>("voice_id")
        .Has<ChatAgent>("auto_close_message")
        .Otherwise<ChatAgent>();

    // Nor has a switched-off budget.
    static partial void Choose(ref UnionCodec<IUpdateSpendBudgetRequest>? chosen) => chosen = Union.ByMember<IUpdateSpendBudgetRequest>()
        .Has<UpdateSpendBudgetRequestOn>("monthly_budget_cents")
        .Otherwise<UpdateSpendBudgetRequestOff>();
}
