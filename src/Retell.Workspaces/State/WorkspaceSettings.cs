using Newtonsoft.Json.Linq;
using Retell.Workspaces.Files;
using Retell.Workspaces.Json;

namespace Retell.Workspaces.State;

/// <summary>The file retell.json with the environments.</summary>
internal static class WorkspaceSettings
{
    public const string FileName = "retell.json";

    private static readonly HashSet<string> s_members = ["key_env", "org_id", "vars", "protected", "gate"];

    /// <exception cref="WorkspaceException">The file does not exist or is not valid.</exception>
    public static IReadOnlyDictionary<string, WorkspaceEnvironment> Read(string root) =>
        ReadJson(root)["environments"] is JObject { Count: > 0 } environments
            ? environments.Properties().ToDictionary(member => member.Name, Environment, StringComparer.Ordinal)
            : throw new WorkspaceException(
                "There is no environment. Add one: { \"environments\": { \"staging\": { \"key_env\": \"RETELL_API_KEY\" } } }.", FileName, "environments");

    /// <summary>Sets the organization of an environment that has none.</summary>
    public static void SetOrganization(string root, string environment, string organizationId)
    {
        JObject json = ReadJson(root);
        json["environments"]![environment]!["org_id"] = organizationId;
        AtomicFile.Write(Path.Combine(root, FileName), CanonicalJson.Write(json));
    }

    private static JObject ReadJson(string root) => AtomicFile.Read(Path.Combine(root, FileName)) is string text
        ? CanonicalJson.Parse(text, FileName)
        : throw new WorkspaceException($"There is no {FileName} in {root}. Create it: {{ \"environments\": {{ \"staging\": {{ \"key_env\": \"RETELL_API_KEY\" }} }} }}.");

    private static WorkspaceEnvironment Environment(JProperty member)
    {
        string path = $"environments.{member.Name}";
        if (member.Name.Length == 0 || !member.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new WorkspaceException("The name of an environment must consist of letters, digits, hyphens and underscores.", FileName, path);
        }

        JObject json = member.Value as JObject ?? throw new WorkspaceException("An environment must be a JSON object.", FileName, path);
        if (json.Properties().FirstOrDefault(p => !s_members.Contains(p.Name)) is JProperty unknown)
        {
            throw new WorkspaceException($"The member is not known. Use {string.Join(", ", s_members)}.", FileName, $"{path}.{unknown.Name}");
        }

        JObject vars = json["vars"] as JObject ?? [];
        return new(member.Name)
        {
            KeyVariable = Text(json, "key_env", path) ?? WorkspaceEnvironment.DefaultKeyVariable,
            OrganizationId = Text(json, "org_id", path),
            IsProtected = Flag(json, "protected", path),
            HasGate = Flag(json, "gate", path),
            Variables = vars.Properties().ToDictionary(p => p.Name, p => Text(vars, p.Name, $"{path}.vars") ?? ""),
        };
    }

    private static string? Text(JObject json, string name, string path) => json[name] switch
    {
        null => null,
        JValue { Value: string text } => text,
        _ => throw new WorkspaceException("The value must be a string.", FileName, $"{path}.{name}"),
    };

    private static bool Flag(JObject json, string name, string path) => json[name] switch
    {
        null => false,
        JValue { Value: bool flag } => flag,
        _ => throw new WorkspaceException("The value must be true or false.", FileName, $"{path}.{name}"),
    };
}
