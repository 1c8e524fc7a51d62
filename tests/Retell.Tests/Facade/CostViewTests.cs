using Retell.Models;

namespace Retell.Tests.Facade;

/// <summary>Costs, which the API counts in cents, as a decimal of US dollars.</summary>
internal sealed class CostViewTests
{
    [TestCase("70", "0.7")]
    [TestCase("29", "0.29")]
    [TestCase("0.1", "0.001")]
    [TestCase("-5", "-0.05")]
    [TestCase("123456789.25", "1234567.8925")]
    public void Cost_in_cents_is_exact_in_dollars(string cents, string dollars)
    {
        var cost = RetellJson.Deserialize<CallCost>($$"""{"combined_cost":{{cents}}}""")!;
        var set = new CallCost { CombinedCostUsd = decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture) };

        Assert.That(cost.CombinedCostUsd, Is.EqualTo(decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(set.CombinedCost, Is.EqualTo(double.Parse(cents, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public void Cost_beyond_decimal_is_the_nearest_decimal()
    {
        Assert.That(new CallCost { CombinedCost = 1e300 }.CombinedCostUsd, Is.EqualTo(decimal.MaxValue));
        Assert.That(new CallCost { CombinedCost = double.NegativeInfinity }.CombinedCostUsd, Is.EqualTo(decimal.MinValue));
        Assert.That(new CallCost { CombinedCost = double.NaN }.CombinedCostUsd, Is.Zero);
        Assert.That(new CallCost { CombinedCostUsd = decimal.MaxValue }.CombinedCost, Is.EqualTo(7.9228162514264338e30).Within(1e20));
    }

    [Test]
    public void Product_cost_has_dollars_too()
    {
        var product = new ProductCost { Cost = 60, UnitPrice = 1 };

        Assert.That((product.CostUsd, product.UnitPriceUsd), Is.EqualTo((0.6m, 0.01m)));
        Assert.That(RetellJson.Serialize(product), Does.Not.Contain("usd").IgnoreCase);
    }
}
