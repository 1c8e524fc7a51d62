using Retell.AI.Chat;

namespace Retell.Tests.AI;

/// <summary>Where the text of a model is split.</summary>
internal sealed class SpeechChunkerTests
{
    [TestCase("Hello. How are you?", "Hello. |How are you?")]
    [TestCase("Well, that is 3.50 dollars, and 1,000 more. Yes.", "Well, that is 3.50 dollars, |and 1,000 more. |Yes.")]
    [TestCase("Dr. Smith is here at 5 p.m. on Monday. Fine.", "Dr. Smith is here at 5 p.m. on Monday. |Fine.")]
    [TestCase("J. Doe lives on St. James Ave. in the U.S. today. Ok.", "J. Doe lives on St. James Ave. in the U.S. today. |Ok.")]
    [TestCase("1. Tea is hot. 2. Milk is cold.", "1. Tea is hot. |2. Milk is cold.")]
    [TestCase("Is it \"here?\" Yes (it is.) Good", "Is it \"here?\" |Yes (it is.) |Good")]
    [TestCase("One line\nanother\n\nthe end", "One line\n|another\n|\nthe end")]
    [TestCase("你好。今天好吗？", "你好。|今天好吗？")]
    [TestCase("Visit www.example.com. Thanks", "Visit www.example.com. |Thanks")]
    [TestCase("  ", "")]
    [TestCase("", "")]
    public void Text_is_split_after_sentences_and_an_early_clause(string text, string expected)
    {
        string[] parts = expected.Split('|', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(Split([text]), Is.EqualTo(parts));
        Assert.That(Split(text.Select(character => character.ToString())), Is.EqualTo(parts));
        Assert.That(string.Concat(parts), Is.EqualTo(string.IsNullOrWhiteSpace(text) ? "" : text));
    }

    [Test]
    public void Text_that_is_not_the_first_is_split_after_clauses_only_if_it_is_long()
    {
        const string Text = "Well then, let us see, what we have on this long and quite ordinary day of the week, and of the month, dear";

        Assert.That(Split([Text], isFirst: false), Is.EqualTo(["Well then, let us see, what we have on this long and quite ordinary day of the week, ", "and of the month, dear"]));
    }

    [Test]
    public void Text_of_a_slow_model_is_split_after_words()
    {
        var clock = new StepTime();
        var chunker = new SpeechChunker(clock, isFirst: true);

        Assert.That(chunker.Add("One two"), Is.Empty);
        clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.That(chunker.Add(" thr"), Is.EqualTo(["One two "]));
        clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.That(chunker.Add("ee four"), Is.Empty);
        clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.That(chunker.Add(" five"), Is.EqualTo(["three four "]));
        Assert.That(chunker.Flush(), Is.EqualTo("five"));
    }

    private static List<string> Split(IEnumerable<string> tokens, bool isFirst = true)
    {
        var chunker = new SpeechChunker(new StepTime(), isFirst);
        List<string> parts = [.. tokens.SelectMany(token => chunker.Add(token).ToList())];
        return chunker.Flush() is { Length: > 0 } rest ? [.. parts, rest] : parts;
    }
}

/// <summary>A clock that stands still until the test advances it. Its timers do not fire.</summary>
internal sealed class StepTime : TimeProvider
{
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public void Advance(TimeSpan time) => _elapsed += time;
}
