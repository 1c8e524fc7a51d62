namespace Retell.Spec.Model;

/// <summary>How a list of the API goes on after its first page.</summary>
internal enum PagingStyle
{
    /// <summary>The response holds all of the list.</summary>
    Single,

    /// <summary>The response says with which key the next page starts.</summary>
    Key,

    /// <summary>The response is a plain array, and the next page starts after its last item.</summary>
    LastItem,
}

/// <summary>What tells a list operation from others, and how its pages are asked for.</summary>
internal sealed record Paging(PagingStyle Style, TypeUse Item)
{
    public const string Key = "pagination_key";
    public const string KeyVersion = "pagination_key_version";
    public const string Size = "limit";
    public const string Skip = "skip";

    /// <summary>The response where it is an object around the items.</summary>
    public ObjectDefinition? Page { get; init; }

    /// <summary>The member of an item that the next page starts after.</summary>
    public string? ItemKey { get; init; }

    /// <summary>The body where the key stands in it and not in the query.</summary>
    public ObjectDefinition? Body { get; init; }

    /// <summary>The paging of an operation; null where it is no list.</summary>
    public static Paging? Find(ApiOperation operation)
    {
        ObjectDefinition? body = Object(operation.Body) is ObjectDefinition request && Property(request, Key) is not null ? request : null;
        bool hasKey = body is not null || operation.Parameters.Exists(p => p.Name == Key && IsText(p.Type));
        if (operation.Response is { Kind: ValueKind.List, Item: TypeUse item })
        {
            string? itemKey = hasKey ? FindItemKey(operation, item) : null;
            return itemKey is not null ? new Paging(PagingStyle.LastItem, item) { ItemKey = itemKey, Body = body }
                : operation.FacadeMethod.StartsWith("List", StringComparison.Ordinal) ? new Paging(PagingStyle.Single, item)
                : null;
        }

        return hasKey
            && Object(operation.Response) is ObjectDefinition page
            && Property(page, "items") is { Type: { Kind: ValueKind.List, Item: TypeUse one } }
            && Property(page, Key) is { } next
            && IsText(next.Type)
            ? new Paging(PagingStyle.Key, one) { Page = page, Body = body }
            : null;
    }

    public static Property? Property(ObjectDefinition definition, string name) => definition.Properties.Find(p => p.JsonName == name);

    private static ObjectDefinition? Object(TypeUse? use) => use?.Definition?.Canonical as ObjectDefinition;

    private static bool IsText(TypeUse use) => use.Kind == ValueKind.String;

    /// <summary>The id of the items: named after the resource where it can be (<c>call_id</c> of Calls), else the first that ends in <c>_id</c>.</summary>
    private static string? FindItemKey(ApiOperation operation, TypeUse item)
    {
        string[] members = item.Definition?.Canonical switch
        {
            ObjectDefinition type => [.. type.Properties.Where(p => IsText(p.Type)).Select(p => p.JsonName)],
            UnionDefinition union => [.. union.Shared.Where(m => m.IsText || IsText(m.Type)).Select(m => m.JsonName)],
            _ => [],
        };
        string noun = Naming.CSharpName.Snake(Naming.CSharpName.Singular(operation.Resource));
        return new[] { noun + "_id", noun }.FirstOrDefault(members.Contains) ?? members.FirstOrDefault(m => m.EndsWith("_id", StringComparison.Ordinal));
    }
}
