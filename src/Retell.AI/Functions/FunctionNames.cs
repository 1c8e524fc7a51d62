using System.Text.Json;

namespace Retell.AI.Functions;

/// <summary>The names of C# as models see them.</summary>
internal static class FunctionNames
{
    /// <summary><c>agentId</c> becomes <c>agent_id</c>.</summary>
    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
