using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Exports of calls and chats that were asked for in the dashboard.</summary>
public class ExportRequestsResource
{
    private readonly ExportRequestsClient? _raw;

    /// <summary>For test doubles.</summary>
    protected ExportRequestsResource()
    {
    }

    internal ExportRequestsResource(ExportRequestsClient raw) => _raw = raw;

    private ExportRequestsClient Raw => Resource.Required(_raw);

    /// <summary>Lists the exports, page by page while the list is enumerated. Calls <c>listExportRequests</c>.</summary>
    /// <param name="pageSize">How many exports one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The exports.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<ExportRequest> ListAsync(long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListExportRequestsAsync(pageSize, sortOrder, key, options, token),
            page => new Page<ExportRequest>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);
}
