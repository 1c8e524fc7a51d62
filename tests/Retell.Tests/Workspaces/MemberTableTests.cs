using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Retell.Tests.Support;
using Retell.Workspaces;
using Retell.Workspaces.Model;

namespace Retell.Tests.Workspaces;

public partial class MemberTableTests
{
    private static readonly (string Folder, string[] Operations)[] s_kinds =
    [
        ("agents", ["createAgent", "getAgent", "updateAgent", "createChatAgent", "getChatAgent", "updateChatAgent"]),
        ("llms", ["createRetellLLM", "getRetellLLM", "updateRetellLLM"]),
        ("flows", ["createConversationFlow", "getConversationFlow", "updateConversationFlow"]),
        ("components", ["createConversationFlowComponent", "getConversationFlowComponent", "updateConversationFlowComponent"]),
        ("knowledge", ["createKnowledgeBase", "getKnowledgeBase"]),
        ("tests", ["createTestCaseDefinition", "getTestCaseDefinition", "updateTestCaseDefinition"]),
        ("numbers", ["getPhoneNumber", "updatePhoneNumber"]),
    ];

    [TestCaseSource(nameof(Kinds))]
    public void Member_of_the_spec_that_looks_like_a_reference_secret_or_text_is_in_the_table(string folder)
    {
        MemberNode root = MemberTable.Load().Of(ResourceFolders.Find(folder)!.Value);

        string[] missing = [.. Strings(folder).Where(path => IsTelling(path) && Find(root, path)?.Role is null).Order(StringComparer.Ordinal)];

        Assert.That(missing, Is.Empty, "Add them to Members.txt with their roles.");
    }

    [TestCaseSource(nameof(Kinds))]
    public void Member_that_only_a_response_has_is_read_only_in_the_table(string folder)
    {
        MemberNode root = MemberTable.Load().Of(ResourceFolders.Find(folder)!.Value);
        string[] operations = s_kinds.Single(kind => kind.Folder == folder).Operations;
        string[] sent = [.. Operations(operations).Where(o => o.Request is not null).SelectMany(o => Members(o.Request!))];
        string[] received = [.. Operations(operations).Where(o => o.Request is null).SelectMany(o => Members(o.Response!))];

        string[] unknown = [.. received.Except(sent).Where(name => name != "sip_outbound_trunk_config" && root.Member(name)?.Role is not (MemberRole.Own or MemberRole.ReadOnly))];

        Assert.That(unknown, Is.Empty, "Add them to Members.txt as readonly.");
    }

    [TestCaseSource(nameof(Kinds))]
    public void Table_has_no_member_that_the_spec_does_not_have(string folder)
    {
        string[] operations = s_kinds.Single(kind => kind.Folder == folder).Operations;
        HashSet<string> known = [.. Strings(folder), .. Operations(operations).SelectMany(o => new[] { o.Request, o.Response }).OfType<JObject>().SelectMany(Members)];
        IEnumerable<string> listed = File.ReadLines(Repository.PathOf("src", "Retell.Workspaces", "Model", "Members.txt"))
            .Where(line => line.StartsWith(folder + " ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]);

        Assert.That(listed.Where(path => !known.Contains(path)), Is.Empty);
    }

    private static IEnumerable<string> Kinds() => s_kinds.Select(kind => kind.Folder);

    private static IEnumerable<SpecOperation> Operations(string[] ids) => SpecDocument.Current.Operations.Where(operation => ids.Contains(operation.OperationId));

    private static bool IsTelling(string path) => Telling().IsMatch(path[(path.LastIndexOf('.') + 1)..].Replace("[]", "", StringComparison.Ordinal))
        || (path.EndsWith(".*", StringComparison.Ordinal) && Map().IsMatch(path));

    private static MemberNode? Find(MemberNode root, string path) =>
        path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.').Aggregate((MemberNode?)root, (node, segment) => segment == "[]" ? node?.Item() : node?.Member(segment));

    private static IEnumerable<string> Members(JObject schema)
    {
        JObject resolved = SpecDocument.Current.Resolve(schema);
        return new[] { "allOf", "oneOf", "anyOf" }.SelectMany(name => (resolved[name] as JArray ?? []).Cast<JObject>().SelectMany(Members))
            .Concat((resolved["properties"] as JObject ?? []).Properties().Select(p => p.Name)).Distinct();
    }

    /// <summary>The paths of all strings that are not enumerations.</summary>
    private static HashSet<string> Strings(string folder)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (SpecOperation operation in Operations(s_kinds.Single(kind => kind.Folder == folder).Operations))
        {
            foreach (JObject schema in new[] { operation.Request, operation.Response }.OfType<JObject>())
            {
                Visit(schema, "", [], found);
            }
        }

        return found;
    }

    private static void Visit(JObject schema, string path, IReadOnlyList<string> above, HashSet<string> found)
    {
        string? reference = (string?)schema["$ref"];
        if (reference is not null && above.Contains(reference))
        {
            return;
        }

        above = reference is null ? above : [.. above, reference];
        JObject resolved = SpecDocument.Current.Resolve(schema);
        if ((string?)resolved["type"] == "string" && resolved["enum"] is null)
        {
            found.Add(path);
        }

        foreach (JObject part in new[] { "allOf", "oneOf", "anyOf" }.SelectMany(name => (resolved[name] as JArray ?? []).Cast<JObject>()))
        {
            Visit(part, path, above, found);
        }

        foreach (JProperty member in (resolved["properties"] as JObject ?? []).Properties())
        {
            Visit((JObject)member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", above, found);
        }

        if (resolved["items"] is JObject items)
        {
            Visit(items, path + "[]", above, found);
        }

        if (resolved["additionalProperties"] is JObject values)
        {
            Visit(values, path + ".*", above, found);
        }
    }

    [GeneratedRegex("(^|_)ids?$|(^|_)ur[il]s?$|prompt$|secret|token|password|auth|key|user(name)?$|credential|^number$|^text$")]
    private static partial Regex Telling();

    [GeneratedRegex(@"(headers|query_params|dynamic_variables)\.\*$")]
    private static partial Regex Map();
}
