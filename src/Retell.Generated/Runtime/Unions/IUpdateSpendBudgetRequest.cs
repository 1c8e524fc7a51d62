using Retell.Models;

namespace Retell.Generated.Json;

internal static partial class Unions
{
    // A budget that is switched off has no required member of its own.
    static partial void Choose(ref UnionCodec<IUpdateSpendBudgetRequest>? chosen) => chosen = Union.ByMember<IUpdateSpendBudgetRequest>()
        .Has<UpdateSpendBudgetRequestOn>("monthly_budget_cents")
        .Otherwise<UpdateSpendBudgetRequestOff>();
}
