using System.Net.Http.Headers;
using Retell.Testing;

namespace Retell.Tests.Testing;

public class RoutingTests(Way way) : FakeFixture(way)
{
    [TestCase("/no-such-thing")]
    [TestCase("/get-agent")]
    [TestCase("/get-agent/")]
    [TestCase("/get-agent/a/b")]
    [TestCase("/Get-agent/a")]
    [TestCase("/")]
    public async Task Fake_unknown_path_returns_404(string path)
    {
        Reply reply = await GetAsync(path);

        Assert.That((reply.Status, reply.Message), Is.EqualTo((404, $"The API has no operation at {path}.")));
        Assert.That(Server.Requests[0].OperationId, Is.Null);
        Assert.That(Server.Requests[0].IsValid, Is.False);
    }

    [Test]
    public async Task Fake_unknown_method_returns_405()
    {
        Reply reply = await SendAsync("PUT", "/get-agent/a", "{}");

        Assert.That((reply.Status, reply.Message), Is.EqualTo((405, "/get-agent/a supports GET, not PUT.")));
    }

    [TestCase("%2B14157774444", "+14157774444")]
    [TestCase("+14157774444", "+14157774444")]
    [TestCase("a%2Fb", "a/b")]
    [TestCase("%C3%BC%20%3F%23", "ü ?#")]
    [TestCase("100%25", "100%")]
    public async Task Fake_path_value_is_decoded(string sent, string value)
    {
        Reply reply = await GetAsync($"/get-phone-number/{sent}");

        FakeRequest request = Server.Requests.Only("getPhoneNumber");
        Assert.That(reply.Status, Is.EqualTo(200));
        Assert.That(request.RawPath, Is.EqualTo($"/get-phone-number/{sent}"));
        Assert.That(request.PathValues["phone_number"], Is.EqualTo(value));
        Assert.That((string?)reply.Json["phone_number"], Is.EqualTo(value));
    }

    [Test]
    public async Task FakeRequest_records_method_path_query_headers_and_body()
    {
        using var content = new StringContent("""{"agent_name": "J\u00fcrgen"}""");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Http.DefaultRequestHeaders.Add("X-Test", ["1", "2"]);
        await SendAsync("PATCH", "/update-agent/agent%201?version=2", content);

        FakeRequest request = Server.Requests.Only("updateAgent");
        Assert.Multiple(() =>
        {
            Assert.That(request.Errors, Is.Empty);
            Assert.That(request.Method, Is.EqualTo("PATCH"));
            Assert.That(request.Path, Is.EqualTo("/update-agent/agent 1"));
            Assert.That(request.RawPath, Is.EqualTo("/update-agent/agent%201"));
            Assert.That(request.RawQuery, Is.EqualTo("version=2"));
            Assert.That(request.Query, Is.EqualTo(new Dictionary<string, string> { ["version"] = "2" }));
            Assert.That(request.PathValues, Is.EqualTo(new Dictionary<string, string> { ["agent_id"] = "agent 1" }));
            Assert.That(request.Headers["content-type"], Is.EqualTo("application/json"));
            Assert.That(request.Headers["x-test"], Is.EqualTo("1, 2"));
            Assert.That(request.Headers["AUTHORIZATION"], Is.EqualTo("Bearer " + Server.ApiKey));
            Assert.That(request.Headers["Host"], Is.EqualTo(Server.BaseUrl.Authority));
            Assert.That(request.BodyText, Is.EqualTo("""{"agent_name": "J\u00fcrgen"}"""));
            Assert.That(request.Body.Length, Is.EqualTo(29));
            Assert.That((string?)request.Json!["agent_name"], Is.EqualTo("Jürgen"));
            Assert.That(request.Read<Models.AgentSettings>()!.AgentName, Is.EqualTo("Jürgen"));
            Assert.That(request.ResponseStatus, Is.EqualTo(200));
            Assert.That(request.ToString(), Is.EqualTo("PATCH /update-agent/agent%201?version=2 → 200"));
        });
    }

    [Test]
    public async Task FakeRequests_are_found_by_operation()
    {
        await GetAsync("/get-agent/a");
        await GetAsync("/get-agent/b");
        await GetAsync("/list-voices");
        await GetAsync("/nowhere");

        Assert.That(Server.Requests, Has.Count.EqualTo(4));
        Assert.That(Server.Requests.For("getAgent").Select(r => r.PathValues["agent_id"]), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(Server.Requests.Last("getAgent").PathValues["agent_id"], Is.EqualTo("b"));
        Assert.That(Server.Requests.Invalid().Select(r => r.Path), Is.EqualTo(new[] { "/nowhere" }));
        Assert.That(() => Server.Requests.Only("getAgent"), Throws.InvalidOperationException.With.Message.Contain("getAgent (GET /get-agent/a → 200)"));
        Assert.That(() => Server.Requests.Last("getVoice"), Throws.InvalidOperationException.With.Message.Contain("no operation (GET /nowhere → 404)"));
        Server.Requests.Clear();
        Assert.That(Server.Requests, Is.Empty);
    }

    [TestCase(null, "The Authorization header is missing. It must be: Bearer <API key>.")]
    [TestCase("Bearer", "The Authorization header must be: Bearer <API key>.")]
    [TestCase("Basic abc", "The Authorization header must be: Bearer <API key>.")]
    [TestCase("key_without_scheme", "The Authorization header must be: Bearer <API key>.")]
    public async Task Fake_without_valid_Authorization_returns_401(string? header, string message)
    {
        Http.DefaultRequestHeaders.Remove("Authorization");
        if (header is not null)
        {
            Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        }

        Reply reply = await GetAsync("/list-voices");

        Assert.That((reply.Status, reply.Message), Is.EqualTo((401, message)));
        Assert.That(Server.Requests[0].ResponseStatus, Is.EqualTo(401));
    }

    [TestCase("key_right", 200)]
    [TestCase("key_wrong", 401)]
    public async Task Fake_with_ApiKey_option_accepts_only_that_key(string key, int status)
    {
        await RestartAsync(Options with { ApiKey = "key_right" });
        Http.DefaultRequestHeaders.Authorization = new("Bearer", key);

        Reply reply = await GetAsync("/list-voices");

        Assert.That(reply.Status, Is.EqualTo(status));
        Assert.That(reply.Text, Does.Not.Contain(key));
        Assert.That(Server.ApiKey, Is.EqualTo("key_right"));
    }

    [Test]
    public async Task Fake_without_ApiKey_option_accepts_any_key()
    {
        Http.DefaultRequestHeaders.Authorization = new("Bearer", "key_of_anybody");

        Assert.That((await GetAsync("/list-voices")).Status, Is.EqualTo(200));
    }
}
