using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;
using Retell.Workspaces.Model;

namespace Retell.Workspaces.Templates;

/// <summary>
/// The form in which files and server are compared: variables are replaced by their values, secrets and references are not. A changed value of a
/// variable is then a change of the objects that use it.
/// </summary>
internal sealed class ComparedForm(MemberTable table, EnvironmentValues values)
{
    public JObject Of(ResourceKind kind, JObject template) => MemberWalk.Map(template, table.Of(kind), text => HasVariables(text) ? Replaced(text.Value) : text.Value);

    /// <summary>Puts the variables of a file back where they still stand for the same values.</summary>
    public JObject ToFile(ResourceKind kind, JObject compared, JObject? template)
    {
        if (template is null)
        {
            return compared;
        }

        var written = MemberWalk.Texts(template, table.Of(kind)).Where(text => HasVariables(text) && Replaced(text.Value) != text.Value)
            .DistinctBy(text => text.Path).ToDictionary(text => text.Path, text => text.Value);
        return MemberWalk.Map(compared, table.Of(kind), text => written.TryGetValue(text.Path, out string? known) && Replaced(known) == text.Value ? known : text.Value);
    }

    private static bool HasVariables(MemberText text) => text.Rule.Role is MemberRole.Text or MemberRole.Variable or MemberRole.Url or MemberRole.Secret;

    private string Replaced(string text) => TemplateText.ReplaceVariables(text, values.Variable);
}
