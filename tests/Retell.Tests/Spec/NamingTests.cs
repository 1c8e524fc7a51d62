using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Spec.Naming;
using Retell.Tests.Support;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.Spec;

/// <summary>Generated names are names that a person would give.</summary>
public partial class NamingTests
{
    private static IEnumerable<Type> Models => typeof(RetellObject).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(RetellObject).Namespace);

    [Test]
    public void Generated_types_have_no_numbered_placeholder_names() =>
        Assert.That(Models.Select(type => type.Name).Where(name => StopgapName().IsMatch(name)), Is.Empty);

    [Test]
    public void Generated_type_names_end_in_digit_only_if_spec_does()
    {
        var known = SpecDocument.Current.Root.Descendants().OfType<JProperty>().Select(property => Plain(property.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.That(Models.Select(type => type.Name).Where(name => char.IsAsciiDigit(name[^1]) && !known.Contains(name)), Is.Empty);
    }

    [Test]
    public void Generated_types_match_schemas_one_to_one()
    {
        // Enumerations that differ only in null share a type: NullableLLMModel is LlmModel.
        IReadOnlyDictionary<string, string> names = NameLock.Read(Repository.PathOf("openapi", "names.lock.yaml")).Names;
        var counts = SpecDocument.Current.Schemas.Keys
            .Select(schema => (schema, types: SdkTypes.All.Where(type => type.Name == names[$"#/components/schemas/{schema}"]).Select(type => type.Name).ToList()))
            .Where(pair => pair.types.Count != 1)
            .Select(pair => $"{pair.schema}: {(pair.types.Count == 0 ? "no type" : string.Join(", ", pair.types))}");

        Assert.That(counts, Is.Empty);
    }

    [Test]
    public void Generated_types_have_OpenApiSchema_attribute() =>
        Assert.That(
            from type in Models
            where type != typeof(RetellObject) && !type.IsNested && type.GetCustomAttributes(typeof(OpenApiSchemaAttribute), false).Length == 0
            select type.Name,
            Is.Empty);

    [Test]
    public void Generated_methods_match_operations_one_to_one()
    {
        IEnumerable<string> called = typeof(RetellObject).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes(typeof(OpenApiOperationAttribute), false).Cast<OpenApiOperationAttribute>())
            .Select(attribute => attribute.OperationId);

        Assert.That(called, Is.EquivalentTo(SpecDocument.Current.Operations.Select(operation => operation.OperationId)));
    }

    [Test]
    public void Generated_properties_are_PascalCase() =>
        Assert.That(
            from type in SdkTypes.Objects
            from pair in SdkTypes.MembersOf(type)
            where !PascalCase().IsMatch(pair.Property.Name)
            select $"{type.Name}.{pair.Property.Name}",
            Is.Empty);

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    [GeneratedRegex(@"Body\d|Response\d|Anonymous|Type\d")]
    private static partial Regex StopgapName();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex PascalCase();
}
