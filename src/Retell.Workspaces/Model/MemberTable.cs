using Newtonsoft.Json.Linq;

namespace Retell.Workspaces.Model;

/// <summary>
/// Says which members are references, texts, secrets and so on. It is the file Members.txt, made from the OpenAPI document; a test fails when
/// the document has a member that the file does not know.
/// </summary>
internal sealed class MemberTable
{
    private readonly Dictionary<ResourceKind, MemberNode> _roots;

    private MemberTable(IEnumerable<string> lines)
    {
        _roots = ResourceFolders.Kinds.ToDictionary(kind => kind, _ => new MemberNode());
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            string[] parts = line.Split(' ');
            MemberNode node = Segments(parts[1]).Aggregate(_roots[ResourceFolders.Find(parts[0])!.Value], (at, segment) => at.Add(segment));
            string[] role = parts[2].Split(':');
            node.Role = role[0] switch
            {
                "own" => MemberRole.Own,
                "local" => MemberRole.Local,
                "readonly" => MemberRole.ReadOnly,
                "ref" => MemberRole.Reference,
                "variable" => MemberRole.Variable,
                "text" => MemberRole.Text,
                "url" => MemberRole.Url,
                "secret" => MemberRole.Secret,
                _ => MemberRole.Plain,
            };
            node.Target = role.Length > 1 ? ResourceFolders.Find(role[1]) : null;
        }
    }

    public static MemberTable Load()
    {
        using var reader = new StreamReader(typeof(MemberTable).Assembly.GetManifestResourceStream("Members.txt")!);
        return new MemberTable(reader.ReadToEnd().Split('\n'));
    }

    public MemberNode Of(ResourceKind kind) => _roots[kind];

    /// <summary>Removes the members that the API sets, and the ID.</summary>
    public void RemoveReadOnly(ResourceKind kind, JObject resource)
    {
        foreach (JProperty member in resource.Properties().ToList())
        {
            if (Of(kind).Member(member.Name)?.Role is MemberRole.Own or MemberRole.ReadOnly)
            {
                member.Remove();
            }
        }
    }

    /// <summary>Splits a path such as <c>nodes[].tools[].headers.*</c>.</summary>
    private static string[] Segments(string path) => path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.');
}

/// <summary>A place in an object of a kind: what is known about the member there, and the places below it.</summary>
internal sealed class MemberNode
{
    private const string AnyItem = "[]";
    private const string AnyMember = "*";

    private readonly Dictionary<string, MemberNode> _children = new(StringComparer.Ordinal);

    public MemberRole? Role { get; set; }

    /// <summary>Gets or sets the kind that a reference leads to.</summary>
    public ResourceKind? Target { get; set; }

    public MemberNode Add(string segment) => _children.TryGetValue(segment, out MemberNode? child) ? child : _children[segment] = new MemberNode();

    public MemberNode? Member(string name) => _children.GetValueOrDefault(name) ?? _children.GetValueOrDefault(AnyMember);

    public MemberNode? Item() => _children.GetValueOrDefault(AnyItem);
}
