using System.Net;
using System.Text;

namespace Retell.Tests.Facade.Doubles;

/// <summary>Answers in place of a server and keeps what was sent.</summary>
internal sealed class StubHandler(Func<int, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly List<SentRequest> _sent = [];

    /// <summary>Each answer is given once, the last one for ever.</summary>
    public StubHandler(params Func<HttpResponseMessage>[] answers)
        : this(attempt => answers[Math.Min(attempt, answers.Length) - 1]())
    {
    }

    public IReadOnlyList<SentRequest> Sent => _sent;

    public bool IsDisposed { get; private set; }

    public static HttpResponseMessage Json(string json, int status = 200, params (string Name, string Value)[] headers) =>
        Text(json, "application/json", status, headers);

    public static HttpResponseMessage Text(string text, string mediaType, int status, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, mediaType) };
        foreach ((string name, string value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    public static HttpResponseMessage Error(int status, params (string Name, string Value)[] headers) =>
        Json($$"""{"status":"error","message":"That is wrong: {{status}}."}""", status, headers);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        _sent.Add(new(request.Method.Method, request.RequestUri!, headers, Encoding.UTF8.GetString(body)));
        HttpResponseMessage response = answer(_sent.Count);
        response.RequestMessage = request;
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}

internal sealed record SentRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body);
