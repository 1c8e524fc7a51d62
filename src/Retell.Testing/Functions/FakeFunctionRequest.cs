using Newtonsoft.Json.Linq;

namespace Retell.Testing;

/// <summary>How <see cref="FakeRetellServer.CallFunctionAsync"/> calls a custom function. The members have the meaning of those of a tool.</summary>
public sealed record FakeFunctionRequest
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>Gets the name of the function in the envelope. The default is <c>custom_function</c>.</summary>
    public string Name { get; init; } = "custom_function";

    /// <summary>Gets the HTTP method: GET, POST, PUT, PATCH or DELETE. The default is POST. GET and DELETE have no body, and send no arguments.</summary>
    /// <exception cref="ArgumentException">The value is another method.</exception>
    public string Method
    {
        get;
        init => field = s_methods.Contains(value)
            ? value
            : throw new ArgumentException($"\"{value}\" is not a method of a custom function. Use {string.Join(", ", s_methods)}.", nameof(value));
    } = "POST";

    /// <summary>
    /// Gets a value indicating whether the body is the arguments alone. The default is false: an envelope with the name, the call or chat, and the
    /// arguments.
    /// </summary>
    public bool ArgsAtRoot { get; init; }

    /// <summary>Gets the call or chat in the envelope. Its transcript does not change. The default, null, is a sample.</summary>
    public FakeSession? Session { get; init; }

    /// <summary>Gets a value indicating whether the sample in the envelope is a chat, and not a call. The default is false.</summary>
    public bool IsChat { get; init; }

    /// <summary>Gets the headers beside the signature and the content type.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the query parameters to append to the URL.</summary>
    public IReadOnlyDictionary<string, string> QueryParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the time limit for each attempt, by the clock of the server or in real time, whichever is first. The default is 120 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The timeout must be positive.");
    } = TimeSpan.FromSeconds(120);

    /// <summary>Returns the tool that is called in this way.</summary>
    internal JObject ToTool(string url, int retry) => new()
    {
        ["name"] = Name,
        ["url"] = url,
        ["method"] = Method,
        ["headers"] = Members(Headers),
        ["query_params"] = Members(QueryParameters),
        ["args_at_root"] = ArgsAtRoot,
        ["timeout_ms"] = Timeout.TotalMilliseconds,
        ["max_retry"] = retry,
    };

    private static JObject Members(IReadOnlyDictionary<string, string> values) => new(values.Select(value => new JProperty(value.Key, value.Value)));
}
