using Newtonsoft.Json.Linq;
using Retell.Spec.Model;

namespace Retell.Spec.Naming;

/// <summary>What an operation is called.</summary>
/// <param name="Id">The operationId, or one made of the path.</param>
/// <param name="Method">The method of the raw client, without Async.</param>
/// <param name="Resource">The resource, such as Calls.</param>
/// <param name="FacadeMethod">The method of the facade, without Async.</param>
/// <param name="IsChosen">Whether the overlay names resource and method.</param>
internal sealed record OperationName(string Id, string Method, string Resource, string FacadeMethod, bool IsChosen)
{
    /// <summary>
    /// Names the operations of a document. A recorded name stays; where two operations want one name, the one that the API
    /// still has and that callers know keeps it, and the other says its age.
    /// </summary>
    public static IReadOnlyDictionary<OperationSource, OperationName> Of(JObject document, IReadOnlyList<OperationSource> operations, NameLock names)
    {
        var home = new ResourceHome(document, operations, names);
        Dictionary<OperationSource, string> ids = operations.ToDictionary(operation => operation, IdOf);
        Dictionary<OperationSource, string> methods = Distinct(
            operations,
            operation => Recorded(operation, names.FindOperation) ?? CSharpName.Pascal(ids[operation]),
            operation => Recorded(operation, names.FindOperation) is not null);

        Dictionary<OperationSource, (string Resource, string Method, bool IsChosen)> wanted = operations.ToDictionary(
            operation => operation,
            operation => home.Of(operation, ids[operation]));
        Dictionary<OperationSource, string> facade = Distinct(
            [.. operations.Where(operation => OperationFacts.Row(document, operation.Key, names)?["rawOnly"] is null)],
            operation => $"{wanted[operation].Resource}.{wanted[operation].Method}",
            operation => wanted[operation].IsChosen || Recorded(operation, names.FindFacade) is not null);

        return operations.ToDictionary(operation => operation, operation =>
        {
            (string resource, string method, bool isChosen) = wanted[operation];
            return new OperationName(ids[operation], methods[operation], resource, facade.GetValueOrDefault(operation)?[(resource.Length + 1)..] ?? method, isChosen);
        });

        string? Recorded(OperationSource operation, Func<string, string?> find) => names.Lineage(operation.Key).Select(find).FirstOrDefault(name => name is not null);
    }

    /// <summary>The verb that an operation without an ID is called by.</summary>
    private static string Verb(OperationSource operation) => operation.Method switch
    {
        "post" => "create",
        "put" or "patch" => "update",
        "get" when operation.Path.EndsWith('}') => "get",
        "get" => "list",
        string method => method,
    };

    /// <summary>The ID; where the document has none, the words of the path, which in this API are those of the ID.</summary>
    private static string IdOf(OperationSource operation)
    {
        if (operation.OperationId is string id)
        {
            return id;
        }

        string[] words = [.. operation.Path.Split('/').Where(part => part.Length > 0 && !part.Contains('{', StringComparison.Ordinal) && !IsVersion(part))];
        string text = words.Length == 0 ? "root" : words.Length == 1 || ResourceHome.IsVerb(words[0].Split('-')[0]) ? words[0] : string.Join('-', words);
        string camel = CSharpName.Camel(text).TrimStart('@');
        if (ResourceHome.IsVerb(text.Split('-')[0]))
        {
            return camel;
        }

        string verb = Verb(operation);
        return verb + CSharpName.Pascal(verb == "list" ? text : CSharpName.Singular(text));
    }

    public static bool IsVersion(string part) => part is ['v' or 'V', .. var number] && number.Length > 0 && number.All(char.IsAsciiDigit);

    /// <summary>Gives each operation a name of its own.</summary>
    private static Dictionary<OperationSource, string> Distinct(
        IReadOnlyList<OperationSource> operations,
        Func<OperationSource, string> wanted,
        Func<OperationSource, bool> isKnown)
    {
        Dictionary<OperationSource, string> names = [];
        HashSet<string> used = new(StringComparer.Ordinal);
        List<OperationSource> others = [];
        foreach (IGrouping<string, OperationSource> group in operations.GroupBy(wanted, StringComparer.Ordinal))
        {
            // Of operations whose names are not recorded, the one of the latest version has the natural name.
            List<OperationSource> ordered =
            [
                .. group.OrderBy(o => o.IsRetained).ThenBy(o => !isKnown(o)).ThenByDescending(o => VersionNumber(o.Path)).ThenBy(o => o.Key, StringComparer.Ordinal),
            ];
            names[ordered[0]] = group.Key;
            used.Add(group.Key);
            others.AddRange(ordered.Skip(1));
        }

        foreach (OperationSource other in others.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            string name = wanted(other);
            string version = CSharpName.Version(other.Path);
            string[] parameters = [.. other.PathParameters];
            string[] candidates =
            [
                .. version.Length > 0 || other.IsRetained ? [name + (version.Length > 0 ? version : "V1")] : Array.Empty<string>(),
                .. parameters.Length > 0 ? [$"{name}By{CSharpName.Pascal(parameters[^1])}"] : Array.Empty<string>(),
                name + (version.Length > 0 ? version : "V1"),
                name + CSharpName.Pascal(other.Method),
            ];
            names[other] = candidates.FirstOrDefault(used.Add) ?? Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{candidates[0]}_{number}").First(used.Add);
        }

        return names;
    }

    private static int VersionNumber(string path) => CSharpName.Version(path) is { Length: > 1 } version && int.TryParse(version[1..], out int number) ? number : 1;
}
