namespace Retell.Testing;

/// <summary>
/// Every request that reached the fake, in the order of arrival, the wrong ones and those without an answer too; the newest
/// ones, up to <see cref="FakeRetellServerOptions.KeepRequests"/>, and of those the newest bodies, up to
/// <see cref="FakeRetellServerOptions.KeepBodyBytes"/>. It may be read while requests arrive.
/// </summary>
public sealed class FakeRequestLog : FakeLog<FakeRequest>
{
    private readonly long _bodyBytes;
    private readonly Queue<FakeRequest> _withBody = [];
    private long _sum;

    internal FakeRequestLog(int capacity, long bodyBytes)
        : base(capacity) => _bodyBytes = bodyBytes;

    /// <inheritdoc/>
    private protected override void Cleared()
    {
        lock (_withBody)
        {
            _withBody.Clear();
            _sum = 0;
        }
    }

    /// <summary>The requests for one operation.</summary>
    /// <param name="operationId">The operationId, such as <c>createPhoneCall</c>.</param>
    /// <returns>The requests, in the order of arrival.</returns>
    public IReadOnlyList<FakeRequest> For(string operationId) => [.. Snapshot().Where(r => r.OperationId == operationId)];

    /// <summary>The only request for an operation.</summary>
    /// <param name="operationId">The operationId.</param>
    /// <returns>The request.</returns>
    /// <exception cref="InvalidOperationException">There is none, or there are several; the message lists what arrived.</exception>
    public FakeRequest Only(string operationId) => For(operationId) is [var only] ? only : throw Missing("One request", operationId);

    /// <summary>The newest request for an operation.</summary>
    /// <param name="operationId">The operationId.</param>
    /// <returns>The request.</returns>
    /// <exception cref="InvalidOperationException">There is none; the message lists what arrived.</exception>
    public FakeRequest Last(string operationId) => For(operationId) is [.., var last] ? last : throw Missing("A request", operationId);

    /// <summary>The requests that the document of the API does not allow, or that are for no operation.</summary>
    /// <returns>The requests, in the order of arrival.</returns>
    public IReadOnlyList<FakeRequest> Invalid() => [.. Snapshot().Where(r => !r.IsValid)];

    /// <summary>Counts the body of a request that nothing more is done with, and lets older ones go.</summary>
    internal void Completed(FakeRequest request)
    {
        if (!IsKept || request.Body.IsEmpty)
        {
            return;
        }

        lock (_withBody)
        {
            _withBody.Enqueue(request);
            _sum += request.Body.Length;
            while (_sum > _bodyBytes && _withBody.Count > 1)
            {
                FakeRequest oldest = _withBody.Dequeue();
                _sum -= oldest.Body.Length;
                oldest.ForgetBody();
            }
        }
    }

    private InvalidOperationException Missing(string what, string operationId)
    {
        FakeRequest[] all = Snapshot();
        string list = all.Length == 0 ? "none" : string.Join(", ", all.Select(r => $"{r.OperationId ?? "no operation"} ({r})"));
        return new($"{what} for {operationId} was expected. What arrived: {list}.");
    }
}
