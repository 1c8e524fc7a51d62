using System.Collections;

namespace Retell.Testing;

/// <summary>
/// Every request that reached the fake, in the order of arrival, the wrong ones and those without an answer too. It may
/// be read while requests arrive.
/// </summary>
public sealed class FakeRequestLog : IReadOnlyList<FakeRequest>
{
    private readonly List<FakeRequest> _requests = [];

    internal FakeRequestLog()
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => Snapshot().Length;

    /// <summary>The one that arrived at that place, from 0.</summary>
    /// <param name="index">The place.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public FakeRequest this[int index]
    {
        get
        {
            lock (_requests)
            {
                return _requests[index];
            }
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

    /// <summary>Forgets what arrived so far.</summary>
    public void Clear()
    {
        lock (_requests)
        {
            _requests.Clear();
        }
    }

    /// <summary>Goes through the requests that arrived so far.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<FakeRequest> GetEnumerator() => Snapshot().AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(FakeRequest request)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }
    }

    private FakeRequest[] Snapshot()
    {
        lock (_requests)
        {
            return [.. _requests];
        }
    }

    private InvalidOperationException Missing(string what, string operationId)
    {
        FakeRequest[] all = Snapshot();
        string list = all.Length == 0 ? "none" : string.Join(", ", all.Select(r => $"{r.OperationId ?? "no operation"} ({r})"));
        return new($"{what} for {operationId} was expected. What arrived: {list}.");
    }
}
