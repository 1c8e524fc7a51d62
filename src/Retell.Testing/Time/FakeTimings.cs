namespace Retell.Testing;

/// <summary>How long things take by the clock of a <see cref="FakeRetellServer"/>. Null means that something never happens on its own.</summary>
public sealed record FakeTimings
{
    /// <summary>Gets the time from the creation of a call until it is ongoing. The default is 5 seconds.</summary>
    public TimeSpan? CallConnects { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets the time from the start of a call until the user hangs up. The default is one minute.</summary>
    public TimeSpan? CallLasts { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets the time from the end of a call or a chat until it is analyzed. The default is 10 seconds.</summary>
    public TimeSpan? AnalysisTakes { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the time from the start of a chat until it ends. The default is null: it does not end on its own.</summary>
    public TimeSpan? ChatLasts { get; init; }

    /// <summary>Gets the time from the creation of a knowledge base, or of sources in it, until it is complete. The default is 30 seconds.</summary>
    public TimeSpan? KnowledgeBaseTakes { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the time from the creation of a batch test until it is complete. The default is 30 seconds.</summary>
    public TimeSpan? BatchTestTakes { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the time that an import, a synchronization or a backfill of contacts takes. The default is 30 seconds.</summary>
    public TimeSpan? JobTakes { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets timings where nothing happens on its own: a test moves its calls and chats through <see cref="FakeRetellServer.Calls"/> and
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
