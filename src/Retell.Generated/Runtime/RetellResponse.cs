using System.Net;
using System.Text;

namespace Retell;

/// <summary>A response of the API: status code, headers, raw body and elapsed time.</summary>
/// <param name="operationId">The ID of the operation, such as <c>getCall</c>.</param>
/// <param name="statusCode">The HTTP status code.</param>
/// <param name="headers">The response headers.</param>
/// <param name="body">The response body, decompressed.</param>
/// <param name="elapsed">The time that the operation took, including all attempts and waits.</param>
/// <param name="attempts">The number of attempts, including retries.</param>
public class RetellResponse(
    string operationId,
    HttpStatusCode statusCode,
    IReadOnlyDictionary<string, IReadOnlyList<string>> headers,
    byte[] body,
    TimeSpan elapsed,
    int attempts)
{
    private readonly byte[] _body = body;

    private protected RetellResponse(RetellResponse response)
        : this(response.OperationId, response.StatusCode, response.Headers, response._body, response.Elapsed, response.Attempts)
    {
    }

    /// <summary>Gets the ID of the operation, such as <c>getCall</c>.</summary>
    public string OperationId { get; } = operationId;

    /// <summary>Gets the HTTP status code.</summary>
    public HttpStatusCode StatusCode { get; } = statusCode;

    /// <summary>Gets the response headers. The names are case-insensitive.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; } = headers;

    /// <summary>Gets the response body as text, decompressed, or an empty string if there is none. Only the first 64 KB of an error are kept.</summary>
    public string RawBody => Encoding.UTF8.GetString(_body);

    /// <summary>Gets the time that the operation took, including all attempts and waits, until the body was complete.</summary>
    public TimeSpan Elapsed { get; } = elapsed;

    /// <summary>Gets the number of attempts, including retries.</summary>
    public int Attempts { get; } = attempts;

    /// <summary>Calls a method of a resource, and returns its result together with the response.</summary>
    /// <example><code>await RetellResponse.CaptureAsync(options =&gt; retell.Calls.GetAsync(id, options))</code></example>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="call">The function that calls the method with the given options.</param>
    /// <param name="options">The options for the request, or null to use the client's settings. They are not changed.</param>
    /// <returns>The result and the response. If the method sends several requests, it is the response to the last one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="call"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="call"/> did not pass on the options that it was given.</exception>
    public static async Task<RetellResponse<T>> CaptureAsync<T>(Func<RequestOptions, Task<T>> call, RequestOptions? options = null)
    {
        _ = call ?? throw new ArgumentNullException(nameof(call));
        var capture = new Capture(options);
        T value = await call(capture.Options).ConfigureAwait(false);
        return new RetellResponse<T>(value, capture.Response);
    }

    /// <summary>Calls a method of a resource without a result, and returns the response.</summary>
    /// <param name="call">The function that calls the method with the given options.</param>
    /// <param name="options">The options for the request, or null to use the client's settings. They are not changed.</param>
    /// <returns>The response. If the method sends several requests, it is the response to the last one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="call"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="call"/> did not pass on the options that it was given.</exception>
    public static async Task<RetellResponse> CaptureAsync(Func<RequestOptions, Task> call, RequestOptions? options = null)
    {
        _ = call ?? throw new ArgumentNullException(nameof(call));
        var capture = new Capture(options);
        await call(capture.Options).ConfigureAwait(false);
        return capture.Response;
    }

    /// <summary>Opens the response body, decompressed.</summary>
    /// <returns>A new stream.</returns>
    public Stream OpenBody() => new MemoryStream(_body, writable: false);

    /// <summary>Returns a short text without the body.</summary>
    /// <returns>The ID of the operation, the status code and the size of the body in bytes.</returns>
    public override string ToString() => $"{OperationId}: {(int)StatusCode}, {_body.Length} bytes";

    private sealed class Capture
    {
        private RetellResponse? _response;

        public Capture(RequestOptions? options)
        {
            Options = options?.Copy() ?? new RequestOptions();
            Options.ResponseReceived += response => _response = response;
        }

        public RequestOptions Options { get; }

        public RetellResponse Response =>
            _response ?? throw new InvalidOperationException("No response was captured. Pass the options to the method, as in options => retell.Calls.GetAsync(id, options).");
    }
}

/// <summary>The result of an operation together with the response that it was read from.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="value">The result of the operation.</param>
/// <param name="response">The response.</param>
public sealed class RetellResponse<T>(T value, RetellResponse response) : RetellResponse(response)
{
    /// <summary>Gets the result of the operation.</summary>
    public T Value { get; } = value;
}
