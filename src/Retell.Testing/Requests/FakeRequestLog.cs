using Retell.Testing.Spec;

namespace Retell.Testing;

/// <summary>
/// The requests that the fake received, in the order of arrival, including invalid ones and those without a response. It keeps the newest requests,
/// up to <see cref="FakeRetellServerOptions.KeepRequests"/>, and of these the newest bodies, up to
/// <see cref="FakeRetellServerOptions.KeepBodyBytes"/>. It is thread-safe.
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

    /// <summary>Returns the requests for one operation.</summary>
    /// <param name="operationId">The operationId, such as <c>createPhoneCall</c>.</param>
    /// <returns>The requests, in the order of arrival.</returns>
    /// <exception cref="ArgumentException">The API has no such operation.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="operationId"/> is null.</exception>
    public IReadOnlyList<FakeRequest> For(string operationId)
    {
        ArgumentNullException.ThrowIfNull(operationId);
        ApiDocument.Embedded.ThrowIfUnknown(operationId, nameof(operationId));
        return [.. Snapshot().Where(r => r.OperationId == operationId)];
    }

    /// <summary>Returns the only request for an operation.</summary>
    /// <param name="operationId">The operationId.</param>
    /// <returns>The request.</returns>
    /// <exception cref="InvalidOperationException">There is no such request, or there are several; the message lists the requests that were received.</exception>
    public FakeRequest Only(string operationId) => For(operationId) is [var only] ? only : throw Missing("Exactly one request", operationId);

    /// <summary>Returns the newest request for an operation.</summary>
    /// <param name="operationId">The operationId.</param>
    /// <returns>The request.</returns>
    /// <exception cref="InvalidOperationException">There is no such request; the message lists the requests that were received.</exception>
    public FakeRequest Last(string operationId) => For(operationId) is [.., var last] ? last : throw Missing("A request", operationId);

    /// <summary>Returns the requests that are not valid, or that are for no operation.</summary>
    /// <returns>The requests, in the order of arrival.</returns>
    public IReadOnlyList<FakeRequest> Invalid() => [.. Snapshot().Where(r => !r.IsValid)];

    /// <summary>Counts the body of a completed request, and drops older bodies.</summary>
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
        return new($"{what} for {operationId} was expected. Received: {list}.");
    }
}
