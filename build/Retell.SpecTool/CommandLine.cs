using System.CommandLine;
using Retell.Spec;
using Retell.SpecTool.Check;
using Retell.SpecTool.Diff;
using Retell.SpecTool.Update;

namespace Retell.SpecTool;

/// <summary>The commands of the tool.</summary>
internal static class CommandLine
{
    public static RootCommand Create()
    {
        var options = new SpecOptions();
        return new RootCommand(
            """
            Processes the OpenAPI document that the SDK is generated from.
            Exit codes: 0 done; 1 something is left for a person to write (check); 2 the input is invalid.
            """)
        {
            NormalizeCommand.Create(options),
            CheckCommand.Create(options),
            UpdateCommand.Create(options),
            DiffCommand.Create(),
        };
    }
}
