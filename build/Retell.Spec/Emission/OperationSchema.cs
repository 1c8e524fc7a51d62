using Newtonsoft.Json.Linq;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.Spec.Emission;

/// <summary>One operation of the normalized document.</summary>
internal static class OperationSchema
{
    private static readonly JObject s_bytes = new() { ["type"] = "string", ["format"] = "binary" };

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
            ["x-retell-doc"] = Documentation.Operation(operation),
            ["x-retell-name"] = operation.MethodName,
            ["x-retell-operation-id"] = id == operation.Id ? null : operation.Id,
            ["x-retell-repeatable"] = operation.IsRepeatable,
            ["x-retell-idempotency-key"] = operation.IdempotencyKey,
            ["x-retell-timeout-seconds"] = operation.TimeoutSeconds,
            ["x-retell-content-type"] = operation.Body is null || operation.BodyType == MediaType.Json ? null : operation.BodyType,
            ["x-retell-server"] = operation.Server,
            ["x-retell-anonymous"] = operation.IsAnonymous ? true : null,
            ["x-retell-resource"] = Documentation.Xml(operation.ResourceDescription),
            ["x-retell-facade"] = FacadeSchema.Of(operation, paging),
            ["x-retell-value"] = operation.Response is null ? null : ValueSchema.Facts(operation.Response),
            ["x-retell-response"] = Response(operation, paging),
            ["x-retell-arguments"] = operation.Arguments.Count == 0 ? null : new JArray(operation.Arguments.Select(argument => Described(operation, argument, paging))),
            ["parameters"] = operation.Parameters.Count == 0 ? null : new JArray(operation.Parameters.OrderBy(p => p.In != "path").Select(Parameter)),
            ["security"] = operation.IsAnonymous ? new JArray() : null,
            ["servers"] = operation.Server is null ? null : new JArray(new JObject { ["url"] = operation.Server }),
        };
        DefinitionSchema.Deprecate(result, operation.IsDeprecated, operation.DeprecationNote);
        if (operation.Body is not null)
        {
            result["requestBody"] = new JObject
            {
                ["required"] = operation.IsBodyRequired,
                ["content"] = Content(operation.BodyType, operation.Body, operation.BodyExample),
            };
        }

        var response = new JObject { ["description"] = Prose.Clean(operation.ResponseDescription) ?? "Success." };
        if (operation.Response is not null)
        {
            response["content"] = Content(operation.ResponseType, operation.Response, null);
        }
        else if (operation.ResponseKind != ResponseKind.Json)
        {
            JToken schema = operation.ResponseKind == ResponseKind.Events ? new JObject { ["type"] = "string" } : s_bytes.DeepClone();
            response["content"] = new JObject { [operation.ResponseType] = new JObject { ["schema"] = schema } };
        }

        result["responses"] = new JObject { [operation.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = response };
        return DefinitionSchema.WithoutNulls(result);
    }

    /// <summary>What a response is when it is not JSON that is always there.</summary>
    private static JObject? Response(ApiOperation operation, Paging? paging)
    {
        var response = DefinitionSchema.WithoutNulls(new JObject
        {
            ["kind"] = operation.ResponseKind switch
            {
                ResponseKind.Stream => "stream",
                ResponseKind.Events => "events",
                _ => null,
            },
            ["accept"] = operation.ResponseType == MediaType.Json ? null : operation.ResponseType,
            ["optional"] = operation.MayBeEmpty && operation.Response is not null && paging is null ? true : null,
        });
        return response.HasValues ? response : null;
    }

    private static JObject Content(string type, TypeUse use, JToken? example)
    {
        var content = new JObject { ["schema"] = ValueSchema.Plain(use) };
        if (example is not null)
        {
            content["example"] = example;
        }

        return new JObject { [type] = content };
    }

    private static JObject Parameter(Parameter parameter)
    {
        JObject schema = ValueSchema.Plain(parameter.Type);
        schema.Merge(parameter.Constraints);
        bool isJson = parameter.Style == "json";
        string usual = parameter.In is "query" or "cookie" ? "form" : "simple";
        return DefinitionSchema.WithoutNulls(new JObject
        {
            ["in"] = parameter.In,
            ["name"] = parameter.Name,
            ["required"] = parameter.IsRequired,
            ["description"] = Prose.OneLine(parameter.Description),
            ["deprecated"] = parameter.IsDeprecated ? true : null,
            ["example"] = parameter.Example,
            ["style"] = isJson || parameter.Style == usual ? null : parameter.Style,
            ["explode"] = isJson || parameter.IsExploded == (parameter.Style == "form") ? null : parameter.IsExploded,
            ["allowReserved"] = parameter.IsReservedAllowed ? true : null,
            ["schema"] = isJson ? null : schema,
            ["content"] = isJson ? new JObject { [MediaType.Json] = new JObject { ["schema"] = schema } } : null,
        });
    }

    /// <summary>An argument of the methods that call the operation, in the order that callers know.</summary>
    private static JObject Described(ApiOperation operation, Argument argument, Paging? paging)
    {
        Parameter? parameter = argument.Parameter;
        return DefinitionSchema.WithoutNulls(new JObject
        {
            ["name"] = argument.Name,
            ["in"] = argument.In,
            ["json"] = argument.IsBody ? null : argument.Json,
            ["required"] = (parameter?.IsRequired ?? operation.IsBodyRequired) ? true : null,
            ["optional"] = argument.IsOptional ? true : null,
            ["value"] = ValueSchema.Facts(parameter?.Type ?? operation.Body!),
            ["facade"] = argument.IsBody ? null : FacadeSchema.Argument(operation, argument, paging),
            ["role"] = parameter is null ? null : FacadeSchema.Role(parameter, paging),
            ["doc"] = parameter is null ? null : Documentation.Argument(parameter),
            ["style"] = parameter is null || IsPlain(parameter)
                ? null
                : new JObject { ["name"] = parameter.Style, ["explode"] = parameter.IsExploded, ["reserved"] = parameter.IsReservedAllowed },

            // Anything but an object of the API has no way of its own to be written.
            ["codec"] = argument.IsBody && MediaType.IsJson(operation.BodyType) && operation.Body!.Definition?.Canonical is not (ObjectDefinition or UnionDefinition) ? true : null,
        });
    }

    /// <summary>Whether a parameter is one text, or one for each of several texts.</summary>
    private static bool IsPlain(Parameter parameter)
    {
        bool isScalar(TypeUse use) => use.Kind is ValueKind.String or ValueKind.Integer or ValueKind.Number or ValueKind.Boolean
            || (use.Kind == ValueKind.Named
                    && (use.Definition!.Canonical is EnumDefinition || (use.Definition.Canonical is ChoiceDefinition choice && choice.Cases.TrueForAll(isScalar))));
        return !parameter.IsReservedAllowed
            && (isScalar(parameter.Type) ? parameter.Style is "form" or "simple" or "spaceDelimited" or "pipeDelimited" or "deepObject"
                : parameter is { In: "query", Style: "form", IsExploded: true, Type.Kind: ValueKind.List } && isScalar(parameter.Type.Item!));
    }
}
