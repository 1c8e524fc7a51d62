using System.CommandLine;
using System.Globalization;
using System.Reflection;
using Newtonsoft.Json.Linq;
using Retell.Cli;
using Retell.Cli.Arguments;
using Retell.Cli.Commands;
using Retell.Cli.Help;
using Retell.Testing.Spec;
using Retell.Testing.State;
using Retell.Tests.Facade.Resources;

namespace Retell.Tests.Cli;

/// <summary>A method of the facade, its command, and a command line that calls it.</summary>
internal sealed class FacadeCommand
{
    /// <summary>It is a phone number as well.</summary>
    public const string Id = "+14157774444";

    private static readonly SampleFactory s_samples = new(ApiDocument.Embedded, new SchemaValidator(ApiDocument.Embedded));

    private FacadeCommand(PropertyInfo resource, IReadOnlyList<Overload> overloads)
    {
        Resource = resource;
        Overloads = overloads;
        string? operation = FacadeMethods.DocumentedOperations(overloads[0].Method).FirstOrDefault();
        Operation = ApiDocument.Embedded.Operations.FirstOrDefault(o => o.Id == operation);
    }

    public static IReadOnlyList<FacadeCommand> All { get; } =
        [.. HelpTexts.Resources.SelectMany(resource => Overload.Of(resource.PropertyType).Select(overloads => new FacadeCommand(resource, overloads)))];

    public PropertyInfo Resource { get; }

    public IReadOnlyList<Overload> Overloads { get; }

    /// <summary>What it calls; null for what waits.</summary>
    public FakeOperation? Operation { get; }

    public string[] Path => [Names.Kebab(Resource.Name), Names.Verb(Overloads[0].Method.Name)];

    /// <summary>With the request as JSON where there is one, else with all that is required.</summary>
    /// <param name="file">A file to upload.</param>
    public string[] Arguments(string file)
    {
        Overload overload = Overloads.FirstOrDefault(candidate => candidate.Request is not null) ?? Overloads[0];
        IEnumerable<string> values = overload.Values.Where(value => !value.IsOptional).Select(value => Sample(value.ParameterType, file));
        return [.. Path, .. values, .. overload.Request is ParameterInfo request ? ["--json", Body(request.ParameterType, file)] : Array.Empty<string>()];
    }

    public override string ToString() => string.Join(' ', Path);

    public static Command Find(Command root, IEnumerable<string> path) => path.Aggregate(root, (command, name) => command.Subcommands.Single(sub => sub.Name == name));

    private string Body(Type type, string file)
    {
        var body = Operation?.Body is JObject schema ? (JObject)s_samples.Create(schema, full: false) : [];
        foreach ((string name, PropertyInfo property) in JsonMembers.Of(type))
        {
            if (property.PropertyType == typeof(RetellFile) || property.PropertyType == typeof(IList<RetellFile>))
            {
                body[name] = file;
            }
        }

        return body.ToString();
    }

    private static string Sample(Type type, string file) => type switch
    {
        _ when type == typeof(RetellFile) => file,
        _ when ValueReader.KnownValues(type).FirstOrDefault() is string known => known,
        _ when type == typeof(string) => Id,
        _ => 1.ToString(CultureInfo.InvariantCulture),
    };
}
