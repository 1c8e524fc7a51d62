using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;

namespace Retell.Workspaces.Files;

/// <summary>The positions of nodes and notes on the canvas, which are kept in a file of their own so that reviews show what matters.</summary>
internal static class FlowLayout
{
    public const string FileName = "layout.json";

    private static readonly string[] s_positions = ["begin_tag_display_position", "display_position"];
    private static readonly string[] s_lists = ["nodes", "notes", "components"];

    public static bool Has(ResourceKind kind) => kind is ResourceKind.ConversationFlow or ResourceKind.Component;

    /// <summary>Moves the positions out of a flow.</summary>
    public static JObject TakeOut(JObject flow)
    {
        var layout = new JObject();
        Visit(flow, "", (holder, path) =>
        {
            foreach (string name in s_positions)
            {
                if (holder[name] is JToken position)
                {
                    layout[MemberPaths.Member(path, name)] = position.DeepClone();
                    holder.Remove(name);
                }
            }
        });
        return layout;
    }

    /// <summary>Moves the positions back. Those of nodes that are gone are ignored.</summary>
    public static void PutBack(JObject flow, JObject layout) => Visit(flow, "", (holder, path) =>
    {
        foreach (string name in s_positions)
        {
            if (layout[MemberPaths.Member(path, name)] is JToken position)
            {
                holder[name] = position.DeepClone();
            }
        }
    });

    private static void Visit(JObject holder, string path, Action<JObject, string> visit)
    {
        visit(holder, path);
        foreach (string list in s_lists)
        {
            if (holder[list] is JArray items)
            {
                foreach ((JToken item, string key) in items.Zip(ArrayKeys.Of(items)).ToList())
                {
                    if (item is JObject inner)
                    {
                        Visit(inner, MemberPaths.Item(MemberPaths.Member(path, list), key), visit);
                    }
                }
            }
        }
    }
}
