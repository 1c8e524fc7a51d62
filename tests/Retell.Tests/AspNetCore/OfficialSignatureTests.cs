using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore;
using Retell.Tests.Support;
using Retell.Webhooks;

namespace Retell.Tests.AspNetCore;

/// <summary>Bodies that the helper of the official TypeScript SDK 5.66.1 signed.</summary>
internal sealed class OfficialSignatureTests
{
    private static readonly JObject s_vectors = JObject.Parse(File.ReadAllText(Repository.PathOf("tests", "data", "webhooks", "official-signatures.json")));

    private static string Key => (string)s_vectors["key"]!;

    private static DateTimeOffset Signed => DateTimeOffset.FromUnixTimeMilliseconds((long)s_vectors["timestamp"]!);

    private static IEnumerable<TestCaseData> Vectors() =>
        s_vectors["signatures"]!.Select((vector, i) => new TestCaseData((string)vector["body"]!, (string)vector["signature"]!).SetArgDisplayNames($"{i}"));

    [TestCaseSource(nameof(Vectors))]
    public async Task Official_signature_is_accepted_and_is_the_one_that_Sign_creates(string body, string signature)
    {
        var time = new FixedTime(Signed);
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks => webhooks.OnUnhandled((_, _, _) => Task.CompletedTask),
            settings: new Dictionary<string, string?> { ["Webhooks:SigningKeys:0"] = Key },
            services: services => services.AddSingleton<TimeProvider>(time));
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        int accepted = body.Length == 0 ? 400 : body.Contains("inbound", StringComparison.Ordinal) ? 200 : 204;

        Assert.That(RetellWebhook.Sign(body, Key, Signed), Is.EqualTo(signature));
        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", bytes, signature)).Status, Is.EqualTo(accepted));
        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", [.. bytes, (byte)' '], signature)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Official_signature_of_an_empty_body_is_accepted_from_a_GET_function()
    {
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            _ => { },
            map => map.MapRetellFunction<JObject>("/f", (call, _) => Task.FromResult<object?>(call.Args)),
            new Dictionary<string, string?> { ["Webhooks:SigningKeys:0"] = Key },
            services => services.AddSingleton<TimeProvider>(new FixedTime(Signed)));

        string signature = (string)s_vectors["signatures"]!.Single(vector => (string)vector["body"]! == "")["signature"]!;

        Assert.That(await app.SendAsync(HttpMethod.Get, "/f?a=1", [], signature), Is.EqualTo((200, """{"a":"1"}""")));
    }
}
