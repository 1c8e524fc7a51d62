using Retell.Models;
using Retell.Tests.Support;

namespace Retell.Tests.Facade.Resources;

/// <summary>What the net10.0 build offers beyond that for .NET Standard: a choice of a text or a list is a collection.</summary>
internal sealed class CollectionExpressionTests
{
    [Test]
    public void AgentLanguage_takes_a_collection_expression()
    {
        Language[] more = [Language.DeDe];

        Assert.That(Wire.Write(new AgentSettings { Language = [Language.EnUs, Language.EsEs] }), Is.EqualTo("""{"language":["en-US","es-ES"]}"""));
        Assert.That(Wire.Write(new AgentSettings { Language = ["en-US", .. more] }), Is.EqualTo("""{"language":["en-US","de-DE"]}"""));
    }
}
