using NUnit.Framework;
using Retell;
using Retell.Models;

namespace Samples.Tests;

#region substitute
public class ReminderTests
{
    [Test]
    public async Task Remind_dials_the_guest()
    {
        var calls = new FixedCalls();

        await new Reminder(new FixedClient(calls)).RemindAsync("+12137774445");

        Assert.That(calls.Dialed, Is.EqualTo("+12137774445"));
    }

    private sealed class FixedClient(CallsResource calls) : RetellClient("any-key")
    {
        public override CallsResource Calls => calls;
    }

    private sealed class FixedCalls : CallsResource
    {
        public string? Dialed { get; private set; }

        public override Task<PhoneCall> CreatePhoneCallAsync(CreatePhoneCallRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default)
        {
            Dialed = request.ToNumber;
            return Task.FromResult(new PhoneCall { CallId = "call_1", CallStatus = CallStatus.Registered });
        }
    }
}

public class Reminder(RetellClient retell)
{
    public Task RemindAsync(string number) =>
        retell.Calls.CreatePhoneCallAsync(new CreatePhoneCallRequest { FromNumber = "+14157774444", ToNumber = number });
}
#endregion
