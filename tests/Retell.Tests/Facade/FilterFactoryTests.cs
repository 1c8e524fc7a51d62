using Retell.Models;

namespace Retell.Tests.Facade;

/// <summary>Filters are made by factory methods named after what they compare.</summary>
internal sealed class FilterFactoryTests
{
    private static readonly DateTimeOffset s_from = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    private static IEnumerable<TestCaseData> Filters()
    {
        yield return new TestCaseData(RangeFilter.Between(1, 2.5), """{"type":"range","op":"bt","value":[1,2.5]}""");
        yield return new TestCaseData(RangeFilter.Between(s_from, s_from.AddSeconds(1)), """{"type":"range","op":"bt","value":[1700000000000,1700000001000]}""");
        yield return new TestCaseData(
            RangeFilter.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), key: "wait"),
            """{"type":"range","op":"bt","value":[1000,60000],"key":"wait"}""");
        yield return new TestCaseData(StringFilter.Contains("Berlin"), """{"type":"string","op":"co","value":"Berlin"}""");
        yield return new TestCaseData(StringFilter.StartsWith("+49", key: "number"), """{"type":"string","op":"sw","value":"+49","key":"number"}""");
        yield return new TestCaseData(StringFilter.EndsWith("x"), """{"type":"string","op":"ew","value":"x"}""");
        yield return new TestCaseData(StringFilter.NotEqualTo("x"), """{"type":"string","op":"ne","value":"x"}""");
        yield return new TestCaseData(NumberFilter.AtLeast(3), """{"type":"number","op":"ge","value":3}""");
        yield return new TestCaseData(NumberFilter.GreaterThan(s_from), """{"type":"number","op":"gt","value":1700000000000}""");
        yield return new TestCaseData(NumberFilter.AtMost(TimeSpan.FromSeconds(90)), """{"type":"number","op":"le","value":90000}""");
        yield return new TestCaseData(NumberFilter.LessThan(-1), """{"type":"number","op":"lt","value":-1}""");
        yield return new TestCaseData(BooleanFilter.EqualTo(true), """{"type":"boolean","op":"eq","value":true}""");
        yield return new TestCaseData(EnumFilter.AnyOf("a", "b"), """{"type":"enum","op":"in","value":["a","b"]}""");
        yield return new TestCaseData(CallStatusFilter.AnyOf(CallStatus.Ended, "paused"), """{"type":"enum","op":"in","value":["ended","paused"]}""");
        yield return new TestCaseData(PresentFilter.Absent("plan"), """{"type":"present","op":"np","key":"plan"}""");
    }

    [TestCaseSource(nameof(Filters))]
    public void Factory_method_sends_operator_and_value(RetellObject filter, string json) =>
        Assert.That(
            Newtonsoft.Json.Linq.JToken.Parse(RetellJson.Serialize(filter)),
            Is.EqualTo(Newtonsoft.Json.Linq.JToken.Parse(json)).Using<Newtonsoft.Json.Linq.JToken>(Newtonsoft.Json.Linq.JToken.DeepEquals));

    [Test]
    public void Between_reversed_bounds_throws()
    {
        Assert.That(
            () => RangeFilter.Between(2, 1),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("to").And.Message.Contains("less than the lower bound 2"));
        Assert.That(() => RangeFilter.Between(s_from, s_from.AddDays(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => RangeFilter.Between(double.NaN, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void AnyOf_without_values_throws()
    {
        Assert.That(() => CallStatusFilter.AnyOf(), Throws.ArgumentException.With.Property("ParamName").EqualTo("values"));
        Assert.That(() => EnumFilter.AnyOf((IEnumerable<string>)null!), Throws.ArgumentNullException);
        Assert.That(() => StringFilter.Contains(null!), Throws.ArgumentNullException);
    }

    /// <summary>Also a filter of a later revision gets its factory methods.</summary>
    [Test]
    public void Filters_of_the_models_have_factory_methods()
    {
        List<string> without = [.. typeof(StringFilter).Assembly.GetExportedTypes()
            .Where(type => typeof(RetellObject).IsAssignableFrom(type) && type.GetProperty("Op") is not null && type.GetProperty("MetricType") is null)
            .Where(type => !type.GetMethods().Any(method => method.IsStatic && method.ReturnType == type))
            .Select(type => type.Name)];

        Assert.That(without, Is.Empty);
    }
}
