namespace Retell.Cli.Arguments;

/// <summary>A URL of an application, as it is typed.</summary>
internal static class WebAddress
{
    /// <exception cref="UsageException">The text is not an absolute http or https URL.</exception>
    public static Uri Parse(string text, string name) => Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is ("http" or "https")
        ? url
        : throw new UsageException($"{name}: \"{text}\" is not an absolute http or https URL. Use a URL such as http://localhost:5000/retell/webhooks.");
}
