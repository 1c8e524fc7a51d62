using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Retell.Tests.Readme;

/// <summary>A sample that serves on a port until it is stopped.</summary>
internal sealed class ServedSample : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];

    private ServedSample(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    /// <summary>Gets the lines that it has printed so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public static async Task<ServedSample> StartAsync(string name, params string[] options)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Retell.Samples.dll"), name, "--urls", url, .. options])
        {
            RedirectStandardOutput = true,
        };
        var sample = new ServedSample(new Process { StartInfo = start }, url);
        var listening = new TaskCompletionSource();
        sample._process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                listening.TrySetException(new InvalidOperationException($"{name} ended: {string.Join('\n', sample._lines)}"));
                return;
            }

            sample._lines.Enqueue(line.Data);
            if (line.Data == $"Listening on {url}")
            {
                listening.TrySetResult();
            }
        };
        sample._process.Start();
        sample._process.BeginOutputReadLine();
        await listening.Task;
        return sample;
    }

    /// <summary>Waits until a line is printed.</summary>
    public async Task WaitForAsync(string line)
    {
        while (!_lines.Contains(line))
        {
            Assert.That(_process.HasExited, Is.False, string.Join('\n', _lines));
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
