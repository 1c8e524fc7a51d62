namespace Retell.Workspaces.Templates;

/// <summary>The variables and secrets of an environment, and the IDs of its objects.</summary>
internal sealed class EnvironmentValues(
    IReadOnlyDictionary<string, string> variables, Func<string, string?> secrets, Func<ResourceAddress, string?> idOf, Func<ResourceKind, string, ResourceAddress?> addressOf)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public string? Variable(string name) => variables.GetValueOrDefault(name);

    /// <summary>Returns a secret and remembers its value, which must not be shown.</summary>
    public string? Secret(string name)
    {
        string? value = secrets(name);
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        lock (_used)
        {
            _used.Add(value);
        }

        return value;
    }

    public string? IdOf(ResourceAddress address) => idOf(address);

    public ResourceAddress? AddressOf(ResourceKind kind, string id) => addressOf(kind, id);

    /// <summary>Removes the values of secrets from a text, such as an error message of the API that repeats the request.</summary>
    public string Mask(string text)
    {
        lock (_used)
        {
            return _used.OrderByDescending(secret => secret.Length).Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.Ordinal));
        }
    }

    /// <summary>Returns the value of a template; null if a variable or secret has no value.</summary>
    public string? TryResolve(string template)
    {
        bool isComplete = true;
        try
        {
            string value = TemplateText.Resolve(template, (kind, name) =>
            {
                string? known = kind == "var" ? Variable(name) : Secret(name);
                isComplete &= known is not null;
                return known ?? "";
            });
            return isComplete ? value : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
