using System.CommandLine;
using System.Reflection;
using Retell.Cli.Documentation;
using Retell.Cli.Help;

namespace Retell.Cli.Commands;

/// <summary>A command for each resource of the client, with one for each of its methods.</summary>
internal static class ResourceCommands
{
    /// <param name="run">The context of the run.</param>
    /// <param name="docs">The texts of the help.</param>
    /// <param name="args">What was typed: the methods of a resource that it does not name are left out. Null for all.</param>
    public static IEnumerable<Command> Create(RunContext run, XmlDocumentation docs, IReadOnlyList<string>? args = null)
    {
        foreach (PropertyInfo resource in HelpTexts.Resources)
        {
            var command = new Command(Names.Kebab(resource.Name), HelpTexts.Of(resource));
            if (args is null || args.Contains(command.Name))
            {
                AddMethods(command, resource, run, docs);
            }

            yield return command;
        }
    }

    private static void AddMethods(Command command, PropertyInfo resource, RunContext run, XmlDocumentation docs)
    {
        foreach (IReadOnlyList<Overload> overloads in Overload.Of(resource.PropertyType))
        {
            command.Add(new MethodCommand(resource, overloads, run, docs).Command);
        }
    }
}
