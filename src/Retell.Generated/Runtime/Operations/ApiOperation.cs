namespace Retell.Generated;

/// <summary>An operation of the API.</summary>
/// <param name="id">The ID of the operation.</param>
/// <param name="method">The HTTP method.</param>
/// <param name="path">The path template, such as <c>/get-agent/{agent_id}</c>.</param>
/// <param name="isRepeatable">
/// Whether a request can be sent again when it is unknown whether the API processed it. It is false for operations that dial, send, buy, charge
/// or run something paid.
/// </param>
/// <param name="contentType">The media type of the body.</param>
/// <param name="accept">The media type of the response, or null for JSON.</param>
/// <param name="idempotencyKey">The member of the body that contains the idempotency key, or null.</param>
/// <param name="timeoutSeconds">The timeout for an attempt in seconds, or null for the default.</param>
/// <param name="server">The server of this operation: a URL, a path on the usual server, or null.</param>
/// <param name="isAnonymous">Whether requests are sent without the API key.</param>
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

    /// <summary>Gets the name for telemetry and logs, which contains no values of a request.</summary>
    public string Name { get; init; } = id;

    /// <summary>Gets the path template for telemetry, or null if the path contains values.</summary>
    public string? Template { get; init; } = path;

    public string Method { get; } = method;

    public string Path { get; } = path;

    public bool IsRepeatable { get; } = isRepeatable;

    public string ContentType { get; } = contentType;

    public string? Accept { get; } = accept;

    /// <summary>Gets a value indicating whether the body is a form with files.</summary>
    public bool IsMultipart => ContentType == Form;

    public string? IdempotencyKey { get; } = idempotencyKey;

    public TimeSpan? Timeout { get; } = timeoutSeconds is int seconds ? TimeSpan.FromSeconds(seconds) : null;

    public string? Server { get; } = server;

    public bool IsAnonymous { get; } = isAnonymous;

    public override string ToString() => $"{Id} ({Method} {Path})";
}
