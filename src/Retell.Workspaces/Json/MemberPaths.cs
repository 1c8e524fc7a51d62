namespace Retell.Workspaces.Json;

/// <summary>Paths of members in messages and reports, such as <c>general_tools[lookup].url</c>.</summary>
internal static class MemberPaths
{
    public static string Member(string path, string name) =>
        name.Length == 0 || name.AsSpan().IndexOfAny(".[]'") >= 0 ? $"{path}['{name}']" : path.Length == 0 ? name : $"{path}.{name}";

    public static string Item(string path, string key) => $"{path}[{key}]";
}
