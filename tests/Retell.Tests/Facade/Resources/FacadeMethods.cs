using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Newtonsoft.Json.Linq;
using Retell.Tests.Support;

namespace Retell.Tests.Facade.Resources;

/// <summary>The methods of the resources, and the overlay's word on which operation each is for.</summary>
internal static partial class FacadeMethods
{
    private static readonly Lazy<Dictionary<string, FacadeRow>> s_rows = new(ReadRows);
    private static readonly Lazy<JObject> s_document = new(ReadDocument);
    private static readonly Lazy<ILookup<string, string>> s_documented = new(ReadDocumentation);

    /// <summary>The resources of a client, by the names of their properties.</summary>
    public static IReadOnlyDictionary<string, PropertyInfo> Resources { get; } = typeof(RetellClient).GetProperties()
        .Where(p => p.PropertyType.Name == p.Name + "Resource")
        .ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>Every method that sends a request of the spec, overloads included.</summary>
    public static IEnumerable<MethodInfo> All =>
        Resources.Values.SelectMany(p => p.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(m => !m.IsSpecialName && !m.Name.StartsWith("Wait", StringComparison.Ordinal) && m.Name != nameof(CallsResource.MonitorAsync));

    /// <summary>Where the overlay puts the operation; where it says nothing, where generation put it.</summary>
    public static FacadeRow? RowOf(SpecOperation operation) =>
        s_rows.Value.GetValueOrDefault($"{operation.Method} {operation.Path}") ?? GeneratedRowOf(operation);

    /// <summary>The overloads of the method that the overlay names for an operation.</summary>
    public static MethodInfo[] For(FacadeRow row) => Resources.TryGetValue(row.Resource, out PropertyInfo? resource)
        ? [.. All.Where(m => m.DeclaringType == resource.PropertyType && m.Name == row.Method + "Async")]
        : [];

    /// <summary>The operationIds that the documentation of a method names.</summary>
    public static IEnumerable<string> DocumentedOperations(MethodInfo method) => s_documented.Value[$"{method.DeclaringType!.Name}.{method.Name}"];

    public static string NameOf(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().SkipLast(2).Select(p => p.Name))})";

    private static FacadeRow? GeneratedRowOf(SpecOperation operation) =>
        s_document.Value["paths"]?[operation.Path]?[operation.Method.ToLowerInvariant()] is JObject generated && (string?)generated["x-retell-facade"]?["name"] is string name
            ? new FacadeRow((string)generated["tags"]![0]!, name, null)
            : null;

    private static JObject ReadDocument()
    {
        using var reader = new StreamReader(typeof(Retell.Testing.FakeRetellServer).Assembly.GetManifestResourceStream("retell.nswag.json")!);
        return JObject.Parse(reader.ReadToEnd());
    }

    private static Dictionary<string, FacadeRow> ReadRows()
    {
        JToken overlay = YamlJson.Load(Repository.PathOf("openapi", "overlay.yaml"));
        JToken table = overlay["actions"]!.Select(a => a["update"]?["x-retell-operations"]).First(t => t is not null)!;
        return ((JObject)table).Properties().ToDictionary(
            row => row.Name[..row.Name.IndexOf(' ', StringComparison.Ordinal)].ToUpperInvariant() + row.Name[row.Name.IndexOf(' ', StringComparison.Ordinal)..],
            row => new FacadeRow((string)row.Value["resource"]!, (string)row.Value["method"]!, (string?)row.Value["rawOnly"]),
            StringComparer.Ordinal);
    }

    /// <summary>From the documentation of the assembly: what was written by hand and what was generated.</summary>
    private static ILookup<string, string> ReadDocumentation() => XDocument.Load(Path.ChangeExtension(typeof(RetellClient).Assembly.Location, ".xml"))
        .Descendants("member")
        .Select(member => (Name: DocumentedMethod().Match((string)member.Attribute("name")!), Call: DocumentedCall().Match(string.Concat(member.Nodes()))))
        .Where(member => member.Name.Success && member.Call.Success)
        .Select(member => (Method: member.Name.Groups["method"].Value, Operation: member.Call.Groups["operation"].Value))
        .Distinct()
        .ToLookup(documented => documented.Method, documented => documented.Operation, StringComparer.Ordinal);

    [GeneratedRegex(@"^M:Retell\.(?<method>\w+Resource\.\w+)\(")]
    private static partial Regex DocumentedMethod();

    [GeneratedRegex(@"Calls (?:<c>[A-Z]+ /[^<]*</c> \()?<c>(?<operation>\w+)</c>")]
    private static partial Regex DocumentedCall();
}

/// <summary>A row of the overlay's table of operations.</summary>
internal sealed record FacadeRow(string Resource, string Method, string? RawOnly);
