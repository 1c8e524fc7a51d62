namespace Retell.Generated;

/// <summary>One operation of the API: what is sent, and whether it may be sent again.</summary>
/// <param name="id">The operationId.</param>
/// <param name="method">The HTTP method.</param>
/// <param name="path">The path template, such as <c>/get-agent/{agent_id}</c>.</param>
/// <param name="isRepeatable">
/// Whether it may be sent again when nobody knows if the server carried it out. Never for what dials, sends, buys,
/// charges or runs something paid.
/// </param>
/// <param name="isMultipart">Whether the body is a form with files.</param>
/// <param name="idempotencyKey">The member of the body by which the API knows a request that it has carried out already.</param>
/// <param name="timeoutSeconds">The time limit of an attempt where the usual one is too short.</param>
internal sealed class ApiOperation(
    string id, string method, string path, bool isRepeatable, bool isMultipart = false, string? idempotencyKey = null, int? timeoutSeconds = null)
{
    public string Id { get; } = id;

    public string Method { get; } = method;

    public string Path { get; } = path;

    public bool IsRepeatable { get; } = isRepeatable;

    public bool IsMultipart { get; } = isMultipart;

    public string? IdempotencyKey { get; } = idempotencyKey;

    public TimeSpan? Timeout { get; } = timeoutSeconds is int seconds ? TimeSpan.FromSeconds(seconds) : null;

    public override string ToString() => $"{Id} ({Method} {Path})";
}
