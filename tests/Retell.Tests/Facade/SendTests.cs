using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>Endpoints that the SDK does not know yet.</summary>
internal sealed class SendTests
{
    [Test]
    public async Task SendAsync_GET_is_retried_and_reads_union()
    {
        using var handler = new StubHandler(() => StubHandler.Error(502), () => StubHandler.Json("""{"call_type":"phone_call","call_id":"c"}"""));
        using RetellClient client = Client(handler);

        ICall call = await client.SendAsync<ICall>(HttpMethod.Get, "/v9/peek-call/c%2F1?deep=true", options: new RequestOptions { Query = { ["x"] = "y" } });

        Assert.That(call, Is.InstanceOf<PhoneCall>());
        Assert.That(handler.Sent, Has.Count.EqualTo(2), "a read is repeated");
        Assert.That(handler.Sent[0].Uri.PathAndQuery, Is.EqualTo("/v9/peek-call/c%2F1?deep=true&x=y"));
        Assert.That(handler.Sent[0].Headers["Authorization"], Is.EqualTo($"Bearer {Key}"));
    }

    [Test]
    public async Task SendAsync_body_of_any_JSON_type_is_sent()
    {
        using var handler = new StubHandler(() => StubHandler.Json("""{"ok":[true]}"""));
        using RetellClient client = Client(handler);

        JToken answer = await client.SendAsync<JToken>(HttpMethod.Post, "/v9/do", new { text = "ü", agent = new AgentSettings { WebhookUrl = null } });
        await client.SendAsync(new HttpMethod("patch"), "/v9/do", new JObject { ["a"] = 1 }, new RequestOptions { Body = { ["b"] = 2 } });

        Assert.That((bool)answer["ok"]![0]!, Is.True);
        Assert.That(handler.Sent[0].Body, Is.EqualTo("""{"text":"ü","agent":{"webhook_url":null}}"""));
        Assert.That(handler.Sent[1].Method, Is.EqualTo("PATCH"));
        Assert.That(handler.Sent[1].Body, Is.EqualTo("""{"a":1,"b":2}"""));
    }

    [Test]
    public async Task SendAsync_body_with_file_is_sent_as_form()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.SendAsync(HttpMethod.Post, "/v9/upload", new Dictionary<string, object?>
        {
            ["title"] = "T",
            ["tags"] = new[] { "a", "b" },
            ["nothing"] = null,
            ["file"] = RetellFile.FromBytes("hello"u8.ToArray(), "x.txt"),
        });

        Assert.That(
            handler.Sent[0].Body,
            Does.Contain("name=\"title\"\r\n\r\nT\r\n").And.Contain("""["a","b"]""").And.Contain("filename=\"x.txt\"").And.Contain("hello").And.Not.Contain("nothing"));
    }

    [Test]
    public void SendAsync_PUT_after_500_is_not_retried()
    {
        using var handler = new StubHandler(() => StubHandler.Error(500));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.SendAsync<JToken>(HttpMethod.Put, "/v9/do"),
            Throws.InstanceOf<RetellServerException>().With.Message.Contains("PUT /v9/do"));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [TestCase("v9/do")]
    [TestCase("//evil.example/x")]
    [TestCase("https://evil.example/x")]
    [TestCase("/v9/../v2/create-phone-call")]
    [TestCase("/v9/%2e%2E/x")]
    [TestCase("/v9/a b")]
    [TestCase("/v9/ü")]
    [TestCase("/v9/x#y")]
    [TestCase("/v9\\x")]
    [TestCase("/")]
    [TestCase("")]
    public void SendAsync_invalid_path_throws(string path)
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(() => client.SendAsync<JToken>(HttpMethod.Get, path), Throws.ArgumentException);
        Assert.That(handler.Sent, Is.Empty);
    }
}
