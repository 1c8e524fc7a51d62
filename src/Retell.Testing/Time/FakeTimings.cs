namespace Retell.Testing;

/// <summary>How long things take by the clock of a <see cref="FakeRetellServer"/>. Null is for what never happens by itself.</summary>
public sealed record FakeTimings
{
    /// <summary>From the creation of a call until it is ongoing.</summary>
    public TimeSpan? CallConnects { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the start of a call until the user hangs up.</summary>
    public TimeSpan? CallLasts { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>From the end of a call or a chat until it is analyzed.</summary>
    public TimeSpan? AnalysisTakes { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the start of a chat until it ends.</summary>
    public TimeSpan? ChatLasts { get; init; }

    /// <summary>From the creation of a knowledge base, or of new sources in one, until it is complete.</summary>
    public TimeSpan? KnowledgeBaseTakes { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the creation of a batch test until it is complete.</summary>
    public TimeSpan? BatchTestTakes { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an import, a synchronization or a backfill of contacts runs.</summary>
    public TimeSpan? JobTakes { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Nothing happens by itself: a test moves its calls and chats through <see cref="FakeRetellServer.Calls"/> and
    /// <see cref="FakeRetellServer.Chats"/>.
    /// </summary>
    public static FakeTimings Never { get; } = new()
    {
        CallConnects = null,
        CallLasts = null,
        AnalysisTakes = null,
        KnowledgeBaseTakes = null,
        BatchTestTakes = null,
        JobTakes = null,
    };
}
