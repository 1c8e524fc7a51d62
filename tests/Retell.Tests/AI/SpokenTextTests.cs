using Retell.AI.Chat;

namespace Retell.Tests.AI;

/// <summary>How much of a generated text the transcript says was spoken.</summary>
internal sealed class SpokenTextTests
{
    [TestCase("One two three.", "one two three", "One two three.", 3)]
    [TestCase("One two, three four.", "One two", "One two,", 2)]
    [TestCase("One two three.", "", "", 0)]
    [TestCase("Wonderful weather today.", "Wonderful wea", "Wonderful wea", 2)]
    [TestCase("It costs $5 — really.", "It costs five dollars really", "It costs $5 — really.", 5)]
    [TestCase("Your table is booked.", "Sorry, something went wrong", "", 0)]
    [TestCase("One two three.", "One two three. Sorry, something went wrong.", "One two three.", 3)]
    [TestCase("今天天气很好。", "今天天气", "今天天气", 1)]
    public void Match_returns_what_was_spoken(string generated, string spoken, string heard, int count)
    {
        (int length, int matched) = SpokenText.Match(generated, SpokenText.Words(spoken), 0);

        Assert.That((generated[..length], matched), Is.EqualTo((heard, count)));
    }

    [Test]
    public void Match_begins_at_a_word() =>
        Assert.That(SpokenText.Match("Hello there.", SpokenText.Words("Hello you. Hello there"), 2), Is.EqualTo((12, 2)));
}
