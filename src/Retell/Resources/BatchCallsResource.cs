using Retell.Models;

namespace Retell;

public partial class BatchCallsResource
{
    /// <summary>Creates a batch call, which dials numbers as soon as the concurrency of the account allows.</summary>
    /// <param name="fromNumber">The number of the account to call from, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="toNumbers">The numbers to dial, in E.164 format.</param>
    /// <param name="startAt">The time to start the calls, or null to start at once.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request. Calls that the API has accepted are made.</param>
    /// <returns>The batch call. The calls contain its ID.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="fromNumber"/> is not a valid E.164 phone number, or <paramref name="toNumbers"/> is null or contains such a number.
    /// </exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>
    /// Calls <c>POST /create-batch-call</c> (<c>createBatchCall</c>). The operation costs money. It is retried only if the API certainly did not
    /// process the request.
    /// </remarks>
    public virtual Task<BatchCall> CreateAsync(
        string fromNumber,
        IEnumerable<string> toNumbers,
        DateTimeOffset? startAt = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            PhoneNumber(fromNumber),
            NotNull(toNumbers).Select(number => new BatchCallTask { ToNumber = PhoneNumber(number, nameof(toNumbers)) }).ToList(),
            startAt,
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Creates a batch call, which dials numbers as soon as the concurrency of the account allows.</summary>
    /// <param name="fromNumber">The number of the account to call from, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="tasks">The calls, with the number, the agent and its dynamic variables.</param>
    /// <param name="startAt">The time to start the calls, or null to start at once.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request. Calls that the API has accepted are made.</param>
    /// <returns>The batch call. The calls contain its ID.</returns>
    /// <exception cref="ArgumentException"><paramref name="fromNumber"/> is null or empty, or <paramref name="tasks"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>
    /// Calls <c>POST /create-batch-call</c> (<c>createBatchCall</c>). The operation costs money. It is retried only if the API certainly did not
    /// process the request.
    /// </remarks>
    public virtual Task<BatchCall> CreateAsync(
        string fromNumber,
        IEnumerable<BatchCallTask> tasks,
        DateTimeOffset? startAt = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateBatchCallRequest
            {
                FromNumber = NotEmpty(fromNumber),
                Tasks = ListOf(NotNull(tasks)),
                TriggerTimestamp = startAt?.ToUnixTimeMilliseconds(),
            }),
            options: options,
            cancellationToken: cancellationToken);
}
