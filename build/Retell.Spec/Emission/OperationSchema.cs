using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.Spec.Emission;

/// <summary>One operation of the normalised document.</summary>
internal static class OperationSchema
{
    public static JObject Of(ApiOperation operation)
    {
        var result = new JObject
        {
            ["tags"] = new JArray(operation.Resource),
            ["operationId"] = operation.MethodName,
            ["description"] = operation.Description,
            ["x-operation-id"] = operation.Id,
            ["x-field"] = "s_" + CSharpName.Camel(operation.MethodName).TrimStart('@'),
            ["x-resource-field"] = "_" + CSharpName.Camel(operation.Resource).TrimStart('@'),
            ["x-http-method"] = operation.HttpMethod,
            ["x-path"] = operation.Path,
            ["x-facade-method"] = operation.FacadeMethod,
            ["x-repeatable"] = operation.IsRepeatable ? "true" : "false",
            ["x-idempotency-key"] = operation.IdempotencyKey,
            ["x-timeout-seconds"] = operation.TimeoutSeconds,
            ["x-multipart"] = operation.IsMultipart ? "true" : "false",
            ["x-status"] = operation.Status,
            ["x-response-type"] = operation.Response is null ? null : CSharpType.Of(operation.Response),
            ["x-response-codec"] = operation.Response is null ? null : CSharpType.Codec(operation.Response),
            ["x-arguments"] = new JArray(Arguments(operation)),
            ["x-values"] = new JArray(operation.Parameters.Select(p => $".With{CSharpName.Pascal(p.In)}({JsonConvert.ToString(p.Name)}, {Variable(p)})").Concat(Body(operation))),
            ["x-former-names"] = new JArray(operation.FormerNames),
            ["x-argument-names"] = string.Concat(ArgumentNames(operation).Select(name => name + ", ")),
            ["x-doc"] = Documentation(operation),
            ["x-obsolete"] = operation.IsDeprecated ? operation.DeprecationNote ?? DefinitionSchema.Deprecated : null,
            ["parameters"] = new JArray(operation.Parameters.Select(ParameterSchema)),
        };
        if (operation.Body is not null)
        {
            // NSwag would take a form apart into arguments: the body stays one object, x-multipart says how it travels.
            result["requestBody"] = new JObject { ["required"] = operation.IsBodyRequired, ["content"] = Json(operation.Body, operation.BodyExample) };
        }

        var response = new JObject { ["description"] = operation.ResponseDescription ?? "Success." };
        if (operation.Response is not null)
        {
            response["content"] = Json(operation.Response, null);
        }

        result["responses"] = new JObject { ["200"] = response };
        return result;
    }

    private static JObject Json(TypeUse use, JToken? example)
    {
        var content = new JObject { ["schema"] = DefinitionSchema.Value(use) };
        if (example is not null)
        {
            content["example"] = example;
        }

        return new JObject { ["application/json"] = content };
    }

    private static JObject ParameterSchema(Parameter parameter)
    {
        JObject schema = DefinitionSchema.Value(parameter.Type);
        schema.Merge(parameter.Constraints);
        return new JObject
        {
            ["in"] = parameter.In,
            ["name"] = parameter.Name,
            ["required"] = parameter.IsRequired,
            ["description"] = parameter.Description,
            ["example"] = parameter.Example,
            ["schema"] = schema,
        };
    }

    /// <summary>Required ones first: path, query, body; then the optional ones.</summary>
    private static IEnumerable<string> Arguments(ApiOperation operation)
    {
        foreach (Parameter parameter in operation.Parameters.Where(p => p.IsRequired).OrderBy(p => p.In != "path"))
        {
            yield return $"{CSharpType.Of(parameter.Type)} {Variable(parameter)}";
        }

        if (operation is { Body: not null, IsBodyRequired: true })
        {
            yield return $"{CSharpType.Of(operation.Body)} body";
        }

        foreach (Parameter parameter in operation.Parameters.Where(p => !p.IsRequired))
        {
            yield return $"{CSharpType.Of(parameter.Type)}? {Variable(parameter)} = null";
        }

        if (operation is { Body: not null, IsBodyRequired: false })
        {
            yield return $"{CSharpType.Of(operation.Body)}? body = null";
        }
    }

    private static IEnumerable<string> ArgumentNames(ApiOperation operation) => Arguments(operation).Select(argument => argument.Split(" = ", 2)[0].Split(' ')[^1]);

    private static IEnumerable<string> Body(ApiOperation operation) => operation.Body is null
        ? []
        : [operation.IsBodyRequired ? ".WithBody(body ?? throw new ArgumentNullException(nameof(body)))" : ".WithBody(body)"];

    /// <summary>Every method has arguments of its own, whose names are taken.</summary>
    private static string Variable(Parameter parameter) => CSharpName.Camel(parameter.Name) is var name && name is "body" or "options" or "cancellationToken" ? name + "Value" : name;

    private static string Documentation(ApiOperation operation)
    {
        XmlDoc doc = new XmlDoc().Summary(operation.Description, $"Calls {operation.Id}.");
        foreach (Parameter parameter in operation.Parameters)
        {
            doc.Parameter(Variable(parameter), parameter.Description ?? $"The `{parameter.Name}`.");
        }

        if (operation.Body is not null)
        {
            doc.Parameter("body", "What to send.");
        }

        doc.Parameter("options", "What this call does otherwise than the client.");
        doc.Parameter("cancellationToken", "Stops the call.");
        doc.Line(operation.Response is null ? "<returns>A task that ends when the API has answered.</returns>" : "<returns>What the API answered.</returns>");
        return doc.Block("remarks", $"`{operation.HttpMethod} {operation.Path}`").ToString();
    }
}
