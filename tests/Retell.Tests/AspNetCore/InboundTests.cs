using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Retell.AspNetCore;
using Retell.Webhooks;

namespace Retell.Tests.AspNetCore;

/// <summary>The responses to inbound calls and SMS.</summary>
internal sealed class InboundTests
{
    private const string Body = """{"event":"call_inbound","call_inbound":{"from_number":"+14155550100","to_number":"+14155550101"}}""";

    private const string Fallback = """{"call_inbound":{"override_agent_id":"fallback"}}""";

    private static IEnumerable<TestCaseData> Handlers()
    {
        yield return Of(
            "fast", (inbound, _, _) => Task.FromResult<InboundCallResponse?>(new() { OverrideAgentId = "chosen" }), """{"call_inbound":{"override_agent_id":"chosen"}}""");
        yield return Of("null", (_, _, _) => Task.FromResult<InboundCallResponse?>(null), Fallback);
        yield return Of("throwing", (_, _, _) => throw new InvalidOperationException("+14155550100"), Fallback);
        yield return Of("slow", async (_, _, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return null;
        }, Fallback);
        yield return Of("blocking", (_, _, _) =>
        {
            Thread.Sleep(TimeSpan.FromSeconds(1));
            return Task.FromResult<InboundCallResponse?>(new());
        }, Fallback);
        yield return Of("canceled", (_, _, _) => throw new OperationCanceledException(), Fallback);
        yield return Of("deaf", (_, _, _) => new TaskCompletionSource<InboundCallResponse?>().Task, Fallback);

        static TestCaseData Of(string name, Func<CallInboundEvent, IServiceProvider, CancellationToken, Task<InboundCallResponse?>> handler, string expected) =>
            new TestCaseData(handler, expected).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Handlers))]
    public async Task InboundCall_returns_the_response_or_the_fallback(
        Func<CallInboundEvent, IServiceProvider, CancellationToken, Task<InboundCallResponse?>> handler, string expected)
    {
        TimeSpan budget = expected == Fallback ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromDays(1);
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.OnInboundCall(handler, budget, new() { OverrideAgentId = "fallback" }));

        Assert.That(await app.PostAsync(Body), Is.EqualTo((200, expected)));
        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", System.Text.Encoding.UTF8.GetBytes(Body), "x")).Status, Is.EqualTo(401));
        Assert.That(app.Log.Text, Does.Not.Contain("+14155550100"));
    }

    [Test]
    public async Task InboundChat_of_a_handler_class_returns_the_response_or_the_fallback()
    {
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks => webhooks.OnInboundChat<ChatRouter>(fallback: new() { OverrideAgentId = "fallback" }).OnInboundCall<CallRouter>(),
            services: services => services.AddSingleton("agent_of_the_shop"));

        Assert.That(
            await app.PostAsync("""{"event":"chat_inbound","chat_inbound":{"from_number":"+14155550100","to_number":"+14155550101"}}"""),
            Is.EqualTo((200, """{"chat_inbound":{"override_agent_id":"agent_of_the_shop"}}""")));
        Assert.That(
            await app.PostAsync("""{"event":"chat_inbound","chat_inbound":{"to_number":"+14155550101"}}"""), Is.EqualTo((200, """{"chat_inbound":{"override_agent_id":"fallback"}}""")));
        Assert.That(await app.PostAsync(Body), Is.EqualTo((200, """{"call_inbound":{"reject":true}}""")));
    }

    [Test]
    public async Task InboundCall_during_shutdown_gets_the_response_of_a_handler_that_is_within_its_budget([Values] bool isStopped)
    {
        var started = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        await using WebhookApplication app = await WebhookApplication.StartAsync(webhooks => webhooks.OnInboundCall(
            async (_, services, _) =>
            {
                started.SetResult();
                await (isStopped ? Task.Delay(Timeout.InfiniteTimeSpan, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping) : gate.Task);
                return new() { OverrideAgentId = "chosen" };
            },
            TimeSpan.FromDays(1),
            new() { OverrideAgentId = "fallback" }));
        Task<(int Status, string Body)> response = app.PostAsync(Body);
        await started.Task;

        Task stop = app.App.StopAsync();
        gate.SetResult();
        await stop;

        Assert.That(await response, Is.EqualTo((200, isStopped ? Fallback : """{"call_inbound":{"override_agent_id":"chosen"}}""")));
    }

    [Test]
    public async Task Inbound_without_a_handler_keeps_the_settings_of_the_number()
    {
        await using WebhookApplication app = await WebhookApplication.StartAsync(_ => { });

        Assert.That(await app.PostAsync(Body), Is.EqualTo((200, """{"call_inbound":{}}""")));
        Assert.That(await app.PostAsync("""{"event":"chat_inbound","chat_inbound":{}}"""), Is.EqualTo((200, """{"chat_inbound":{}}""")));
    }

    private sealed class ChatRouter(string agent) : IRetellInboundChatHandler
    {
        public Task<InboundChatResponse?> HandleAsync(ChatInboundEvent inbound, CancellationToken cancellationToken) =>
            Task.FromResult(inbound.FromNumber.Length == 0 ? null : new InboundChatResponse { OverrideAgentId = agent });
    }

    private sealed class CallRouter : IRetellInboundCallHandler
    {
        public Task<InboundCallResponse?> HandleAsync(CallInboundEvent inbound, CancellationToken cancellationToken) =>
            Task.FromResult<InboundCallResponse?>(new() { Reject = true });
    }
}
