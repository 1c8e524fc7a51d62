using System.Collections.Concurrent;
using Newtonsoft.Json.Linq;
using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Scenarios;

/// <summary>Buffers come from a pool. A request whose call is over may still be read by the connection, and must not see the bytes of another one.</summary>
[Parallelizable]
internal sealed class BufferReuseTests
{
    private const int Calls = 4000;

    [Test]
    public async Task Buffers_of_cancelled_requests_are_not_reused_by_others()
    {
        var mixed = new ConcurrentBag<string>();
        using var server = new RawServer(async (number, request, stream, token) =>
        {
            string body = request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            int id = Id(body);
            if (body != Body(id).ToString(Newtonsoft.Json.Formatting.None))
            {
                mixed.Add(body);
            }

            await Task.Delay(number % 15, token);
            await RawServer.WriteAsync(stream, RawServer.Response(200, $$"""{"id":{{id}}}"""), token);
            return true;
        });
        using var client = new RetellClient(new RetellClientOptions { ApiKey = "key_test", BaseUrl = server.Url, MaxRetries = 0 });
        int succeeded = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Calls), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (id, _) =>
        {
            // The same calls in every run, each with an end of its own.
            var random = new Random(id);
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(1, 200)));
            var options = new RequestOptions { Timeout = TimeSpan.FromMilliseconds(random.Next(10, 200)) };
            try
            {
                JToken answer = await client.SendAsync<JToken>(HttpMethod.Post, "/v9/echo", Body(id), options, cancellation.Token);
                Assert.That((int)answer["id"]!, Is.EqualTo(id));
                Interlocked.Increment(ref succeeded);
            }
            catch (Exception e) when (e is RetellTimeoutException or OperationCanceledException)
            {
            }
        });

        Assert.That(mixed, Is.Empty);
        Assert.That(succeeded, Is.InRange(1, Calls - 1), "some end early, and some do not");
    }

    private static JObject Body(int id) => new() { ["id"] = id, ["text"] = new string((char)('a' + (id % 26)), id * 37 % 12_000) };

    private static int Id(string body) => int.Parse(body["{\"id\":".Length..body.IndexOf(',', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
}
