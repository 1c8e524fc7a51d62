using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Retell.Webhooks;

namespace Retell.Tests.Webhooks;

/// <summary>The client verifies webhooks with the key that signs them.</summary>
internal sealed class WebhookKeyTests
{
    private const string Body = """{"event":"call_started","call":{"call_type":"phone_call","call_id":"call_1"}}""";

    [Test]
    public void ParseWebhook_uses_the_webhook_key()
    {
        using var client = new RetellClient(new RetellClientOptions { ApiKey = "key_a", WebhookKey = "key_b" });

        Assert.That(client.ParseWebhook(Body, RetellWebhook.Sign(Body, "key_b")), Is.InstanceOf<CallStartedEvent>());
        Assert.That(client.VerifyWebhook(Body, RetellWebhook.Sign(Body, "key_b")), Is.True);
        Assert.That(client.VerifyWebhook(System.Text.Encoding.UTF8.GetBytes(Body), RetellWebhook.Sign(Body, "key_a")), Is.False);
        Assert.That(() => client.ParseWebhook(Body, RetellWebhook.Sign(Body, "key_a")), Throws.InstanceOf<RetellWebhookSignatureException>());
        Assert.That(() => client.ParseWebhook(Body, null), Throws.InstanceOf<RetellWebhookSignatureException>());
    }

    [TestCase(null)]
    [TestCase("")]
    public void ParseWebhook_without_webhook_key_uses_the_api_key(string? webhookKey)
    {
        using var client = new RetellClient(new RetellClientOptions { ApiKey = "key_a", WebhookKey = webhookKey });

        Assert.That(client.VerifyWebhook(Body, RetellWebhook.Sign(Body, "key_a")), Is.True);
    }

    [Test]
    public void WebhookKey_is_read_from_configuration()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ApiKey"] = "key_a", ["WebhookKey"] = "key_b" }).Build();
        var collection = new ServiceCollection();
        collection.AddRetell(configuration);
        using ServiceProvider services = collection.BuildServiceProvider();

        Assert.That(services.GetRequiredService<RetellClient>().VerifyWebhook(Body, RetellWebhook.Sign(Body, "key_b")), Is.True);
    }

    [Test]
    public void WebhookKey_with_a_space_throws() =>
        Assert.That(
            () => new RetellClientOptions { WebhookKey = "key b" },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("WebhookKey").And.Message.Not.Contains("key b"));
}
