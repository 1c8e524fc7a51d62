using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Testing;

namespace Retell.Tests.Testing;

/// <summary>How the tests reach the fake. Both ways must behave the same, so every test of a fixture runs over both.</summary>
public enum Way
{
    Socket,
    Handler,
}

/// <summary>A fake for each test and a plain HttpClient to it.</summary>
[TestFixture(Way.Socket)]
[TestFixture(Way.Handler)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class FakeFixture(Way way)
{
    private FakeRetellServer? _server;
    private HttpClient? _http;

    internal FakeRetellServer Server => _server!;

    internal HttpClient Http => _http!;

    /// <summary>Gets the options of most tests: samples stand in for objects that a test does not create.</summary>
    internal static FakeRetellServerOptions Options { get; } = new() { UnknownIds = FakeUnknownIds.Sample };

    [SetUp]
    public Task StartAsync() => RestartAsync(Options);

    [TearDown]
    public async Task StopAsync()
    {
        _http?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    internal async Task RestartAsync(FakeRetellServerOptions options)
    {
        await StopAsync();
        _server = way == Way.Socket ? await FakeRetellServer.StartAsync(options) : new FakeRetellServer(options);
        _http = way == Way.Socket ? new HttpClient() : new HttpClient(_server.CreateHandler());
        _http.BaseAddress = _server.BaseUrl;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _server.ApiKey);
    }

    internal Task<Reply> GetAsync(string path) => SendAsync("GET", path);

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="body">JSON as text or an object, a content, or null for no body.</param>
    internal async Task<Reply> SendAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string json => new StringContent(json, Encoding.UTF8, "application/json"),
            _ => new StringContent(JsonConvert.SerializeObject(body), Encoding.UTF8, "application/json"),
        };
        using HttpResponseMessage response = await Http.SendAsync(request);
        var headers = response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), headers, response.Content.Headers.ContentType?.MediaType);
    }
}

/// <summary>An answer as it came.</summary>
internal sealed record Reply(int Status, string Text, IReadOnlyDictionary<string, string> Headers, string? ContentType)
{
    public JToken Json
    {
        get
        {
            using var reader = new JsonTextReader(new StringReader(Text)) { DateParseHandling = DateParseHandling.None };
            return JToken.ReadFrom(reader);
        }
    }

    /// <summary>The message of the API's error shape, which is all that an error may hold.</summary>
    public string Message
    {
        get
        {
            Assert.That(ContentType, Is.EqualTo("application/json"));
            Assert.That(((JObject)Json).Properties().Select(p => p.Name), Is.EqualTo(new[] { "status", "message" }));
            Assert.That((string?)Json["status"], Is.EqualTo("error"));
            return (string)Json["message"]!;
        }
    }
}
