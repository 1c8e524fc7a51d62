using System.Diagnostics;
using System.Text;
using Retell.Testing;

namespace Retell.Tests.Testing;

public class ThroughputTests
{
    private const int Requests = 10_000;

    [Test]
    public async Task FakeServer_10000_requests_are_answered_and_newest_kept()
    {
        await using FakeRetellServer server = await FakeRetellServer.StartAsync(new() { KeepRequests = 100 });
        using var http = new HttpClient { BaseAddress = server.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new("Bearer", server.ApiKey);
        Stopwatch watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, stop) =>
        {
            Task<HttpResponseMessage> answer = (i % 4) switch
            {
                0 => PostAsync("/v2/create-phone-call", """{"from_number": "+1", "to_number": "+2"}"""),
                1 => PostAsync("/v3/list-calls", """{"limit": 3}"""),
                2 => PostAsync("/create-agent", """{"response_engine": {"type": "retell-llm", "llm_id": "a"}, "voice_id": "v"}"""),
                _ => http.GetAsync("/list-voices", stop),
            };
            using HttpResponseMessage response = await answer;
            Assert.That((int)response.StatusCode, Is.InRange(200, 201));

            async Task<HttpResponseMessage> PostAsync(string path, string body)
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                return await http.PostAsync(path, content, stop);
            }
        });

        TestContext.Out.WriteLine($"{Requests} requests in {watch.Elapsed}");
        Assert.That(server.Calls, Has.Count.EqualTo(Requests / 4));
        Assert.That(server.Requests, Has.Count.EqualTo(100));
    }

    [TestCase(0, 0)]
    [TestCase(3, 3)]
    public async Task KeepRequests_keeps_newest_requests(int keep, int count)
    {
        await using var server = new FakeRetellServer(new() { KeepRequests = keep });
        using var http = new HttpClient(server.CreateHandler()) { BaseAddress = server.BaseUrl };
        for (int i = 0; i < 20; i++)
        {
            using HttpResponseMessage response = await http.GetAsync($"/v2/get-call/{i}");
        }

        Assert.That(server.Requests.Select(r => r.Path), Is.EqualTo(Enumerable.Range(20 - count, count).Select(i => $"/v2/get-call/{i}")));
        Assert.That(server.Requests, Has.Count.EqualTo(count));
    }
}
