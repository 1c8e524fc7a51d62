using System.Text.RegularExpressions;

namespace Retell.Testing;

/// <summary>When a caller interrupts the agent.</summary>
public sealed partial class FakeBargeIn
{
    private readonly Func<FakeLlmTurn, bool> _isMet;
    private readonly int? _words;

    private FakeBargeIn(Func<FakeLlmTurn, bool> isMet, int? words = null) => (_isMet, _words) = (isMet, words);

    /// <summary>Gets the interruption that does not wait for the agent.</summary>
    public static FakeBargeIn AtOnce { get; } = new(_ => true, 0);

    /// <summary>Creates an interruption after words of the agent, of which the caller hears no more.</summary>
    /// <param name="count">The number of words.</param>
    /// <returns>The interruption.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    public static FakeBargeIn AfterWords(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new(turn => Word().Count(turn.Text) >= count, count);
    }

    /// <summary>Creates an interruption while a tool runs: after its invocation, and before its result.</summary>
    /// <param name="name">The name of the tool, or null for any.</param>
    /// <returns>The interruption.</returns>
    public static FakeBargeIn OnTool(string? name = null) => new(turn => turn.Tools.Any(tool => tool.Result is null && (name is null || tool.Name == name)));

    internal bool IsMet(FakeLlmTurn turn) => _isMet(turn);

    /// <summary>Returns what the caller has heard of a turn.</summary>
    internal string Heard(string text) => _words switch
    {
        null => text,
        0 => "",
        int count => Word().Matches(text) is { } words && words.Count > count ? text[..(words[count - 1].Index + words[count - 1].Length)] : text,
    };

    [GeneratedRegex(@"\S+")]
    private static partial Regex Word();
}
