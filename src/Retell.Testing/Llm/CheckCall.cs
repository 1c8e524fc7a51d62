namespace Retell.Testing.Llm;

/// <summary>The call of a scenario.</summary>
internal sealed class CheckCall(Uri url, FakeCallerOptions options, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly List<FakeLlmViolation> _failures = [];

    public CancellationToken Token => cancellationToken;

    public FakeCaller? Caller { get; private set; }

    /// <summary>Gets what is wrong with the conversation, though not with a message.</summary>
    public IReadOnlyList<FakeLlmViolation> Failures => _failures;

    public async Task<FakeCaller> DialAsync(int? fragmentSize = null, TimeSpan? pingInterval = null) => Caller = await FakeCaller.DialAsync(
        url,
        new()
        {
            Call = options.Call,
            SendsCallDetails = options.SendsCallDetails,
            ResponseTimeout = options.ResponseTimeout,
            PingInterval = pingInterval ?? options.PingInterval,
            PingTimeout = options.PingTimeout,
            FragmentSize = fragmentSize,
            TimeProvider = options.TimeProvider,
            Connect = options.Connect,
        },
        cancellationToken).ConfigureAwait(false);

    public void Fail(string rule, string message) => _failures.Add(new(rule, message));

    /// <summary>Fails unless the agent said something or acted.</summary>
    public void MustSpeak(FakeLlmTurn turn)
    {
        if (turn.IsClosed && turn.Text.Length == 0 && turn.Action is null)
        {
            Fail("no-words", $"Response {turn.ResponseId} was closed, but the agent said nothing.");
        }
    }

    public ValueTask DisposeAsync() => Caller?.DisposeAsync() ?? default;
}
