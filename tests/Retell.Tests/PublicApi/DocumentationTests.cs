using System.Reflection;
using System.Xml.Linq;

namespace Retell.Tests.PublicApi;

/// <summary>Every public member says what it is.</summary>
public class DocumentationTests
{
    private static readonly Assembly[] s_assemblies = [typeof(RetellClient).Assembly, typeof(Retell.Models.RetellObject).Assembly];

    [TestCaseSource(nameof(s_assemblies))]
    public void Public_members_have_xml_documentation(Assembly assembly)
    {
        string file = Path.ChangeExtension(assembly.Location, ".xml");
        Assert.That(file, Does.Exist, "the XML file that goes into the package");
        var documented = XDocument.Load(file).Descendants("member")
            .Where(member => member.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet(StringComparer.Ordinal);

        IEnumerable<string> missing = assembly.GetExportedTypes().SelectMany(type => Members(type).Prepend($"T:{Name(type)}")).Where(id => !documented.Contains(id));

        Assert.That(missing, Is.Empty);
    }

    /// <summary>Methods go by name: their parameters are the compiler's concern, which warns where one is not documented.</summary>
    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (PropertyInfo property in type.GetProperties(Declared).Where(property => property.GetIndexParameters().Length == 0 && property.GetAccessors(true).Any(IsVisible)))
        {
            yield return $"P:{Name(type)}.{property.Name}";
        }

        foreach (FieldInfo field in type.GetFields(Declared).Where(field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName))
        {
            yield return $"F:{Name(type)}.{field.Name}";
        }

        foreach (MethodInfo method in type.GetMethods(Declared).Where(
                method => IsVisible(method) && !method.IsSpecialName && method.GetParameters().Length == 0 && !method.IsGenericMethod))
        {
            yield return $"M:{Name(type)}.{method.Name}";
        }
    }

    /// <summary>Explicit implementations of interfaces are private and have none of their own.</summary>
    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Name(Type type) => type.FullName!.Replace('+', '.');
}
