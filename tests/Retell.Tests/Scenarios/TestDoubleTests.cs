using Retell.Models;

namespace Retell.Tests.Scenarios;

/// <summary>Client and resources can be substituted where no server is wanted, fake or not.</summary>
internal sealed class TestDoubleTests
{
    [Test]
    public async Task TestDouble_CreatePhoneCall_runs_without_socket()
    {
        var calls = new FixedCalls();
        var reminder = new Reminder(new FixedClient(calls));

        string status = await reminder.CallAsync("+14155550101");

        Assert.That(status, Is.EqualTo("registered"));
        Assert.That(calls.Dialled, Is.EqualTo(new[] { "+14155550101" }));
    }

    [Test]
    public async Task TestDouble_returns_lists_and_throws_errors()
    {
        var client = new FixedClient(new FixedCalls());

        var ids = new List<string>();
        await foreach (ICallSummary call in client.Calls.ListAsync())
        {
            ids.Add(call.CallId);
        }

        Assert.That(ids, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(() => client.Calls.GetAsync("gone"), Throws.InstanceOf<RetellNotFoundException>());
    }

    [Test]
    public void TestDouble_method_without_override_throws() => Assert.That(
        () => new FixedClient(new FixedCalls()).Calls.DeleteAsync("a"),
        Throws.InvalidOperationException.With.Message.Contains("Override each method that is called"));

    /// <summary>The code under test.</summary>
    private sealed class Reminder(RetellClient retell)
    {
        public async Task<string> CallAsync(string number) => (await retell.Calls.CreatePhoneCallAsync("+14155550100", number)).CallStatus.Value;
    }

    private sealed class FixedClient(CallsResource calls) : RetellClient("key_of_the_test")
    {
        public override CallsResource Calls => calls;
    }

    private sealed class FixedCalls : CallsResource
    {
        public List<string> Dialled { get; } = [];

        public override Task<PhoneCall> CreatePhoneCallAsync(
            string fromNumber, string toNumber, string? agentId = null, IDictionary<string, string>? dynamicVariables = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
        {
            Dialled.Add(toNumber);
            return Task.FromResult(new PhoneCall { CallId = "call_1", CallStatus = CallStatus.Registered });
        }

        public override Task<ICall> GetAsync(string callId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new RetellNotFoundException("There is no such call.");

        public override Pager<ICallSummary> ListAsync(
            ListCallsRequest? request = null,
            long? pageSize = null,
            RequestOptions? options = null,
            CancellationToken cancellationToken = default) =>
            new((_, _) => Task.FromResult(new Page<ICallSummary>([new PhoneCallSummary { CallId = "a" }, new WebCallSummary { CallId = "b" }])), cancellationToken);
    }
}
