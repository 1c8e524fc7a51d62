using System.Reflection;
using System.Xml.Linq;
using Retell.Generated;

namespace Retell.AI.Functions;

/// <summary>The XML docs of the client, which are a resource of this assembly, as text for models.</summary>
internal sealed class OperationDocs
{
    private const string Resource = "Retell.xml";

    private readonly ILookup<string, XElement> _members;

    private OperationDocs(XDocument document) =>
        _members = document.Descendants("member").ToLookup(member => ((string)member.Attribute("name")!).Split('(')[0], StringComparer.Ordinal);

    public static OperationDocs Load()
    {
        using Stream stream = typeof(OperationDocs).Assembly.GetManifestResourceStream(Resource)!;
        return new(XDocument.Load(stream));
    }

    public string Summary(MethodInfo method) => Text(Find(method)?.Element("summary"));

    public string Parameter(ParameterInfo parameter) => Text(
        Find((MethodInfo)parameter.Member)?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == parameter.Name));

    /// <summary>Returns the operation that a method calls, which its remarks name, or null.</summary>
    public ApiOperation? Operation(MethodInfo method, IReadOnlyDictionary<string, ApiOperation> operations) =>
        Find(method)?.Elements("remarks").Descendants("c").Select(code => operations.GetValueOrDefault(code.Value)).FirstOrDefault(operation => operation is not null);

    /// <summary>Overloads differ in the names of their parameters, which spares the spelling of their types.</summary>
    private XElement? Find(MethodInfo method)
    {
        string[] names = [.. method.GetParameters().Select(parameter => parameter.Name!)];
        return _members[$"M:{method.DeclaringType!.FullName}.{method.Name}"]
            .FirstOrDefault(member => member.Elements("param").Select(element => (string?)element.Attribute("name")).SequenceEqual(names));
    }

    private static string Text(XElement? element) => element is null
        ? ""
        : string.Join(' ', string.Concat(element.Nodes().Select(Node)).Split((char[])[' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static string Node(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "paramref" } parameter => FunctionNames.Snake((string?)parameter.Attribute("name") ?? ""),
        XElement { HasElements: false, IsEmpty: true } link => Name((string?)link.Attribute("langword") ?? (string?)link.Attribute("cref") ?? ""),
        XElement other => Text(other),
        _ => "",
    };

    /// <summary><c>M:Retell.CallsResource.GetAsync(System.String)</c> becomes <c>GetAsync</c>.</summary>
    private static string Name(string id) => id.Split('(')[0].Split('.')[^1].Split(':')[^1].Split('`')[0];
}
