using System.Net;
using System.Net.Sockets;

namespace Retell.Testing.Http;

/// <summary>Reaches the fake without a socket. It behaves like a connection, also when it fails.</summary>
internal sealed class FakeHandler(FakeApi api) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Host"] = request.Headers.Host ?? request.RequestUri!.Authority };
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> all = request.Content is null
            ? request.Headers
            : request.Headers.Concat(request.Content.Headers);
        foreach ((string name, IEnumerable<string> values) in all)
        {
            // As over a socket: products and comments of a User-Agent are one text.
            headers[name] = string.Join(name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) ? " " : ", ", values);
        }

        string target = request.RequestUri!.PathAndQuery;
        var incoming = new IncomingRequest(
            request.Method.Method, target, headers, token => request.Content?.ReadAsByteArrayAsync(token) ?? Task.FromResult<byte[]>([]));
        (FakeResponse? answer, int? sentBytes) = await api.HandleAsync(incoming, cancellationToken).ConfigureAwait(false);
        if (answer is null)
        {
            throw Dropped();
        }

        HttpContent content = sentBytes is int sent ? new CutContent(answer.Body[..sent], answer.Body.Length) : new ReadOnlyMemoryContent(answer.Body);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = content };
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

    /// <summary>A body that ends early, as if the connection were lost.</summary>
    private sealed class CutContent : HttpContent
    {
        private readonly ReadOnlyMemory<byte> _sent;

        public CutContent(ReadOnlyMemory<byte> sent, long announced)
        {
            _sent = sent;
            Headers.ContentLength = announced;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_sent).ConfigureAwait(false);
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
        }

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new CutStream(_sent));

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class CutStream(ReadOnlyMemory<byte> sent) : MemoryStream(sent.ToArray(), writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => Checked(base.Read(buffer, offset, count), count);

        public override int Read(Span<byte> buffer) => Checked(base.Read(buffer), buffer.Length);

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            await ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Checked(await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);

        private static int Checked(int read, int wanted) =>
            read > 0 || wanted == 0 ? read : throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
    }
}
