using System.CommandLine;
using Retell.Spec;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.SpecTool.Check;

/// <summary><c>check</c>.</summary>
internal static class CheckCommand
{
    public static Command Create(SpecOptions options)
    {
        var verbose = new Option<bool>("--verbose", "-v") { Description = "List every operation with its methods, and everything without a description." };
        var command = new Command("check", "Report what is left to write by hand: facade methods, discriminators, overlay actions that match nothing.")
        {
            options.Spec, options.Retained, options.Overlay, options.Names, verbose,
        };
        command.SetAction((result, _) => SpecOptions.RunAsync(() =>
        {
            var notes = new List<string>();
            NormalizeInput input = options.Input(result);
            (ApiModel model, NameLock _) = NormalizeCommand.Load(input, notes);
            CheckReport report = CheckReport.Of(model, notes, input, Repository.Root);
            report.Write(Console.Out, result.GetValue(verbose));
            return Task.FromResult(report.IsComplete ? 0 : 1);
        }));
        return command;
    }
}
