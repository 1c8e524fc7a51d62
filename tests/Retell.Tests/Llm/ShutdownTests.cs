using System.Runtime.CompilerServices;
using Retell.AspNetCore;
using Retell.Testing;

namespace Retell.Tests.Llm;

/// <summary>A host that stops while calls go on.</summary>
internal sealed class ShutdownTests
{
    [Test]
    public async Task Host_that_stops_finishes_the_turn_and_drops_the_connection()
    {
        var go = new TaskCompletionSource();
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = Respond });
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> turn = caller.SayAsync("Hello.");
        await caller.WaitForFrameAsync(frame => (string?)frame["content"] == "Before. ");
        Task stopped = app.App.StopAsync();
        go.SetResult();
        await stopped;
        await caller.Disconnected.WaitAsync(LlmApplication.Patience);

        Assert.That(((await turn).Text, (await turn).IsClosed), Is.EqualTo(("Before. After.", true)));
        Assert.That(caller.CloseCode, Is.Null, "Retell connects again after a connection that was dropped, not after one that was closed.");
        Assert.That((await app.Script.EndAsync()).Reason, Is.EqualTo(LlmEndReason.HostStopping));

        async IAsyncEnumerable<LlmOutput> Respond(LlmTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return "Before. ";
            await go.Task.WaitAsync(cancellationToken);
            yield return "After.";
        }
    }

    [Test]
    public async Task Host_that_stops_closes_a_turn_that_does_not_finish()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(
            new() { Respond = (_, token) => Outputs.ThenHang(["Before. "], token) }, options => options.DrainTimeout = TimeSpan.FromMilliseconds(50));
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> turn = caller.SayAsync("Hello.");
        await caller.WaitForFrameAsync(frame => (string?)frame["content"] == "Before. ");
        await app.App.StopAsync();
        await caller.Disconnected.WaitAsync(LlmApplication.Patience);

        Assert.That(((await turn).Text, (await turn).IsClosed), Is.EqualTo(("Before. ", true)));
        Assert.That(caller.CloseCode, Is.Null);
        Assert.That((await app.Script.EndAsync()).Reason, Is.EqualTo(LlmEndReason.HostStopping));
    }

    [Test]
    public async Task Host_that_stops_drops_a_silent_call_and_ends_one_that_waits_for_a_reconnection()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller silent = await app.DialAsync();
        await using FakeCaller lost = await app.DialAsync();
        await lost.DropAsync();
        await ConnectionTests.WaitForLogAsync(app, "the connection ended: Lost");
        await app.App.StopAsync();
        await silent.Disconnected.WaitAsync(LlmApplication.Patience);

        Assert.That((await app.Script.EndAsync()).Reason, Is.EqualTo(LlmEndReason.HostStopping));
        Assert.That((await app.Script.EndAsync()).Reason, Is.EqualTo(LlmEndReason.HostStopping));
    }
}
