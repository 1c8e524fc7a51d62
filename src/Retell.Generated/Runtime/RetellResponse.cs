using System.Net;
using System.Text;

namespace Retell;

/// <summary>An answer of the API as it came: status, headers, raw body and elapsed time.</summary>
/// <param name="operationId">The operation that was called, such as <c>getCall</c>.</param>
/// <param name="statusCode">The HTTP status.</param>
/// <param name="headers">The headers.</param>
/// <param name="body">The body, decompressed.</param>
/// <param name="elapsed">How long the call took.</param>
/// <param name="attempts">How often the request was sent.</param>
public class RetellResponse(
    string operationId,
    HttpStatusCode statusCode,
    IReadOnlyDictionary<string, IReadOnlyList<string>> headers,
    byte[] body,
    TimeSpan elapsed,
    int attempts)
{
    private readonly byte[] _body = body;

    /// <summary>Copies an answer.</summary>
    /// <param name="response">The answer.</param>
    private protected RetellResponse(RetellResponse response)
        : this(response.OperationId, response.StatusCode, response.Headers, response._body, response.Elapsed, response.Attempts)
    {
    }

    /// <summary>The operation that was called, such as <c>getCall</c>.</summary>
    public string OperationId { get; } = operationId;

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; } = statusCode;

    /// <summary>The headers, by their name in any case.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; } = headers;

    /// <summary>The body as text, decompressed; empty when there is none. That of an error is cut off after 64 KB.</summary>
    public string RawBody => Encoding.UTF8.GetString(_body);

    /// <summary>How long the call took, with all attempts and waits, until the body was complete.</summary>
    public TimeSpan Elapsed { get; } = elapsed;

    /// <summary>How often the request was sent, retries included.</summary>
    public int Attempts { get; } = attempts;

    /// <summary>
    /// Makes a call of any resource and gives its result together with the answer:
    /// <c>await RetellResponse.CaptureAsync(options => retell.Calls.GetAsync(id, options))</c>.
    /// </summary>
    /// <typeparam name="T">The result of the call.</typeparam>
    /// <param name="call">Makes the call with the options it is given.</param>
    /// <param name="options">What the call does otherwise than the client. They are not changed.</param>
    /// <returns>Result and answer. Of a call that sends several requests, the answer to the last one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="call"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The call did not use the options that it was given.</exception>
    public static async Task<RetellResponse<T>> CaptureAsync<T>(Func<RequestOptions, Task<T>> call, RequestOptions? options = null)
    {
        _ = call ?? throw new ArgumentNullException(nameof(call));
        var capture = new Capture(options);
        T value = await call(capture.Options).ConfigureAwait(false);
        return new RetellResponse<T>(value, capture.Response);
    }

    /// <summary>Makes a call without a result and gives its answer.</summary>
    /// <param name="call">Makes the call with the options it is given.</param>
    /// <param name="options">What the call does otherwise than the client. They are not changed.</param>
    /// <returns>The answer. Of a call that sends several requests, the answer to the last one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="call"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The call did not use the options that it was given.</exception>
    public static async Task<RetellResponse> CaptureAsync(Func<RequestOptions, Task> call, RequestOptions? options = null)
    {
        _ = call ?? throw new ArgumentNullException(nameof(call));
        var capture = new Capture(options);
        await call(capture.Options).ConfigureAwait(false);
        return capture.Response;
    }

    /// <summary>The body as bytes, decompressed.</summary>
    /// <returns>A new stream over it.</returns>
    public Stream OpenBody() => new MemoryStream(_body, writable: false);

    /// <summary>A short text without the body.</summary>
    /// <returns>The text.</returns>
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
            _response ?? throw new InvalidOperationException("There was no answer: hand the options to the call, as in options => retell.Calls.GetAsync(id, options).");
    }
}

/// <summary>The result of a call together with the answer that it was read from.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="value">The result.</param>
/// <param name="response">The answer.</param>
public sealed class RetellResponse<T>(T value, RetellResponse response) : RetellResponse(response)
{
    /// <summary>The result of the call.</summary>
    public T Value { get; } = value;
}
