using System.Globalization;
using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;

namespace Retell.Testing;

/// <summary>A request that the fake received, as it was sent and as the fake read it.</summary>
public sealed class FakeRequest
{
    private ReadOnlyMemory<byte> _body;
    private IReadOnlyList<FakeRequestPart> _parts = [];
    private JToken? _json;
    private string? _text;
    private volatile bool _isForgotten;
    private int _status;

    internal FakeRequest(string method, string target, IReadOnlyDictionary<string, string> headers, DateTimeOffset receivedAt)
    {
        int question = target.IndexOf('?', StringComparison.Ordinal);
        (RawPath, RawQuery) = question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
        (Method, Headers, ReceivedAt) = (method, headers, receivedAt);
        Path = Uri.UnescapeDataString(RawPath);
        Query = [.. RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Decode)];
    }

    /// <summary>Gets the HTTP method, in upper case.</summary>
    public string Method { get; }

    /// <summary>Gets the decoded path.</summary>
    public string Path { get; }

    /// <summary>Gets the path as it was sent, percent-encoded, without the query.</summary>
    public string RawPath { get; }

    /// <summary>Gets the query as it was sent, percent-encoded, without the question mark; empty without a query.</summary>
    public string RawQuery { get; }

    /// <summary>Gets the decoded names and values of the query, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; }

    /// <summary>Gets the headers. Names are not case-sensitive; several values of one header are joined by a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Gets the body; empty without one, and where the connection was dropped before it was read.</summary>
    /// <exception cref="InvalidOperationException">The body is no longer kept, see <see cref="FakeRetellServerOptions.KeepBodyBytes"/>.</exception>
    public ReadOnlyMemory<byte> Body
    {
        get => Known(_body);
        internal set => _body = value;
    }

    /// <summary>Gets the body, read as UTF-8.</summary>
    /// <exception cref="InvalidOperationException">The body is no longer kept.</exception>
    public string BodyText
    {
        get
        {
            ReadOnlyMemory<byte> body = Body;
            return _text ??= Encoding.UTF8.GetString(body.Span);
        }
    }

    /// <summary>
    /// Gets a copy of the body as JSON. For a form it is the object of its parts, with the names of the files. Null without a body, and for a body that
    /// could not be read.
    /// </summary>
    /// <exception cref="InvalidOperationException">The body is no longer kept.</exception>
    public JToken? Json => JsonBody?.DeepClone();

    /// <summary>Gets the parts of a multipart/form-data body, in their order; empty for other bodies.</summary>
    /// <exception cref="InvalidOperationException">The body is no longer kept.</exception>
    public IReadOnlyList<FakeRequestPart> Parts
    {
        get => Known(_parts);
        internal set => _parts = value;
    }

    /// <summary>Gets the operationId; null if no operation has this method and path.</summary>
    public string? OperationId => Operation?.Id;

    /// <summary>Gets the decoded parameters of the path, by name.</summary>
    public IReadOnlyDictionary<string, string> PathValues { get; internal set; } = new Dictionary<string, string>();

    /// <summary>Gets what the OpenAPI document does not allow in the request; empty for a valid request.</summary>
    public IReadOnlyList<FakeRequestError> Errors { get; internal set; } = [];

    /// <summary>Gets a value indicating whether the request is for an operation of the API, and valid.</summary>
    public bool IsValid => Operation is not null && Errors.Count == 0;

    /// <summary>Gets the status of the response; null while there is none, and where the connection was dropped.</summary>
    public int? ResponseStatus => Volatile.Read(ref _status) is > 0 and int status ? status : null;

    /// <summary>Gets the time of arrival: by the clock in the options, else in real time.</summary>
    public DateTimeOffset ReceivedAt { get; }

    internal FakeOperation? Operation { get; set; }

    internal JToken? JsonBody
    {
        get => Known(_json);
        set => _json = value;
    }

    /// <summary>Reads the body as an object of the API.</summary>
    /// <typeparam name="T">The type of the body, such as <c>CreatePhoneCallRequest</c>.</typeparam>
    /// <returns>The object.</returns>
    /// <exception cref="InvalidOperationException">The request has no body, the body is the JSON value null, or it is no longer kept.</exception>
    /// <exception cref="RetellSerializationException">The body is not valid JSON.</exception>
    public T Read<T>()
    {
        if (Body.IsEmpty)
        {
            throw new InvalidOperationException($"The request {Method} {RawPath} has no body.");
        }

        // A form is read as the object of its parts.
        string json = _parts.Count > 0 && JsonBody is JToken form ? form.ToString(Newtonsoft.Json.Formatting.None) : BodyText;
        return RetellJson.Deserialize<T>(json) ?? throw new InvalidOperationException($"The body of the request {Method} {RawPath} is the JSON value null.");
    }

    /// <summary>Returns the method, the path and the status.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        string query = RawQuery.Length > 0 ? "?" + RawQuery : "";
        string status = ResponseStatus?.ToString(CultureInfo.InvariantCulture) ?? "no response";
        return $"{Method} {RawPath}{query} → {status}";
    }

    /// <summary>Drops the body.</summary>
    internal void ForgetBody()
    {
        _isForgotten = true;
        (_body, _parts, _json, _text) = (default, [], null, null);
    }

    internal void Complete(int status) => Volatile.Write(ref _status, status);

    internal IEnumerable<string> QueryValues(string name) => Query.Where(q => q.Key == name).Select(q => q.Value);

    private T Known<T>(T value) => !_isForgotten ? value : throw new InvalidOperationException(
        $"The body of the request {Method} {RawPath} was removed, because newer bodies needed the space. "
        + $"Increase {nameof(FakeRetellServerOptions)}.{nameof(FakeRetellServerOptions.KeepBodyBytes)}.");

    private static KeyValuePair<string, string> Decode(string pair)
    {
        int sign = pair.IndexOf('=', StringComparison.Ordinal);
        return sign < 0 ? new(Text(pair), "") : new(Text(pair[..sign]), Text(pair[(sign + 1)..]));

        // In a query a plus sign is a space, in a path it is not.
        static string Text(string value) => Uri.UnescapeDataString(value.Replace('+', ' '));
    }
}
