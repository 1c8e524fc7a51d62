using System.Reflection;

namespace Retell.Cli.Help;

/// <summary>
/// What <c>retell</c>, <c>retell --help</c> and <c>retell --version</c> print. They are answered without a parser and without the tree of
/// commands, which would take most of the time.
/// </summary>
internal static class RootHelp
{
    public const string Description =
        """
        Calls the Retell AI API from the command line: retell RESOURCE VERB, for every operation. A community tool, not an official Retell product.

        Set the API key in the environment variable RETELL_API_KEY. No command that calls the API reads it from an option.
        """;

    private const string Examples =
        """
        Examples:
          retell calls list --since 24h --status error
          retell calls get call_1 --output json
          retell quickstart
          retell fake --port 4010 --key key_test
          retell webhooks trigger call_analyzed --to http://localhost:5000/retell/webhooks
        """;

    public static string Version { get; } =
        typeof(RootHelp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private static HelpPage Page => new(
        Description,
        "retell <command> [options]",
        [
            new(HelpSection.Commands, [.. HelpTexts.Resources.Select(resource => (Names.Kebab(resource.Name), HelpTexts.Of(resource))), .. OtherCommands]),
            new(HelpSection.Globals, [.. GlobalHelp.All.Append(GlobalHelp.Help).Append(GlobalHelp.Version).Select(option => (option.Label, option.Description))]),
        ],
        $"{Examples}{Environment.NewLine}{Environment.NewLine}{ExitCode.Help}");

    private static IEnumerable<(string Label, string Text)> OtherCommands =>
    [
        ("send", HelpTexts.Send), ("completion", HelpTexts.Completion), ("quickstart", HelpTexts.Quickstart), ("fake", HelpTexts.Fake), ("webhooks", HelpTexts.Webhooks),
    ];

    /// <summary>Prints what was asked for. Returns false when it was something else.</summary>
    public static bool TryWrite(IReadOnlyList<string> args, TextWriter output, int width)
    {
        switch (args)
        {
            case [] or ["--help" or "-h" or "-?"]:
                Page.WriteTo(output, width);
                return true;
            case ["--version"]:
                output.WriteLine(Version);
                return true;
            default:
                return false;
        }
    }
}
