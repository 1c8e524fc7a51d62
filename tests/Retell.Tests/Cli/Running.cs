namespace Retell.Tests.Cli;

/// <summary>A command that runs in this process until it is stopped.</summary>
internal sealed class Running : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly FlushedWriter _output = new();
    private readonly Task<CliRun> _run;

    public Running(params string[] args) =>
        _run = CliRun.RunAsync(args, environment => environment with { Output = _output }, _stop.Token);

    /// <summary>Returns the lines that it prints when it is ready.</summary>
    public async Task<string[]> ReadyAsync()
    {
        await Task.WhenAny(_output.Flushed, _run);
        return _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    public async Task<CliRun> StopAsync()
    {
        await _stop.CancelAsync();
        return await _run;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _output.Dispose();
    }

    private sealed class FlushedWriter : StringWriter
    {
        private readonly TaskCompletionSource _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Flushed => _flushed.Task;

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _flushed.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
