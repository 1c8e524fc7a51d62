using System.CommandLine;
using System.Reflection;
using Retell.Cli.Documentation;

namespace Retell.Cli.Commands;

/// <summary>A command for each resource of the client, with one for each of its methods.</summary>
internal static class ResourceCommands
{
    public static IEnumerable<Command> Create(RunContext run, XmlDocumentation docs) =>
        Resources.OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => Create(property, run, docs));

    public static IEnumerable<PropertyInfo> Resources =>
        typeof(RetellClient).GetProperties().Where(property => property.PropertyType.Name.EndsWith("Resource", StringComparison.Ordinal));

    private static Command Create(PropertyInfo resource, RunContext run, XmlDocumentation docs)
    {
        var command = new Command(Names.Kebab(resource.Name), docs.Summary(resource));
        foreach (IReadOnlyList<Overload> overloads in Overload.Of(resource.PropertyType))
        {
            command.Add(new MethodCommand(resource, overloads, run, docs).Command);
        }

        return command;
    }
}
