using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Http;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>What stands on the wire, and what is read off it.</summary>
internal sealed class RequestTests
{
    private static readonly bool s_isNetStandard =
        typeof(RetellClient).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName.StartsWith(".NETStandard", StringComparison.Ordinal);

    /// <summary>netstandard2.0 has no Brotli.</summary>
    private static readonly string[] s_encodings = s_isNetStandard ? ["gzip"] : ["gzip", "br"];

    [Test]
    public async Task Request_with_body_sends_exact_headers_and_body()
    {
        using var server = RawServer.Answering(RawServer.Response(201, "{}"));
        using RetellClient client = Client(server.Url, configure: options => options.ApiKey = "key_x");

        await client.CallAsync(Dial, new Thing { Id = "ü€😀", Count = 1703302407333 });

        string[] lines = server.Requests[0].Split("\r\n");
        Assert.That(lines[0], Is.EqualTo("POST /v2/create-phone-call HTTP/1.1"));
        Assert.That(lines[1..^2].Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            s_isNetStandard ? "Accept-Encoding: gzip, deflate" : "Accept-Encoding: gzip, deflate, br",
            "Accept: application/json",
            "Authorization: Bearer key_x",
            "Content-Length: 55",
            "Content-Type: application/json",
            $"Host: 127.0.0.1:{server.Port}",
            "User-Agent: retell-dotnet/0.1.0",
        }.Order(StringComparer.Ordinal)));
        Assert.That(lines[^1], Is.EqualTo("""{"type":"thing","id":"ü€😀","count":1703302407333}"""));
    }

    [Test]
    public async Task Request_without_body_has_no_Content_Type()
    {
        using var server = RawServer.Answering(RawServer.Response(200, ""));
        using RetellClient client = Client(server.Url);

        await client.VoidAsync(Rerun);
        await client.VoidAsync(Delete);

        Assert.That(server.Requests[0], Does.StartWith("PUT /rerun-analysis/thing_1 ").And.Contain("Content-Length: 0").And.Contain("Accept: */*").And.Not.Contain("Content-Type"));
        Assert.That(server.Requests[1], Does.StartWith("DELETE /delete-thing/thing_1 ").And.Contain("Content-Length: 0").And.Not.Contain("Content-Type"));
    }

    [TestCase("+14157774444", "%2B14157774444")]
    [TestCase("a/b", "a%2Fb")]
    [TestCase("ü", "%C3%BC")]
    [TestCase("a/../b", "a%2F..%2Fb")]
    [TestCase("%2e%2e", "%252e%252e")]
    [TestCase("a b?c#d&e", "a%20b%3Fc%23d%26e")]
    public async Task Request_ids_in_path_and_query_are_percent_encoded(string id, string encoded)
    {
        using var server = RawServer.Answering(RawServer.Response(200, "{}"));
        using RetellClient client = Client(server.Url);

        await client.Transport.InvokeAsync(new ApiRequest(Read).WithPath("thing_id", id).WithQuery("q", id), Codec.Object<Thing>(), null, default);

        Assert.That(server.Requests[0], Does.StartWith($"GET /get-thing/{encoded}?q={encoded} HTTP/1.1\r\n"));
    }

    [Test]
    public async Task RequestOptions_Headers_add_and_replace_default_headers()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, configure: options =>
        {
            options.DefaultHeaders["X-A"] = "client";
            options.DefaultHeaders["X-B"] = "client";
            options.DefaultHeaders["user-agent"] = "mine/1";
        });
        var own = new RequestOptions { Headers = { ["x-b"] = "call", ["Accept"] = "text/plain", ["Content-Type"] = "application/vnd.x+json", ["X-C"] = "a\tb" } };

        await client.CallAsync(List, new Thing(), own);

        IReadOnlyDictionary<string, string> headers = handler.Sent[0].Headers;
        Assert.Multiple(() =>
        {
            Assert.That(headers["X-A"], Is.EqualTo("client"));
            Assert.That(headers["X-B"], Is.EqualTo("call"));
            Assert.That(headers["User-Agent"], Is.EqualTo("mine/1"));
            Assert.That(headers["Accept"], Is.EqualTo("text/plain"));
            Assert.That(headers["Content-Type"], Is.EqualTo("application/vnd.x+json"));
            Assert.That(headers["X-C"], Is.EqualTo("a\tb"));
        });
    }

    [Test]
    public async Task Response_with_any_2xx_status_is_read([Values(200, 201, 202, 203, 206)] int status)
    {
        using var handler = new StubHandler(() => StubHandler.Json("""{"id":"a"}""", status));
        using RetellClient client = Client(handler);

        Assert.That((await client.CallAsync(Read)).Id, Is.EqualTo("a"));
    }

    [Test]
    public void Delete_with_any_success_body_succeeds([Values("", "OK", "{}", "<html>")] string body)
    {
        using var handler = new StubHandler(() => StubHandler.Text(body, "text/plain", 200), () => new HttpResponseMessage(HttpStatusCode.NoContent));
        using RetellClient client = Client(handler);

        Assert.That(() => client.VoidAsync(Delete), Throws.Nothing);
        Assert.That(() => client.VoidAsync(Delete), Throws.Nothing);
    }

    [Test]
    public async Task Response_with_compressed_body_is_read([ValueSource(nameof(s_encodings))] string encoding, [Values] bool isInjected)
    {
        byte[] body = Compress("""{"id":"zipped"}""", encoding);
        using var server = new RawServer(async (_, _, stream, token) =>
        {
            await RawServer.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {body.Length}\r\n\r\n", token);
            await stream.WriteAsync(body, token);
            return false;
        });
        using var plain = new SocketsHttpHandler();
        using RetellClient client = Client(server.Url, configure: options => options.HttpMessageHandler = isInjected ? plain : null);

        Assert.That((await client.CallAsync(Read)).Id, Is.EqualTo("zipped"));
    }

    [Test]
    public void Response_with_truncated_gzip_body_throws_and_is_not_retried()
    {
        byte[] body = Compress($$"""{"id":"{{string.Concat(Enumerable.Range(0, 2000))}}"}""", "gzip")[..500];
        using var handler = new StubHandler(() => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentEncoding = { "gzip" } } },
        });
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Dial, new Thing()), Throws.InstanceOf<RetellConnectionException>().Or.InstanceOf<RetellSerializationException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Response_with_byte_order_mark_and_whitespace_is_read()
    {
        using var handler = new StubHandler(() => new HttpResponseMessage { Content = new ByteArrayContent([.. Encoding.UTF8.Preamble, .. " \n{\"id\":\"a\"}\n "u8]) });
        using RetellClient client = Client(handler);

        Assert.That((await client.CallAsync(Read)).Id, Is.EqualTo("a"));
    }

    [Test]
    public async Task Response_string_that_looks_like_date_stays_string()
    {
        const string Date = "2026-11-21T08:00:00.000Z";
        using var handler = new StubHandler(() => StubHandler.Json($$"""{"id":"{{Date}}","new":"{{Date}}","any":"{{Date}}"}"""));
        using RetellClient client = Client(handler);

        Thing thing = await client.CallAsync(Read);

        Assert.That(thing.Id, Is.EqualTo(Date));
        Assert.That(new[] { thing.AdditionalProperties["new"], thing.Any }.Select(token => token!.Type), Has.All.EqualTo(JTokenType.String));
    }

    [Test]
    public async Task Request_and_response_of_12_MB_are_sent_and_read()
    {
        string text = string.Concat(Enumerable.Repeat("Grüße €😀 ", 1_000_000));
        using var handler = new StubHandler(() => StubHandler.Json(new JObject { ["id"] = text }.ToString()));
        using RetellClient client = Client(handler);

        Thing thing = await client.CallAsync(List, new Thing { Id = text });

        Assert.That(thing.Id, Is.EqualTo(text));
        Assert.That(JObject.Parse(handler.Sent[0].Body)["id"]!.Value<string>(), Is.EqualTo(text));
    }

    [Test]
    public async Task PooledBuffer_returns_written_bytes([Values(0, 1, 4095, 4096, 4097, 69632, 69633, 300_000)] int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        using var source = new PooledBuffer();
        using (Stream writer = source.OpenWrite())
        {
            for (int at = 0; at < length; at += 1000)
            {
                writer.Write(bytes, at, Math.Min(1000, length - at));
            }
        }

        using var copy = new PooledBuffer();
        bool isAll = await copy.FillAsync(source.OpenRead(), long.MaxValue, default);
        using var cut = new PooledBuffer();
        bool isCutAll = await cut.FillAsync(source.OpenRead(), 4097, default);
        var target = new MemoryStream();
        await copy.CopyToAsync(target, default);

        Assert.That(isAll, Is.True);
        Assert.That(copy.Length, Is.EqualTo(length));
        Assert.That(target.ToArray(), Is.EqualTo(bytes));
        Assert.That(isCutAll, Is.EqualTo(length < 4097));
        Assert.That(cut.Length, Is.EqualTo(Math.Min(length, 4097)));
    }

    /// <summary>A sender may be late: it must never see the bytes of another call.</summary>
    [Test]
    public async Task PooledBuffer_disposed_while_copying_keeps_its_bytes()
    {
        var buffer = new PooledBuffer();
        await buffer.FillAsync(new MemoryStream("first"u8.ToArray()), long.MaxValue, default);
        var slow = new GatedStream();
        Task copying = buffer.CopyToAsync(slow, default);
        buffer.Dispose();
        var next = new PooledBuffer();
        await next.FillAsync(new MemoryStream("other"u8.ToArray()), long.MaxValue, default);

        slow.Open();
        await copying;

        Assert.That(Encoding.UTF8.GetString(slow.ToArray()), Is.EqualTo("first"));
        Assert.That(() => buffer.CopyToAsync(new MemoryStream(), default), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Requests_in_parallel_receive_their_own_responses()
    {
        using var handler = new EchoHandler();
        using RetellClient client = Client(handler);

        Thing[] things = await Task.WhenAll(
            Enumerable.Range(0, 500).Select(i => Task.Run(() => client.CallAsync(List, new Thing { Id = new string((char)('a' + (i % 26)), i * 20), Count = i }))));

        Assert.That(things.Select(thing => thing.Count), Is.EqualTo(Enumerable.Range(0, 500)));
        Assert.That(things, Has.All.Matches<Thing>(thing => thing!.Id == new string((char)('a' + (thing.Count!.Value % 26)), (int)thing.Count.Value * 20)));
    }

    private static byte[] Compress(string text, string encoding)
    {
        var bytes = new MemoryStream();
        using (Stream stream = encoding == "br" ? new BrotliStream(bytes, CompressionLevel.Fastest) : new GZipStream(bytes, CompressionLevel.Fastest))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private sealed class EchoHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            await Task.Yield();
            return new HttpResponseMessage { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        }
    }

    private sealed class GatedStream : MemoryStream
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _gate.SetResult();

        public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            await WriteAsync(buffer.AsMemory(offset, count), cancellationToken);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _gate.Task;
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
