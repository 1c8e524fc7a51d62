namespace Retell.Generated;

/// <summary>One operation of the API: what is sent, and whether it may be sent again.</summary>
/// <param name="id">The operationId.</param>
/// <param name="method">The HTTP method.</param>
/// <param name="path">The path template, such as <c>/get-agent/{agent_id}</c>.</param>
/// <param name="isRepeatable">
/// Whether it may be sent again when nobody knows if the server carried it out. Never for what dials, sends, buys,
/// charges or runs something paid.
/// </param>
/// <param name="contentType">The media type of the body.</param>
/// <param name="accept">The media type of the response, or null for JSON.</param>
/// <param name="idempotencyKey">The member of the body by which the API knows a request that it has carried out already.</param>
/// <param name="timeoutSeconds">The time limit of an attempt where the usual one is too short.</param>
/// <param name="server">The server that this operation has for itself: a URL, or a path on the server of the others.</param>
/// <param name="isAnonymous">Whether it is sent without the API key.</param>
internal sealed class ApiOperation(
    string id,
    string method,
    string path,
    bool isRepeatable,
    string contentType = ApiOperation.Json,
    string? accept = null,
    string? idempotencyKey = null,
    int? timeoutSeconds = null,
    string? server = null,
    bool isAnonymous = false)
{
    public const string Json = "application/json";
    public const string Form = "multipart/form-data";
    public const string UrlEncoded = "application/x-www-form-urlencoded";

    public string Id { get; } = id;

    /// <summary>What monitoring calls it: never a text with the values of a request.</summary>
    public string Name { get; init; } = id;

    /// <summary>The path template for monitoring, or null if the path holds values.</summary>
    public string? Template { get; init; } = path;

    public string Method { get; } = method;

    public string Path { get; } = path;

    public bool IsRepeatable { get; } = isRepeatable;

    public string ContentType { get; } = contentType;

    public string? Accept { get; } = accept;

    /// <summary>Whether the body is a form with files.</summary>
    public bool IsMultipart => ContentType == Form;

    public string? IdempotencyKey { get; } = idempotencyKey;

    public TimeSpan? Timeout { get; } = timeoutSeconds is int seconds ? TimeSpan.FromSeconds(seconds) : null;

    public string? Server { get; } = server;

    public bool IsAnonymous { get; } = isAnonymous;

    public override string ToString() => $"{Id} ({Method} {Path})";
}
