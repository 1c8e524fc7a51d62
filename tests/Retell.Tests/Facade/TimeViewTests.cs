using Retell.Models;

namespace Retell.Tests.Facade;

/// <summary>Milliseconds as C# times.</summary>
internal sealed class TimeViewTests
{
    [Test]
    public void StartTime_and_Duration_are_read_from_milliseconds()
    {
        var call = RetellJson.Deserialize<ICall>("""{"call_type":"phone_call","start_timestamp":1703302407333,"duration_ms":10500}""")!;

        Assert.That(call.StartTime, Is.EqualTo(new DateTimeOffset(2023, 12, 23, 3, 33, 27, 333, TimeSpan.Zero)));
        Assert.That(call.Duration, Is.EqualTo(TimeSpan.FromSeconds(10.5)));
        Assert.That(call.EndTime, Is.Null);
    }

    [Test]
    public void StartTime_of_unknown_variant_is_read()
    {
        var call = RetellJson.Deserialize<ICall>("""{"call_type":"video_call","start_timestamp":1703302407333}""")!;

        Assert.That(call, Is.InstanceOf<UnknownVariant>());
        Assert.That(call.StartTime!.Value.Year, Is.EqualTo(2023));
    }

    [Test]
    public void WebhookTimeout_is_sent_as_milliseconds()
    {
        var agent = new AgentSettings { WebhookTimeout = TimeSpan.FromSeconds(5), ReminderTrigger = TimeSpan.FromSeconds(1.25) };

        Assert.That(RetellJson.Serialize(agent), Is.EqualTo("""{"reminder_trigger_ms":1250,"webhook_timeout_ms":5000}"""));
        Assert.That(agent.WebhookTimeoutMs, Is.EqualTo(5000));
    }

    [TestCase(long.MaxValue)]
    [TestCase(long.MinValue)]
    public void StartTime_and_Duration_out_of_range_are_clamped(long milliseconds)
    {
        var call = new PhoneCall { StartTimestamp = milliseconds, DurationMs = milliseconds };

        Assert.That(call.StartTime!.Value.Year, Is.EqualTo(milliseconds > 0 ? 9999 : 1));
        Assert.That(call.Duration, Is.EqualTo(milliseconds > 0 ? TimeSpan.MaxValue : TimeSpan.MinValue));
        Assert.That(call.StartTimestamp, Is.EqualTo(milliseconds), "the number itself stays");
    }
}
