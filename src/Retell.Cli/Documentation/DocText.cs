using System.Xml.Linq;
using Retell.Cli.Arguments;

namespace Retell.Cli.Documentation;

/// <summary>An element of an XML doc as one line of text; parameters appear as they are typed.</summary>
internal static class DocText
{
    public static string Of(XElement? element) => element is null
        ? ""
        : string.Join(' ', string.Concat(element.Nodes().Select(Node)).Split((char[])[' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static string Node(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" } link => Link(link),
        XElement { Name.LocalName: "paramref" or "typeparamref" } parameter => Names.Kebab((string?)parameter.Attribute("name") ?? ""),
        XElement { Name.LocalName: "para" or "item" } paragraph => " " + Of(paragraph) + " ",
        XElement other => Of(other),
        _ => "",
    };

    private static string Link(XElement link)
    {
        if (link.Attribute("langword") is XAttribute word)
        {
            return word.Value;
        }

        if (link.Nodes().Any())
        {
            return Of(link);
        }

        // M:Retell.CallsResource.GetAsync(System.String) is GetAsync.
        string id = (string?)link.Attribute("cref") ?? (string?)link.Attribute("href") ?? "";
        string name = id.Split('(')[0].Split('.')[^1].Split(':')[^1].Split('`')[0];
        return name == nameof(Timeout.InfiniteTimeSpan) ? Duration.Infinite
            : id.StartsWith("M:", StringComparison.Ordinal) ? Names.Verb(name)
            : name;
    }
}
