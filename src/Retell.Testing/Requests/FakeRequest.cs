using System.Globalization;
using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;

namespace Retell.Testing;

/// <summary>A request that reached the fake, as it was sent and as the fake understood it.</summary>
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

    /// <summary>The HTTP method, in capitals.</summary>
    public string Method { get; }

    /// <summary>The path, decoded.</summary>
    public string Path { get; }

    /// <summary>The path as it was sent, percent-encoded, without the query.</summary>
    public string RawPath { get; }

    /// <summary>The query as it was sent, percent-encoded, without the question mark; empty without a query.</summary>
    public string RawQuery { get; }

    /// <summary>The names and values of the query, decoded, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; }

    /// <summary>The headers; the name is not case-sensitive, several values of one name are joined by a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body; empty without one, and where the connection was dropped before it was read.</summary>
    /// <exception cref="InvalidOperationException">The body was let go: newer ones took its place, see <see cref="FakeRetellServerOptions.KeepBodyBytes"/>.</exception>
    public ReadOnlyMemory<byte> Body
    {
        get => Known(_body);
        internal set => _body = value;
    }

    /// <summary>The body, read as UTF-8.</summary>
    /// <exception cref="InvalidOperationException">The body was let go.</exception>
    public string BodyText
    {
        get
        {
            ReadOnlyMemory<byte> body = Body;
            return _text ??= Encoding.UTF8.GetString(body.Span);
        }
    }

    /// <summary>
    /// The body as JSON: a copy, so that a test may change it. For a form the object that its parts make up, with the names of its
    /// files. Null without a body, and for one that could not be read.
    /// </summary>
    /// <exception cref="InvalidOperationException">The body was let go.</exception>
    public JToken? Json => JsonBody?.DeepClone();

    /// <summary>The parts of a multipart/form-data body, in their order; empty for other bodies.</summary>
    /// <exception cref="InvalidOperationException">The body was let go.</exception>
    public IReadOnlyList<FakeRequestPart> Parts
    {
        get => Known(_parts);
        internal set => _parts = value;
    }

    /// <summary>The operation of the API; null where no operation has this method and path.</summary>
    public string? OperationId => Operation?.Id;

    /// <summary>The values in the path by their names, decoded.</summary>
    public IReadOnlyDictionary<string, string> PathValues { get; internal set; } = new Dictionary<string, string>();

    /// <summary>What the document of the API does not allow in the request; empty for a valid one.</summary>
    public IReadOnlyList<FakeRequestError> Errors { get; internal set; } = [];

    /// <summary>Whether it is a request for an operation of the API, and valid.</summary>
    public bool IsValid => Operation is not null && Errors.Count == 0;

    /// <summary>The status of the answer; null while there is none, and where the connection was dropped.</summary>
    public int? ResponseStatus => Volatile.Read(ref _status) is > 0 and int status ? status : null;

    /// <summary>When the request arrived: by the clock that the options name, else in real time.</summary>
    public DateTimeOffset ReceivedAt { get; }

    internal FakeOperation? Operation { get; set; }

    internal JToken? JsonBody
    {
        get => Known(_json);
        set => _json = value;
    }

    /// <summary>The body as an object of the API.</summary>
    /// <typeparam name="T">The type of the body, such as <c>CreatePhoneCallRequest</c>.</typeparam>
    /// <returns>The object; null for the JSON <c>null</c>.</returns>
    /// <exception cref="RetellSerializationException">The body is no JSON.</exception>
    public T? Read<T>() => RetellJson.Deserialize<T>(BodyText);

    /// <summary>Method, path and status.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        string query = RawQuery.Length > 0 ? "?" + RawQuery : "";
        string status = ResponseStatus?.ToString(CultureInfo.InvariantCulture) ?? "no answer";
        return $"{Method} {RawPath}{query} → {status}";
    }

    /// <summary>Lets the body go; what was asked for before stays with whoever has it.</summary>
    internal void ForgetBody()
    {
        _isForgotten = true;
        (_body, _parts, _json, _text) = (default, [], null, null);
    }

    internal void Complete(int status) => Volatile.Write(ref _status, status);

    internal IEnumerable<string> QueryValues(string name) => Query.Where(q => q.Key == name).Select(q => q.Value);

    private T Known<T>(T value) => !_isForgotten ? value : throw new InvalidOperationException(
        $"The body of this request was let go to make room for newer ones ({Method} {RawPath}). Raise {nameof(FakeRetellServerOptions)}.{nameof(FakeRetellServerOptions.KeepBodyBytes)} to keep more.");

    private static KeyValuePair<string, string> Decode(string pair)
    {
        int sign = pair.IndexOf('=', StringComparison.Ordinal);
        return sign < 0 ? new(Text(pair), "") : new(Text(pair[..sign]), Text(pair[(sign + 1)..]));

        // In a query a plus sign is a space, in a path it is not.
        static string Text(string value) => Uri.UnescapeDataString(value.Replace('+', ' '));
    }
}
