using System.Diagnostics;

namespace Retell.Cli.Quickstart;

/// <summary>One request and its answer, as they went over the wire.</summary>
internal sealed record Exchange(string Method, string Path, int Status, TimeSpan Elapsed);

/// <summary>Sees every request on its way to the socket.</summary>
internal sealed class ExchangeRecorder() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly List<Exchange> _exchanges = [];

    /// <summary>Gives what was sent since the last time.</summary>
    public IReadOnlyList<Exchange> Take()
    {
        lock (_exchanges)
        {
            Exchange[] taken = [.. _exchanges];
            _exchanges.Clear();
            return taken;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        lock (_exchanges)
        {
            _exchanges.Add(new Exchange(request.Method.Method, request.RequestUri!.PathAndQuery, (int)response.StatusCode, Stopwatch.GetElapsedTime(start)));
        }

        return response;
    }
}
