using Retell.Testing;

namespace Retell.Tests.Testing;

public class FakeClockTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Test]
    public void FakeClock_time_changes_only_when_advanced()
    {
        var clock = new FakeClock(s_start);
        long before = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromSeconds(90));

        Assert.That(clock.GetUtcNow(), Is.EqualTo(s_start.AddSeconds(90)));
        Assert.That(clock.GetElapsedTime(before), Is.EqualTo(TimeSpan.FromSeconds(90)));
        Assert.That(() => clock.Advance(TimeSpan.FromTicks(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(new FakeClock().GetUtcNow(), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public void FakeClock_timers_fire_at_due_time()
    {
        var clock = new FakeClock(s_start);
        var seen = new List<string>();
        using ITimer once = clock.CreateTimer(_ => See("once"), null, TimeSpan.FromSeconds(25), Timeout.InfiniteTimeSpan);
        using ITimer often = clock.CreateTimer(_ => See("often"), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        using ITimer never = clock.CreateTimer(_ => See("never"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        never.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.That(seen, Is.EqualTo(new[] { "often 10", "often 20", "once 25", "often 30" }));

        void See(string name) => seen.Add($"{name} {(clock.GetUtcNow() - s_start).TotalSeconds}");
    }

    [Test]
    public async Task FakeClock_TaskDelay_completes_when_advanced()
    {
        var clock = new FakeClock(s_start);
        Task delay = Task.Delay(TimeSpan.FromMinutes(5), clock);
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.That(delay.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromMinutes(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
