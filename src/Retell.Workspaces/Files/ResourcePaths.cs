using Retell.Workspaces.Model;

namespace Retell.Workspaces.Files;

/// <summary>Where the objects of each kind are in a workspace. Paths have forward slashes and are relative to the workspace.</summary>
internal static class ResourcePaths
{
    /// <summary>Returns the name of the main file in the folder of an object; null for kinds whose objects are one file.</summary>
    public static string? MainName(ResourceKind kind) => kind switch
    {
        ResourceKind.KnowledgeBase => "kb.json",
        ResourceKind.Component => "component.json",
        ResourceKind.Llm => "llm.json",
        ResourceKind.ConversationFlow => "flow.json",
        _ => null,
    };

    public static string Main(ResourceAddress address, string environment) => (address.Kind, MainName(address.Kind)) switch
    {
        (ResourceKind.PhoneNumber, _) => Numbers(environment),
        (_, string name) => $"{address}/{name}",
        _ => $"{address}.json",
    };

    /// <summary>Returns the folder that the files of an object are relative to.</summary>
    public static string Folder(ResourceAddress address) => MainName(address.Kind) is not null ? address.ToString()
        : address.ToString()[..address.ToString().LastIndexOf('/')];

    public static string Numbers(string environment) => $"{ResourceFolders.Of(ResourceKind.PhoneNumber)}/{environment}.json";
}
