using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;
using Retell.Workspaces.Model;

namespace Retell.Workspaces.Templates;

/// <summary>
/// Turns an object of the API into what is written to files: without what the API sets, IDs as addresses, secrets as placeholders, and variables
/// where the files had them.
/// </summary>
internal sealed class FileForm(MemberTable table, EnvironmentValues values)
{
    /// <param name="address">The address of the object.</param>
    /// <param name="wire">The object as the API returned it.</param>
    /// <param name="comparesSecrets">Whether a secret whose value differs from that of the server is marked.</param>
    /// <param name="known">The objects of the files, whose variables and secrets are kept where they stand for the same values.</param>
    public JObject Create(ResourceAddress address, JObject wire, bool comparesSecrets, params IEnumerable<JObject?> known)
    {
        MemberNode root = table.Of(address.Kind);
        var writable = (JObject)wire.DeepClone();
        table.RemoveReadOnly(address.Kind, writable);
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (MemberText text in known.OfType<JObject>().SelectMany(template => MemberWalk.Texts(template, root)).Where(text => TemplateText.HasMarker(text.Value)))
        {
            kept.TryAdd(text.Path, text.Value);
        }

        return MemberWalk.Map(writable, root, text => text.Rule.Role switch
        {
            MemberRole.Reference => values.AddressOf(text.Rule.Target!.Value, text.Value) is ResourceAddress target ? $"@{target}" : TemplateText.EscapeReference(text.Value),
            MemberRole.Text or MemberRole.Variable or MemberRole.Url or MemberRole.Secret => Value(address, text, kept.GetValueOrDefault(text.Path), comparesSecrets),
            _ => text.Value,
        });
    }

    private string Value(ResourceAddress address, MemberText text, string? template, bool comparesSecrets)
    {
        string? resolved = template is null ? null : values.TryResolve(template);
        if (resolved == text.Value)
        {
            return template!;
        }

        if (template is not null && TemplateText.Secrets(template).Any())
        {
            return !comparesSecrets || resolved is null || Credentials.IsMasked(text.Value) ? template : TemplateText.UnknownSecret;
        }

        return Credentials.IsSecret(text.Rule.Role!.Value, text.Name, text.Value)
            ? $"${{secret:{Credentials.NameOf(address, text.Path)}}}"
            : TemplateText.Escape(text.Value);
    }
}
