using Newtonsoft.Json.Linq;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.Spec.Emission;

/// <summary>What the templates need to write the facade method of an operation: its name, what it returns, and how it pages.</summary>
internal static class FacadeSchema
{
    /// <summary>The facade method; null where it is written by hand, or where only the raw client has the operation.</summary>
    public static JObject? Of(ApiOperation operation, Paging? paging)
    {
        if (operation.IsHandWritten || operation.RawOnlyReason is not null)
        {
            return null;
        }

        return DefinitionSchema.WithoutNulls(new JObject
        {
            ["name"] = operation.FacadeMethod,
            ["returns"] = paging is not null ? null : operation.Response is not null ? Returned(operation.Response) : operation.ResponseKind switch
            {
                ResponseKind.Stream => "The content. The caller disposes of it.",
                ResponseKind.Events => "The events, as they arrive.",
                _ => null,
            },
            ["list"] = paging is null ? null : List(paging, operation),

            // An update of single members has an overload that takes what sets them.
            ["change"] = operation.Body?.Definition?.Canonical is ObjectDefinition
                && operation.IsBodyRequired
                && !operation.Arguments.Find(a => a.IsBody)!.IsOptional
                && MediaType.IsJson(operation.BodyType)
                && IsUpdate(operation)
                ? true
                : null,
        });
    }

    /// <summary>What an argument is called in the facade; null where it is called as in the raw client.</summary>
    public static string? Argument(ApiOperation operation, Argument argument, Paging? paging)
    {
        if (operation.ArgumentNames.GetValueOrDefault(argument.Json) is string chosen)
        {
            return chosen;
        }

        // A method has these beside the parameters of its operation.
        bool isTaken = (operation.Body is not null && argument.Name is "request" or "change")
            || (argument.Name == "pageSize" && operation.Parameters.Exists(p => Role(p, paging) == "page-size"));
        return isTaken ? argument.Name + "Value" : null;
    }

    /// <summary>What a parameter is in the facade: the key of a page is the pager's business, the limit is the size of a page.</summary>
    public static string? Role(Parameter parameter, Paging? paging) => paging is null ? null : parameter.Name switch
    {
        Paging.Key => "page-key",
        Paging.KeyVersion => "page-key-version",
        Paging.Size when parameter.Type.Kind is ValueKind.Integer or ValueKind.Number => "page-size",
        Paging.Skip => "skip",
        _ => null,
    };

    private static bool IsUpdate(ApiOperation operation) =>
        operation.HttpMethod == "PATCH" || operation.FacadeMethod.StartsWith("Update", StringComparison.Ordinal);

    private static JObject List(Paging paging, ApiOperation operation) => DefinitionSchema.WithoutNulls(new JObject
    {
        ["style"] = paging.Style switch
        {
            PagingStyle.Key => "key",
            PagingStyle.LastItem => "last-item",
            _ => "single",
        },
        ["item"] = ValueSchema.Facts(paging.Item),
        ["item-key"] = paging.ItemKey is null ? null : CSharpName.Pascal(paging.ItemKey),
        ["item-version"] = operation.Parameters.Exists(p => p.Name == Paging.KeyVersion) ? "Version" : null,
        ["body"] = paging.Body?.TypeName,
        ["body-size"] = paging.Body is null ? null : Name(paging.Body, Paging.Size),
        ["body-skip"] = paging.Body is null ? null : Name(paging.Body, Paging.Skip),
        ["has-more"] = paging.Page is null ? null : Name(paging.Page, "has_more"),
        ["total"] = paging.Page is null ? null : Name(paging.Page, "total"),
    });

    private static string? Name(ObjectDefinition definition, string member) => Paging.Property(definition, member)?.CSharpName;

    /// <summary><c>IPhoneCall</c> → <c>The phone call.</c></summary>
    private static string Returned(TypeUse use)
    {
        TypeUse leaf = use;
        while (leaf.Item is TypeUse item)
        {
            leaf = item;
        }

        if (leaf.Definition?.Canonical is not Definition definition || definition.TypeName.EndsWith("Response", StringComparison.Ordinal))
        {
            return "The response.";
        }

        string name = definition is UnionDefinition ? definition.TypeName[1..] : definition.TypeName;
        return $"The {CSharpName.Snake(use.Kind == ValueKind.List ? CSharpName.Plural(name) : name).Replace('_', ' ')}.";
    }
}
