using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.Spec.Emission;

/// <summary>The names of the static members that stand for known values, one for each value in its order.</summary>
internal static class EnumMembers
{
    /// <summary>What the struct that is generated has already.</summary>
    private static readonly string[] s_taken =
    [
        "Value",
        "Values",
        "KnownValues",
        "Create",
        "Equals",
        "ToString",
        "GetEnumerator",
        "GetHashCode",
        "GetType",
        "IsKnown",
        "ReferenceEquals",
        "MemberwiseClone",
        "Finalize",
    ];

    public static IEnumerable<(string Value, string Name)> Of(EnumDefinition type) => Of(type, type.AllValues);

    public static IEnumerable<(string Value, string Name)> Of(Definition type, IEnumerable<string> values)
    {
        var used = new HashSet<string>(s_taken, StringComparer.Ordinal) { type.Name! };
        foreach (string value in values)
        {
            string name = CSharpName.Pascal(value);
            name = used.Contains(name) ? name + "Value" : name;
            for (int i = 2; !used.Add(name); i++)
            {
                name = $"{CSharpName.Pascal(value)}_{i}";
            }

            yield return (value, name);
        }
    }
}
