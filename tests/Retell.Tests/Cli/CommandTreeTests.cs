using System.CommandLine;
using System.Reflection;
using Retell.Cli;
using Retell.Cli.Commands;
using Retell.Cli.Webhooks;

namespace Retell.Tests.Cli;

/// <summary>The commands are the facade.</summary>
internal sealed class CommandTreeTests
{
    private static readonly Command s_root = RootTree.Create(new CliEnvironment(TextReader.Null, TextWriter.Null, TextWriter.Null));

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(sub => All(sub).Prepend(sub));

    [Test]
    public void Cli_commands_match_facade_methods()
    {
        IEnumerable<string> methods =
            from resource in typeof(RetellClient).GetProperties()
            where resource.PropertyType.Name.EndsWith("Resource", StringComparison.Ordinal)
            from method in resource.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where method.Name != nameof(CallsResource.MonitorAsync)
            select $"{Names.Kebab(resource.Name)} {Names.Verb(method.Name)}";
        IEnumerable<string> commands =
            from resource in s_root.Subcommands
            where resource.Name != WebhooksCommand.Name
            from verb in resource.Subcommands
            select $"{resource.Name} {verb.Name}";

        Assert.That(commands, Is.EquivalentTo(methods.Distinct()));
        Assert.That(commands, Does.Contain("phone-numbers create").And.Contain("calls create-phone-call").And.Contain("agents publish-v1"));
    }

    [Test]
    public void Cli_commands_have_an_option_for_each_method_parameter()
    {
        foreach (FacadeCommand facade in FacadeCommand.All)
        {
            Command command = FacadeCommand.Find(s_root, facade.Path);
            IEnumerable<ParameterInfo> values = facade.Overloads.SelectMany(overload => overload.Values).DistinctBy(value => value.Name);
            IEnumerable<string> names = command.Arguments.Select(argument => argument.Name).Concat(command.Options.Select(option => option.Name.TrimStart('-')));
            string verb = command.Name.Split('-')[0];
            foreach (ParameterInfo value in values)
            {
                string name = value.Name == "pageSize" ? "limit" : Names.Kebab(value.Name!);
                Assert.That(names, Does.Contain(name).Or.Contain($"{verb}-{name}"), $"{facade} {value.Name}");
            }

            Assert.That(command.Options.Any(option => option.Name == "--json"), Is.EqualTo(facade.Overloads.Any(overload => overload.Request is not null)), facade.ToString());
        }
    }

    [Test]
    public void Cli_parameters_of_same_name_in_overloads_have_same_type()
    {
        foreach (FacadeCommand facade in FacadeCommand.All)
        {
            foreach (IGrouping<string?, ParameterInfo> parameters in facade.Overloads.SelectMany(overload => overload.Values).GroupBy(value => value.Name))
            {
                Assert.That(parameters.Select(parameter => parameter.ParameterType).Distinct().Count(), Is.EqualTo(1), $"{facade} {parameters.Key}");
            }
        }
    }

    [Test]
    public void Cli_commands_and_options_have_help_text_without_markup()
    {
        foreach (Command command in All(s_root))
        {
            IEnumerable<Symbol> symbols = command.Options.Cast<Symbol>().Concat(command.Arguments).Prepend(command);
            foreach (Symbol symbol in symbols)
            {
                Assert.That(symbol.Description, Is.Not.Null.And.Not.Empty.And.Not.Contains("<c>").And.Not.Contains("cref"), $"{command.Name} {symbol.Name}");
            }
        }
    }

    [Test]
    public void Cli_option_names_are_unique_per_command()
    {
        IEnumerable<string> globals = s_root.Options.Where(option => option.Recursive).Select(option => option.Name);
        foreach (Command command in All(s_root))
        {
            Assert.That(command.Options.Select(option => option.Name).Concat(globals), Is.Unique, command.Name);
        }
    }

    [Test]
    public void Cli_obsolete_commands_are_hidden_in_help()
    {
        foreach (FacadeCommand facade in FacadeCommand.All)
        {
            bool isObsolete = facade.Overloads[0].Method.GetCustomAttribute<ObsoleteAttribute>() is not null;
            Assert.That(FacadeCommand.Find(s_root, facade.Path).Hidden, Is.EqualTo(isObsolete), facade.ToString());
        }

        Assert.That(FacadeCommand.All.Count(facade => FacadeCommand.Find(s_root, facade.Path).Hidden), Is.GreaterThan(2));
    }

    [Test]
    public async Task Cli_command_help_shows_xml_documentation()
    {
        CliRun run = await CliRun.RunAsync("calls", "create-phone-call", "--help");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(
            run.Output,
            Does.Contain("Creates an outbound phone call.")
                .And.Contain("retell calls create-phone-call [options]")
                .And.Contain("--from-number <value>")
                .And.Contain("override_agent_id"));
    }

    [Test]
    public async Task Cli_without_arguments_prints_help_with_exit_codes()
    {
        CliRun run = await CliRun.RunAsync();

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("Exit codes:").And.Contain("phone-numbers").And.Contain("--dry-run").And.Contain("RETELL_API_KEY").And.Not.Contain("--api-key"));
    }

    [Test]
    public async Task First_page_lists_every_command_and_global_option()
    {
        CliRun run = await CliRun.RunAsync("--help");

        foreach (Command command in s_root.Subcommands)
        {
            Assert.That(run.Output, Does.Match($@"(?m)^  {command.Name} +{System.Text.RegularExpressions.Regex.Escape(command.Description!.Split(' ')[0])}"));
        }

        foreach (Option option in s_root.Options)
        {
            Assert.That(run.Output, Does.Match($@"(?m)^  (-\w, )?{option.Name}( |$)"));
        }
    }

    [Test]
    public void Help_does_not_speak_about_CSharp()
    {
        string[] terms = ["RequestOptions", "CancellationToken", "IProgress", "Pager", "delegate", "TimeSpan", "langword", "C#", "await"];
        foreach (Command command in All(s_root))
        {
            foreach (Symbol symbol in command.Options.Cast<Symbol>().Concat(command.Arguments).Prepend(command))
            {
                Assert.That(terms.Where(term => symbol.Description!.Contains(term, StringComparison.Ordinal)), Is.Empty, $"{command.Name} {symbol.Name}: {symbol.Description}");
            }
        }
    }

    [Test]
    public async Task Help_names_the_timeouts_of_operations()
    {
        CliRun run = await CliRun.RunAsync("--help");

        string text = string.Join(' ', run.Output.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
        Assert.That(
            text,
            Does.Contain("The default is 60s, except for creating a phone call (120s), and for listing calls or chats, creating batch calls, chat completions and playground completions (300s)."));
    }

    [Test]
    public async Task Version_is_that_of_the_package()
    {
        CliRun run = await CliRun.RunAsync("--version");

        Assert.That(run.Output.Trim(), Does.Match(@"^\d+\.\d+\.\d+(-[\w.]+)?$"));
    }
}
