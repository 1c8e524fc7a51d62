using Retell.Models;

namespace Retell.Generated.Json;

internal static partial class Unions
{
    // A chat agent has no required member of its own.
    static partial void Choose(ref UnionCodec<IAgent>? chosen) => chosen = Union.ByMember<IAgent>()
        .Has<Agent>("voice_id")
        .Has<ChatAgent>("auto_close_message")
        .Otherwise<ChatAgent>();
}
