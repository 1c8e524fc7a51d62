using System.Reflection;
using System.Xml.Linq;

namespace Retell.Cli.Documentation;

/// <summary>The XML docs of the SDK as plain text, for the help.</summary>
internal sealed class XmlDocumentation
{
    private readonly ILookup<string, XElement> _members;

    private XmlDocumentation(string? file) => _members = (File.Exists(file) ? XDocument.Load(file).Descendants("member") : [])
        .ToLookup(member => ((string)member.Attribute("name")!).Split('(')[0], StringComparer.Ordinal);

    /// <summary>No texts, where no help is shown.</summary>
    public static XmlDocumentation None => new(null);

    /// <summary>The documentation of the facade. It lies beside the assembly.</summary>
    public static XmlDocumentation OfSdk => new(Path.Combine(AppContext.BaseDirectory, typeof(RetellClient).Assembly.GetName().Name + ".xml"));

    /// <summary>What a method does, and which operation it calls.</summary>
    public string Summary(MethodInfo method) => Find(method) is not XElement member ? string.Empty
        : string.Join(' ', new[] { member.Element("summary"), member.Element("remarks") }.Select(DocText.Of).Where(text => text.Length > 0));

    public string Returns(MethodInfo method) => DocText.Of(Find(method)?.Element("returns"));

    public string Parameter(ParameterInfo parameter) =>
        DocText.Of(Find((MethodInfo)parameter.Member)?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == parameter.Name));

    /// <summary>Overloads differ in the names of their parameters, which spares the spelling of their types.</summary>
    private XElement? Find(MethodInfo method)
    {
        string[] names = [.. method.GetParameters().Select(parameter => parameter.Name!)];
        return _members[$"M:{method.DeclaringType!.FullName}.{method.Name}"]
            .FirstOrDefault(member => member.Elements("param").Select(element => (string?)element.Attribute("name")).SequenceEqual(names));
    }
}
