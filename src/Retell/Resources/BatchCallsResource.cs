using Retell.Models;

namespace Retell;

public partial class BatchCallsResource
{
    /// <summary>Dials numbers, as soon as the concurrency of the account allows. Each call costs money, so it is never repeated unless the API surely did not carry it out. Calls <c>createBatchCall</c>.</summary>
    /// <param name="fromNumber">A number of the account, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="toNumbers">The numbers to dial, in E.164 format.</param>
    /// <param name="startAt">When the calls begin; by default at once.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">Stops the request; calls that the API has taken are made.</param>
    /// <returns>The batch; its calls carry its id.</returns>
    /// <exception cref="ArgumentException"><paramref name="fromNumber"/> is no phone number in E.164 format, or <paramref name="toNumbers"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<BatchCall> CreateAsync(string fromNumber, IEnumerable<string> toNumbers, DateTimeOffset? startAt = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            PhoneNumber(fromNumber),
            NotNull(toNumbers).Select(number => new BatchCallTask { ToNumber = PhoneNumber(number, nameof(toNumbers)) }).ToList(),
            startAt,
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Dials numbers, as soon as the concurrency of the account allows. Each call costs money, so it is never repeated unless the API surely did not carry it out. Calls <c>createBatchCall</c>.</summary>
    /// <param name="fromNumber">A number of the account, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="tasks">The calls: number, agent and what the agent should know.</param>
    /// <param name="startAt">When the calls begin; by default at once.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">Stops the request; calls that the API has taken are made.</param>
    /// <returns>The batch; its calls carry its id.</returns>
    /// <exception cref="ArgumentException"><paramref name="fromNumber"/> is null or empty, or <paramref name="tasks"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<BatchCall> CreateAsync(string fromNumber, IEnumerable<BatchCallTask> tasks, DateTimeOffset? startAt = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
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
