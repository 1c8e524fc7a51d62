using System.Diagnostics;
using Retell.Generated;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>The caller's own cancellation is no error of the SDK, and ends a call wherever it is, at once.</summary>
internal sealed class CancellationTests
{
    private static readonly TimeSpan s_atOnce = TimeSpan.FromMilliseconds(100);

    /// <summary>So that the measured calls do not pay for the first use of everything.</summary>
    [OneTimeSetUp]
    public async Task Warm_up()
    {
        using var server = RawServer.Silent(out Task reached);
        await CancelAsync(server.Url, reached, List);
    }

    [Test]
    public async Task Request_with_cancelled_token_is_not_sent()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);
        var token = new CancellationToken(canceled: true);

        OperationCanceledException error = (await Assert.CatchAsync<OperationCanceledException>(() => client.CallAsync(Read, cancellationToken: token)))!;

        Assert.That(error.CancellationToken, Is.EqualTo(token));
        Assert.That(handler.Sent, Is.Empty);
    }

    [Test]
    public async Task Request_cancelled_while_waiting_for_response_stops_immediately()
    {
        using var server = RawServer.Silent(out Task reached);

        (OperationCanceledException error, TimeSpan elapsed) = await CancelAsync(server.Url, reached, List);

        Assert.That(elapsed, Is.LessThan(s_atOnce));
        Assert.That(error.Message, Does.Contain("listThings was canceled by the caller"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Request_cancelled_while_reading_response_stops_immediately()
    {
        using var server = RawServer.Silent(out Task reached, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"id\":");

        (_, TimeSpan elapsed) = await CancelAsync(server.Url, reached, List);

        Assert.That(elapsed, Is.LessThan(s_atOnce));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Request_cancelled_during_retry_delay_stops_immediately()
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handler = new StubHandler(() =>
        {
            waiting.TrySetResult();
            return StubHandler.Error(429, ("Retry-After", "50"));
        });
        using var client = new RetellClient(new RetellClientOptions { ApiKey = Key, HttpMessageHandler = handler });
        using var cancellation = new CancellationTokenSource();
        Task<Thing> call = client.CallAsync(Dial, new Thing(), cancellationToken: cancellation.Token);
        await waiting.Task;
        await Task.Yield();

        (OperationCanceledException error, TimeSpan elapsed) = await CancelAsync(call, cancellation);

        Assert.That(error.CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That(elapsed, Is.LessThan(s_atOnce));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Upload_cancelled_while_reading_stream_stops_immediately()
    {
        using var server = RawServer.Dropping();
        using RetellClient client = Client(server.Url);
        using var cancellation = new CancellationTokenSource();
        using var slow = new EndlessStream();
        Task<Thing> call = client.CallAsync(Upload, new Thing { File = RetellFile.FromStream(slow, "a.txt") }, cancellationToken: cancellation.Token);
        await slow.Reached;

        (OperationCanceledException error, TimeSpan elapsed) = await CancelAsync(call, cancellation);

        Assert.That(error.CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That(elapsed, Is.LessThan(s_atOnce));
        Assert.That(slow.IsDisposed, Is.False);
    }

    [Test]
    public async Task RetellClient_disposed_during_request_throws_ObjectDisposedException()
    {
        using var server = RawServer.Silent(out Task reached);
        RetellClient client = Client(server.Url);
        Task<Thing> call = client.CallAsync(Dial, new Thing());
        await reached;

        client.Dispose();

        Assert.That(async () => await call, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => client.CallAsync(List, new Thing()), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(server.Requests, Has.Count.EqualTo(1));
        Assert.That(client.Dispose, Throws.Nothing);
    }

    private static async Task<(OperationCanceledException Error, TimeSpan Elapsed)> CancelAsync(Uri url, Task reached, ApiOperation operation)
    {
        using RetellClient client = Client(url);
        using var cancellation = new CancellationTokenSource();
        Task<Thing> call = client.CallAsync(operation, new Thing(), cancellationToken: cancellation.Token);
        await reached;
        (OperationCanceledException error, TimeSpan elapsed) = await CancelAsync(call, cancellation);
        Assert.That(error.CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That(call.IsCanceled, Is.True);
        return (error, elapsed);
    }

    private static async Task<(OperationCanceledException Error, TimeSpan Elapsed)> CancelAsync(Task<Thing> call, CancellationTokenSource cancellation)
    {
        var watch = Stopwatch.StartNew();
        await cancellation.CancelAsync();
        OperationCanceledException error = (await Assert.CatchAsync<OperationCanceledException>(() => call))!;
        return (error, watch.Elapsed);
    }

    private sealed class EndlessStream : MemoryStream
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public bool IsDisposed { get; private set; }

        public override bool CanSeek => false;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
