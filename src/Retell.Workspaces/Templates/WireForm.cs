using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;
using Retell.Workspaces.Model;

namespace Retell.Workspaces.Templates;

/// <summary>Turns an object of a file into what is sent: addresses into IDs, variables and secrets into their values.</summary>
internal sealed class WireForm(MemberTable table, EnvironmentValues values)
{
    /// <summary>Resolves an object.</summary>
    /// <param name="address">The address of the object.</param>
    /// <param name="template">The object as in its files.</param>
    /// <param name="current">The object as the API returned it, for secrets that have no value here; null if there is none.</param>
    /// <param name="unresolved">Receives the paths of references to objects that do not exist yet; null if that is an error.</param>
    /// <exception cref="WorkspaceException">A reference, a variable or a secret has no value.</exception>
    public JObject Resolve(ResourceAddress address, JObject template, JObject? current = null, ICollection<string>? unresolved = null)
    {
        MemberNode root = table.Of(address.Kind);
        Dictionary<string, string>? kept = null;
        return MemberWalk.Map(template, root, text => text.Rule.Role switch
        {
            MemberRole.Reference => Reference(address, text, unresolved),
            MemberRole.Text or MemberRole.Variable => Value(address, text, current: null),
            MemberRole.Url or MemberRole.Secret => Value(address, text, path => (kept ??= Current(current, root)).GetValueOrDefault(path)),
            _ => text.Value,
        });
    }

    private static Dictionary<string, string> Current(JObject? current, MemberNode root) => current is null ? []
        : MemberWalk.Texts(current, root).DistinctBy(text => text.Path).ToDictionary(text => text.Path, text => text.Value);

    private string Reference(ResourceAddress address, MemberText text, ICollection<string>? unresolved)
    {
        if (!text.Value.StartsWith('@'))
        {
            return text.Value;
        }

        if (text.Value.StartsWith("@@", StringComparison.Ordinal))
        {
            return text.Value[1..];
        }

        ResourceAddress target = ResourceAddress.Find(text.Value[1..])
            ?? throw Invalid(address, text, $"\"{text.Value}\" is not a valid reference. Use one such as @llms/reception, or @@ for an ID that starts with @.");
        if (target.Kind != text.Rule.Target)
        {
            throw Invalid(address, text, $"\"{text.Value}\" is a reference to another kind of object. Use one such as @{ResourceFolders.Of(text.Rule.Target!.Value)}/name.");
        }

        if (values.IdOf(target) is string id)
        {
            return id;
        }

        if (unresolved is null)
        {
            throw Invalid(address, text, $"\"{text.Value}\" does not exist in this environment yet. Push {target} first.");
        }

        unresolved.Add(text.Path);
        return Runner.CycleBreaker.Missing;
    }

    /// <summary>Resolves a text. The function returns the secret of the server at a path; without it, secrets are not allowed.</summary>
    private string Value(ResourceAddress address, MemberText text, Func<string, string?>? current)
    {
        if (current is not null && TemplateText.Secrets(text.Value).Any() && values.TryResolve(text.Value) is null)
        {
            return current(text.Path) is string kept && !Credentials.IsMasked(kept) ? kept
                : throw Invalid(address, text, $"The secret {TemplateText.Secrets(text.Value).FirstOrDefault(name => values.Secret(name) is null)} has no value. "
                    + "Set the environment variable of this name.");
        }

        try
        {
            return TemplateText.Resolve(text.Value, (kind, name) => kind == "var"
                ? values.Variable(name) ?? throw Invalid(address, text, $"The variable {name} has no value. Add it to the vars of the environment in retell.json.")
                : current is not null ? values.Secret(name)!
                : throw Invalid(address, text, $"A secret is not allowed here. Use a variable, or write $${{secret:{name}}} if the text is meant literally."));
        }
        catch (FormatException e)
        {
            throw Invalid(address, text, e.Message);
        }
    }

    private static WorkspaceException Invalid(ResourceAddress address, MemberText text, string message) => new(message, address.ToString(), text.Path);
}
