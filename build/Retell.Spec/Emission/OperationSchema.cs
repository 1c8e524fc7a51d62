using Newtonsoft.Json.Linq;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.Spec.Emission;

/// <summary>One operation of the normalised document.</summary>
internal static class OperationSchema
{
    /// <summary>What the methods have of their own beside the parameters of the operation.</summary>
    private static readonly string[] s_taken = ["body", "options", "cancellationToken"];

    /// <param name="operation">The operation.</param>
    /// <param name="isIdShared">Whether other operations have the same ID, which OpenAPI does not allow: the one with the natural name keeps it.</param>
    public static JObject Of(ApiOperation operation, bool isIdShared)
    {
        string id = isIdShared && operation.MethodName != CSharpName.Pascal(operation.Id) ? CSharpName.Camel(operation.MethodName).TrimStart('@') : operation.Id;
        Paging? paging = Paging.Find(operation);
        var result = new JObject
        {
            ["tags"] = new JArray(operation.Resource),
            ["operationId"] = id,
            ["summary"] = Prose.OneLine(operation.Summary),
            ["description"] = Prose.Clean(operation.Description),
            ["x-retell-name"] = operation.MethodName,
            ["x-retell-operation-id"] = id == operation.Id ? null : operation.Id,
            ["x-retell-former-names"] = operation.FormerNames.Count == 0 ? null : new JArray(operation.FormerNames),
            ["x-retell-repeatable"] = operation.IsRepeatable,
            ["x-retell-idempotency-key"] = operation.IdempotencyKey,
            ["x-retell-timeout-seconds"] = operation.TimeoutSeconds,
            ["x-retell-resource"] = operation.ResourceDescription,
            ["x-retell-facade"] = FacadeSchema.Of(operation, paging),
            ["x-retell-value"] = operation.Response is null ? null : ValueSchema.Facts(operation.Response),
            ["parameters"] = operation.Parameters.Count == 0 ? null : new JArray(operation.Parameters.OrderBy(p => p.In != "path").Select((p, i) => Parameter(operation, p, i, paging))),
        };
        DefinitionSchema.Deprecate(result, operation.IsDeprecated, operation.DeprecationNote);
        if (operation.Body is not null)
        {
            result["x-retell-form"] = operation.IsMultipart ? operation.Body.Definition?.TypeName : null;
            result["x-retell-form-optional"] = operation is { IsMultipart: true, IsBodyRequired: false } ? true : null;
            result["requestBody"] = new JObject
            {
                ["required"] = operation.IsBodyRequired,
                ["content"] = Content(operation.IsMultipart ? "multipart/form-data" : "application/json", operation.Body, operation.BodyExample),
                ["x-position"] = operation.Parameters.Count,
            };
        }

        var response = new JObject { ["description"] = Prose.Clean(operation.ResponseDescription) ?? "Success." };
        if (operation.Response is not null)
        {
            response["content"] = Content("application/json", operation.Response, null);
        }

        result["responses"] = new JObject { [operation.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = response };
        return DefinitionSchema.WithoutNulls(result);
    }

    /// <summary>The name of an argument: the one that the overlay gives, else the parameter's, told apart from what each method has.</summary>
    public static string Argument(Parameter parameter) =>
        CSharpName.Camel(parameter.Name).TrimStart('@') is var name && s_taken.Contains(name) ? name + "Value" : name;

    private static JObject Content(string type, TypeUse use, JToken? example)
    {
        var content = new JObject { ["schema"] = ValueSchema.Plain(use) };
        if (example is not null)
        {
            content["example"] = example;
        }

        return new JObject { [type] = content };
    }

    private static JObject Parameter(ApiOperation operation, Parameter parameter, int position, Paging? paging)
    {
        JObject schema = ValueSchema.Plain(parameter.Type);
        schema.Merge(parameter.Constraints);
        return DefinitionSchema.WithoutNulls(new JObject
        {
            ["in"] = parameter.In,
            ["name"] = parameter.Name,
            ["required"] = parameter.IsRequired,
            ["description"] = Prose.OneLine(parameter.Description),
            ["deprecated"] = parameter.IsDeprecated ? true : null,
            ["example"] = parameter.Example,
            ["x-originalName"] = Argument(parameter),
            ["x-position"] = position,
            ["x-retell-argument"] = operation.ArgumentNames.GetValueOrDefault(parameter.Name),
            ["x-retell-role"] = FacadeSchema.Role(parameter, paging),
            ["x-retell-value"] = ValueSchema.Facts(parameter.Type),
            ["schema"] = schema,
        });
    }
}
