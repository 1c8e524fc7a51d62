using System.Reflection;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Models;
using Retell.Tests.Support;

namespace Retell.Tests.Json;

/// <summary>Absent, null and value are three different things, in every class.</summary>
public class AbsentNullValueTests
{
    private static IEnumerable<Type> Objects => SdkTypes.Objects;

    [TestCaseSource(nameof(Objects))]
    public void Model_new_instance_writes_only_constants(Type type)
    {
        JObject sent = Parse(Wire.Write(SdkTypes.New(type)));
        SchemaView? view = ViewOf(type);
        if (view is null)
        {
            Assert.That(Names(sent), Is.EquivalentTo(SdkTypes.MembersOf(type).Where(pair => pair.Member.IsConstant).Select(pair => pair.Member.Name)));
            return;
        }

        Dictionary<string, JToken> constants = view.Properties.Keys
            .Where(name => view.Property(name) is { Enum.Count: 1, Nullable: not true })
            .ToDictionary(name => name, name => view.Property(name).Enum![0]);
        Assert.That(Names(sent), Is.SubsetOf(constants.Keys), "only constants are preset");
        Assert.That(Names(sent), Is.SupersetOf(constants.Keys.Where(view.Required.Contains)), "every required constant is preset");
        foreach (JProperty member in sent.Properties())
        {
            Assert.That(member.Value, Is.EqualTo(constants[member.Name]), member.Name);
        }
    }

    [TestCaseSource(nameof(Objects))]
    public void Model_property_set_to_null_is_written_only_if_nullable(Type type)
    {
        if (ViewOf(type) is not { } view)
        {
            Assert.Ignore($"{SdkTypes.SchemaOf(type)} is not in the document as published.");
            return;
        }

        foreach (var (member, property) in Settable(type).Where(pair => view.Properties.ContainsKey(pair.Member.Name) && IsNullable(pair.Property.PropertyType)))
        {
            RetellObject instance = SdkTypes.New(type);
            property.SetValue(instance, null);
            JObject sent = Parse(Wire.Write(instance));

            if (view.Property(member.Name).IsNullDisputed)
            {
                continue;
            }

            if (AllowsNull(view.Property(member.Name)))
            {
                Assert.That(sent[member.Name], Is.EqualTo(JValue.CreateNull()), $"{property.Name} = null clears {member.Name}");
            }
            else
            {
                Assert.That(sent.ContainsKey(member.Name), Is.False, $"{property.Name} = null leaves {member.Name} out");
            }
        }
    }

    [TestCaseSource(nameof(Objects))]
    public void Model_property_set_after_reading_null_or_wrong_type_writes_new_value(Type type)
    {
        foreach (var (member, property) in Settable(type).Where(pair => pair.Property.PropertyType == typeof(string)))
        {
            object instance = Wire.Read(new JObject { [member.Name] = null }.ToString(), type)!;
            Assert.That(Parse(Wire.Write(instance))[member.Name], Is.EqualTo(JValue.CreateNull()), $"{property.Name} was read as null");

            property.SetValue(instance, "set later");
            Assert.That(Parse(Wire.Write(instance))[member.Name], Is.EqualTo(new JValue("set later")), $"{property.Name} was null and is set");

            instance = Wire.Read(new JObject { [member.Name] = 5 }.ToString(), type)!;
            Assert.That(property.GetValue(instance), Is.Null, $"{property.Name} cannot hold a number");
            property.SetValue(instance, "set later");
            Assert.That(Parse(Wire.Write(instance))[member.Name], Is.EqualTo(new JValue("set later")), $"{property.Name} was of another type and is set");
        }
    }

    /// <summary>All but the constants.</summary>
    private static IEnumerable<(JsonMember Member, PropertyInfo Property)> Settable(Type type) =>
        SdkTypes.MembersOf(type).Where(pair => !pair.Member.IsConstant);

    private static SchemaView? ViewOf(Type type) =>
        SpecDocument.Current.FindSchema(SdkTypes.SchemaOf(type)) is { } schema ? SchemaView.Of(SpecDocument.Current, schema) : null;

    private static bool AllowsNull(SchemaView view) =>
        view.Nullable ?? (view.HasAlternatives && view.Leaves().Any(leaf => leaf.Nullable == true));

    private static bool IsNullable(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    private static JObject Parse(string json) => (JObject)JsonEquivalence.Parse(json);

    private static IEnumerable<string> Names(JObject json) => json.Properties().Select(member => member.Name);
}
