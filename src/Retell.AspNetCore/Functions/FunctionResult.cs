using System.Text.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.AspNetCore.Functions;

/// <summary>The text of the result of a custom function.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsJson">Whether it is JSON.</param>
internal sealed record FunctionResult(string Text, bool IsJson)
{
    /// <summary>What the API passes on to the agent.</summary>
    public const int MaxLength = 15_000;

    public static FunctionResult Of(object result, JsonSerializerOptions options) => result switch
    {
        string text => new(text, false),
        JToken or RetellObject => new(RetellJson.Serialize(result), true),
        _ => new(JsonSerializer.Serialize(result, options.GetTypeInfo(result.GetType())), true),
    };

    public static FunctionResult Problems(IEnumerable<string> problems) =>
        new(RetellJson.Serialize(new JObject { ["error"] = "invalid_arguments", ["message"] = string.Join(' ', problems) }), true);

    public static FunctionResult Error(string message) => new(RetellJson.Serialize(new JObject { ["error"] = "failed", ["message"] = message }), true);

    /// <summary>Returns the start of a result that is too long, without half of a surrogate pair. It is no longer JSON.</summary>
    public FunctionResult Cut() => Text.Length <= MaxLength ? this : new(Text[..(char.IsHighSurrogate(Text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)], false);
}
