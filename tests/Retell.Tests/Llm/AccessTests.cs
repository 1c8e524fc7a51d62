using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Retell.AspNetCore;
using Retell.Testing;

namespace Retell.Tests.Llm;

/// <summary>Who can connect.</summary>
internal sealed class AccessTests
{
    private static readonly FakeCallerOptions s_options = new() { CallId = "call_1" };

    [TestCase("wrong")]
    [TestCase(LlmApplication.Secret + "x")]
    [TestCase("SESAME-8C1F")]
    public async Task Wrong_secret_gets_status_404(string secret)
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());

        Assert.That(await StatusAsync(app, secret), Is.EqualTo(404));
        Assert.That(app.Script.Agents, Is.Empty);
    }

    [Test]
    public async Task Each_of_several_secrets_is_accepted()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new(), options => options.Secrets.Add("the/next one"));

        Assert.That(await StatusAsync(app, LlmApplication.Secret), Is.EqualTo(101));
        Assert.That(await StatusAsync(app, "the%2Fnext%20one"), Is.AnyOf(101, 404));
    }

    [Test]
    public async Task Network_that_is_not_allowed_gets_status_403()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new(), options => options.AllowedNetworks.Add(IPNetwork.Parse(RetellLlmOptions.RetellAddress + "/32")));

        Assert.That(await StatusAsync(app), Is.EqualTo(403));
        Assert.That(app.Log.Of("Retell"), Does.Contain("with status 403 because its address is not in AllowedNetworks"));
    }

    [Test]
    public async Task Network_that_is_allowed_is_accepted()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new(), options => options.AllowedNetworks.Add(IPNetwork.Parse("127.0.0.0/8")));

        Assert.That(await StatusAsync(app), Is.EqualTo(101));
    }

    [TestCase(true, 101)]
    [TestCase(false, 403)]
    [TestCase(null, 403)]
    public async Task Accept_decides_about_a_call(bool? accepts, int status)
    {
        string? seen = null;
        await using LlmApplication app = await LlmApplication.StartAsync(new(), options => options.Accept = async (context, callId) =>
        {
            await Task.Yield();
            seen = $"{context.Request.Method} {callId}";
            return accepts ?? throw new InvalidOperationException("The API is down.");
        });

        Assert.That(await StatusAsync(app), Is.EqualTo(status));
        Assert.That(seen, Is.EqualTo("GET call_1"));
    }

    [Test]
    public async Task Request_without_an_upgrade_gets_status_426_only_with_the_secret()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        using var http = new HttpClient();

        Assert.That((int)(await http.GetAsync(new Uri($"{app.Url}/llm/{LlmApplication.Secret}/call_1"))).StatusCode, Is.EqualTo(426));
        Assert.That((int)(await http.GetAsync(new Uri($"{app.Url}/llm/wrong/call_1"))).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task Agent_that_cannot_be_created_gets_status_500()
    {
        bool isBroken = true;
        await using LlmApplication app = await LlmApplication.StartAsync(new() { OnCreated = () => _ = isBroken ? throw new InvalidOperationException() : 0 });

        Assert.That(await StatusAsync(app), Is.EqualTo(500));
        isBroken = false;
        Assert.That(await StatusAsync(app), Is.EqualTo(101));
    }

    [TestCase("/llm/{secret}", null, "there are no secrets")]
    [TestCase("/llm", "x", "has no parameter {secret}")]
    [TestCase("/llm/{secret}", "", "A secret is empty")]
    [TestCase("/llm", null, "would be open to everybody")]
    public async Task Map_with_options_that_do_not_fit_is_rejected(string pattern, string? secret, string message)
    {
        await using WebApplication app = WebApplication.CreateSlimBuilder().Build();

        Assert.That(
            () => app.MapRetellLlm<ScriptedAgent>(pattern, options =>
            {
                if (secret is not null)
                {
                    options.Secrets.Add(secret);
                }
            }),
            Throws.ArgumentException.With.Message.Contain(message));
    }

    [Test]
    public async Task Map_without_a_secret_is_possible_with_another_protection()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        app.App.MapRetellLlm<ScriptedAgent>("/open", options => options.Accept = (context, _) => new(context.Request.Query["key"] == "k"));
        await using FakeCaller caller = await FakeCaller.DialAsync(app.Url, "/open/?key=k");

        Assert.That((await caller.SayAsync("Hello.")).Text, Is.EqualTo("Hello."));
    }

    [Test]
    public void Options_out_of_range_are_rejected()
    {
        Assert.That(() => new RetellLlmOptions { TurnTimeout = TimeSpan.Zero }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RetellLlmOptions { KeepAliveTimeout = TimeSpan.FromDays(25) }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RetellLlmOptions { MaxMessageSize = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static async Task<int> StatusAsync(LlmApplication app, string secret = LlmApplication.Secret)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new Uri($"{app.Url.Replace("http", "ws", StringComparison.Ordinal)}/llm/{secret}/{s_options.CallId}"), CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return (int)socket.HttpStatusCode;
    }
}
