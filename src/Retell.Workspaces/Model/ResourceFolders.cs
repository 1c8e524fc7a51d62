namespace Retell.Workspaces.Model;

/// <summary>The folder of each kind, which is also the first part of its addresses.</summary>
internal static class ResourceFolders
{
    private static readonly string[] s_names = ["knowledge", "components", "llms", "flows", "agents", "tests", "numbers"];

    public static IReadOnlyList<ResourceKind> Kinds { get; } = Enum.GetValues<ResourceKind>();

    public static string Of(ResourceKind kind) => s_names[(int)kind];

    public static ResourceKind? Find(string folder) => Array.IndexOf(s_names, folder) is >= 0 and int index ? (ResourceKind)index : null;
}
