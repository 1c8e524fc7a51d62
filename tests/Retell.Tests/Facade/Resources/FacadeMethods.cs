using System.Reflection;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Retell.Tests.Support;

namespace Retell.Tests.Facade.Resources;

/// <summary>The methods of the resources, and the overlay's word on which operation each is for.</summary>
internal static partial class FacadeMethods
{
    private static readonly Lazy<Dictionary<string, FacadeRow>> s_rows = new(ReadRows);
    private static readonly Lazy<ILookup<string, string>> s_documented = new(ReadDocumentation);

    /// <summary>The resources of a client, by the names of their properties.</summary>
    public static IReadOnlyDictionary<string, PropertyInfo> Resources { get; } = typeof(RetellClient).GetProperties()
        .Where(p => p.PropertyType.Name == p.Name + "Resource")
        .ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>Every method that sends something, overloads included.</summary>
    public static IEnumerable<MethodInfo> All => Resources.Values.SelectMany(p => p.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(m => !m.IsSpecialName && !m.Name.StartsWith("Wait", StringComparison.Ordinal));

    /// <summary>What the overlay says of the operation; null where it has no row.</summary>
    public static FacadeRow? RowOf(SpecOperation operation) => s_rows.Value.GetValueOrDefault($"{operation.Method} {operation.Path}");

    /// <summary>The overloads of the method that the overlay names for an operation.</summary>
    public static MethodInfo[] For(FacadeRow row) => Resources.TryGetValue(row.Resource, out PropertyInfo? resource)
        ? [.. All.Where(m => m.DeclaringType == resource.PropertyType && m.Name == row.Method + "Async")]
        : [];

    /// <summary>The operationIds that the documentation of a method names.</summary>
    public static IEnumerable<string> DocumentedOperations(MethodInfo method) => s_documented.Value[$"{method.DeclaringType!.Name}.{method.Name}"];

    public static string NameOf(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().SkipLast(2).Select(p => p.Name))})";

    private static Dictionary<string, FacadeRow> ReadRows()
    {
        JToken overlay = YamlJson.Load(Repository.PathOf("openapi", "overlay.yaml"));
        JToken table = overlay["actions"]!.Select(a => a["update"]?["x-retell-operations"]).First(t => t is not null)!;
        return ((JObject)table).Properties().ToDictionary(
            row => row.Name[..row.Name.IndexOf(' ', StringComparison.Ordinal)].ToUpperInvariant() + row.Name[row.Name.IndexOf(' ', StringComparison.Ordinal)..],
            row => new FacadeRow((string)row.Value["resource"]!, (string)row.Value["method"]!, (string?)row.Value["rawOnly"]),
            StringComparer.Ordinal);
    }

    private static ILookup<string, string> ReadDocumentation()
    {
        var documented = new List<(string Method, string Operation)>();
        foreach (string file in Directory.GetFiles(Repository.PathOf("src", "Retell", "Resources"), "*Resource.cs"))
        {
            string operation = "";
            foreach (Match match in DocumentedCall().Matches(File.ReadAllText(file)))
            {
                if (match.Groups["operation"].Success)
                {
                    operation = match.Groups["operation"].Value;
                }
                else
                {
                    documented.Add(($"{Path.GetFileNameWithoutExtension(file)}.{match.Groups["method"].Value}", operation));
                    operation = "";
                }
            }
        }

        return documented.Where(d => d.Operation.Length > 0).Distinct().ToLookup(d => d.Method, d => d.Operation, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"Calls <c>(?<operation>\w+)</c>|public virtual [^\r\n(]*?\b(?<method>\w+)\(")]
    private static partial Regex DocumentedCall();
}

/// <summary>A row of the overlay's table of operations.</summary>
internal sealed record FacadeRow(string Resource, string Method, string? RawOnly);
