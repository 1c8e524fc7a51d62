using System.Net;
using System.Net.Sockets;

namespace Retell.Testing.Http;

/// <summary>The way to the fake without a socket; it behaves as a connection does, in its failures too.</summary>
internal sealed class FakeHandler(FakeApi api) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Host"] = request.Headers.Host ?? request.RequestUri!.Authority };
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> all = request.Content is null
            ? request.Headers
            : request.Headers.Concat(request.Content.Headers);
        foreach ((string name, IEnumerable<string> values) in all)
        {
            // As on the wire: products and comments of a User-Agent are one text.
            headers[name] = string.Join(name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) ? " " : ", ", values);
        }

        string target = request.RequestUri!.PathAndQuery;
        FakeResponse answer = await api.HandleAsync(request.Method.Method, target, headers, body, cancellationToken).ConfigureAwait(false) ?? throw Dropped();
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = new ReadOnlyMemoryContent(answer.Body) };
        foreach ((string name, string value) in answer.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }

    private static HttpRequestException Dropped()
    {
        var reset = new SocketException((int)SocketError.ConnectionReset);
        var cause = new IOException($"Unable to read data from the transport connection: {reset.Message}.", reset);
        return new("An error occurred while sending the request.", cause);
    }
}
