using System.Net.Http.Headers;
using BenchmarkDotNet.Attributes;
using Retell.Models;

namespace Retell.Benchmarks;

/// <summary>One request through the facade, and by a bare HttpClient that reads the same classes.</summary>
public class RequestBenchmarks : IDisposable
{
    private const int Ways = 64;

    private LoopbackServer _server = null!;
    private RetellClient _retell = null!;
    private RetellClient _inMemory = null!;
    private HttpClient _http = null!;
    private HttpClient _httpInMemory = null!;

    internal Uri BaseUrl => _server.BaseUrl;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _server = await LoopbackServer.StartAsync().ConfigureAwait(false);
        _retell = Facade(_server.BaseUrl);
        _inMemory = Facade(_server.BaseUrl, new MemoryHandler());
        _http = Bare(_server.BaseUrl);
        _httpInMemory = Bare(_server.BaseUrl, new MemoryHandler());
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        Dispose();
        await _server.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _retell.Dispose();
        _inMemory.Dispose();
        _http.Dispose();
        _httpInMemory.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public Task<ICall> GetCall() => _retell.Calls.GetAsync("call_1");

    [Benchmark]
    public Task<ICall> GetCallBare() => GetAsync<ICall>(_http, "/v2/get-call/call_1");

    [Benchmark]
    public Task<ICall> GetCallInMemory() => _inMemory.Calls.GetAsync("call_1");

    [Benchmark]
    public Task<ICall> GetCallInMemoryBare() => GetAsync<ICall>(_httpInMemory, "/v2/get-call/call_1");

    /// <summary>Almost nothing to read: all that is left is the way there and back.</summary>
    [Benchmark]
    public Task<ConcurrencyInfo> GetConcurrency() => _retell.Concurrency.GetAsync();

    [Benchmark]
    public Task<ConcurrencyInfo> GetConcurrencyBare() => GetAsync<ConcurrencyInfo>(_http, "/get-concurrency");

    [Benchmark]
    public Task<ICall[]> GetCallConcurrently() => Task.WhenAll(Enumerable.Range(0, Ways).Select(_ => GetCall()));

    [Benchmark]
    public Task<ICall[]> GetCallConcurrentlyBare() => Task.WhenAll(Enumerable.Range(0, Ways).Select(_ => GetCallBare()));

    [Benchmark]
    [Arguments(5)]
    [Arguments(50)]
    public Task<KnowledgeBase> Upload(int megabytes) =>
        _retell.KnowledgeBases.CreateAsync("Manuals", files: [RetellFile.FromStream(new EmptyFile(megabytes * 1_000_000L), "manual.pdf")]);

    internal static RetellClient Facade(Uri baseUrl, HttpMessageHandler? handler = null) =>
        new(new RetellClientOptions { ApiKey = "key_of_a_benchmark", BaseUrl = baseUrl, HttpMessageHandler = handler });

    internal static HttpClient Bare(Uri baseUrl, HttpMessageHandler? handler = null)
    {
        var http = new HttpClient(handler ?? new SocketsHttpHandler()) { BaseAddress = baseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key_of_a_benchmark");
        return http;
    }

    internal static async Task<T> GetAsync<T>(HttpClient http, string path)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative)).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        using Stream content = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        return RetellJson.Deserialize<T>(content)!;
    }

    /// <summary>Zeros that are in no memory.</summary>
    private sealed class EmptyFile(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, length - Position);
            buffer[..count].Clear();
            Position += count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override long Seek(long offset, SeekOrigin origin) =>
            Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => length + offset };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
