using System.ComponentModel;
using System.Reflection;
using Retell.Generated;
using Retell.Models;
using Retell.Tests.Support;

namespace Retell.Tests.PublicApi;

/// <summary>What an editor offers after a dot is the API and nothing else.</summary>
public class IntelliSenseTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IEnumerable<Type> Visible => new[] { typeof(RetellClient), typeof(RetellObject) }
        .SelectMany(type => type.Assembly.GetExportedTypes())
        .Where(type => type.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never);

    private static IEnumerable<Type> Resources => typeof(RetellClient).GetProperties().Concat(typeof(RetellRaw).GetProperties())
        .Select(property => property.PropertyType)
        .Where(type => type.Name.EndsWith("Resource", StringComparison.Ordinal) || type.Name.EndsWith("Client", StringComparison.Ordinal));

    [Test]
    public void IntelliSense_models_show_only_properties()
    {
        string[] others =
        [
            .. SdkTypes.Objects.SelectMany(type => type.GetMembers(Declared))
                .Where(member => member is not (PropertyInfo or ConstructorInfo) && !IsAccessor(member) && !IsFactory(member))
                .Select(NameOf),
        ];

        Assert.That(others, Is.Empty);
        Assert.That(
            typeof(RetellObject).GetMembers(Declared).Where(member => !IsAccessor(member)).Select(member => member.Name),
            Is.EquivalentTo([nameof(RetellObject.AdditionalProperties), nameof(RetellObject.ToString)]));
    }

    /// <summary>Filters have a factory method for each comparison.</summary>
    private static bool IsFactory(MemberInfo member) => member is MethodInfo { IsStatic: true } method && method.ReturnType == method.DeclaringType;

    [Test]
    public void IntelliSense_resources_show_only_operations()
    {
        Assert.That(Resources.Count(), Is.GreaterThan(40));
        Assert.That(
            Resources.SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
                .Where(member => member.DeclaringType != typeof(object) && !(member is MethodInfo method && method.Name.EndsWith("Async", StringComparison.Ordinal)))
                .Select(NameOf),
            Is.Empty);
    }

    [Test]
    public void IntelliSense_shows_no_serializer_conventions()
    {
        string[] conventions = ["ShouldSerialize", "ShouldDeserialize", "Specified", "OnSerializ", "OnDeserializ"];

        Assert.That(
            Visible.SelectMany(type => type.GetMembers(Declared)).Where(member => conventions.Any(part => member.Name.Contains(part, StringComparison.Ordinal))).Select(NameOf),
            Is.Empty);
    }

    [Test]
    public void IntelliSense_shows_no_internal_types()
    {
        Assert.That(
            Visible.Select(type => type.Namespace).Distinct(),
            Is.SubsetOf(new[] { "Retell", "Retell.Models", "Retell.Generated", "Retell.Webhooks", "Retell.Monitoring", "Microsoft.Extensions.DependencyInjection" }));
        Assert.That(
            Visible.Where(
                type =>
                    typeof(Attribute).IsAssignableFrom(type)
                        || type.Name.EndsWith("Converter", StringComparison.Ordinal)
                        || type.Name.EndsWith("Codec", StringComparison.Ordinal)).Select(type =>
                        type.FullName),
            Is.Empty);
        Assert.That(Visible.Where(type => type.Namespace == "Retell.Generated" && type != typeof(RetellRaw)), Is.SubsetOf(Resources));
    }

    private static bool IsAccessor(MemberInfo member) =>
        member is MethodInfo { IsSpecialName: true } method
            && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal));

    private static string NameOf(MemberInfo member) => $"{member.DeclaringType!.FullName}.{member.Name}";
}
