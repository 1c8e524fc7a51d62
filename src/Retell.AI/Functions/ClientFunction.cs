using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Newtonsoft.Json.Linq;
using Retell.AI.Chat;

namespace Retell.AI.Functions;

/// <summary>A method of the client as a function.</summary>
[RequiresUnreferencedCode("The method is called by reflection.")]
[RequiresDynamicCode("The method is called by reflection.")]
internal sealed class ClientFunction(RetellClient client, ClientMethod method) : AIFunction
{
    private static readonly MethodInfo s_page = typeof(ClientFunction).GetMethod(nameof(PageAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    public override string Name => method.Name;

    public override string Description => method.Description;

    public override JsonElement JsonSchema => method.Schema;

    public override MethodInfo UnderlyingMethod => method.Method;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        [RetellClientFunctionExtensions.EffectKey] = method.Effect,
        [RetellClientFunctionExtensions.OperationKey] = method.Operation.Id,
    };

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        // Models send null for what they leave out.
        Dictionary<string, JToken> given = arguments
            .Where(argument => argument.Value is not null and not JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined })
            .ToDictionary(argument => argument.Key, argument => Json(argument.Value!), StringComparer.Ordinal);
        object?[] values = [.. method.Method.GetParameters().Select(parameter =>
            parameter == method.Request ? null
            : parameter.ParameterType == typeof(CancellationToken) ? cancellationToken
            : method.Values.Contains(parameter) ? Take(given, parameter)
            : null)];
        if (method.Request is ParameterInfo request && (given.Count > 0 || !request.IsOptional))
        {
            var body = new JObject(given.Select(argument => new JProperty(argument.Key, argument.Value)));
            values[request.Position] = RetellJson.Deserialize(RetellJson.Serialize(body), request.ParameterType);
        }
        else if (method.Request is null && given.Count > 0)
        {
            throw new ArgumentException($"{Name} has no argument \"{given.Keys.First()}\".");
        }

        object result = method.Method.Invoke(method.Resource.GetValue(client), BindingFlags.DoNotWrapExceptions, null, values, null)!;
        if (!method.IsList)
        {
            return await ResultAsync((Task)result).ConfigureAwait(false);
        }

        MethodInfo read = s_page.MakeGenericMethod(method.Method.ReturnType.GetGenericArguments()[0]);
        return await ((Task<JsonElement>)read.Invoke(null, [result, cancellationToken])!).ConfigureAwait(false);
    }

    private static object? Take(Dictionary<string, JToken> given, ParameterInfo parameter)
    {
        string name = FunctionNames.Snake(parameter.Name!);
        if (!given.Remove(name, out JToken? value))
        {
            return parameter.IsOptional ? null : throw new ArgumentException($"The argument \"{name}\" is missing.");
        }

        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        Type read = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>) ? typeof(List<>).MakeGenericType(type.GetGenericArguments()[0]) : type;
        return RetellJson.Deserialize(RetellJson.Serialize(value), read);
    }

    /// <summary>Reads one page.</summary>
    private static async Task<JsonElement> PageAsync<T>(Pager<T> pager, CancellationToken cancellationToken)
    {
        await foreach (Page<T> page in pager.AsPages(cancellationToken).ConfigureAwait(false))
        {
            return Element(RetellJson.Serialize(new { items = page.Items, has_more = page.HasMore, pagination_key = page.NextKey }));
        }

        return Element("""{"items":[],"has_more":false}""");
    }

    private async Task<object?> ResultAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return method.Method.ReturnType == typeof(Task) ? null : Element(RetellJson.Serialize(method.Method.ReturnType.GetProperty(nameof(Task<>.Result))!.GetValue(task)));
    }

    private static JToken Json(object value) => RetellJson.Deserialize<JToken>(value is JsonElement json ? ToolArguments.ToText(json) : RetellJson.Serialize(value))!;

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
