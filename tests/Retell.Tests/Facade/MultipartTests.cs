using System.Net;
using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>Uploads as the API wants them, and as often as a stream allows.</summary>
internal sealed class MultipartTests
{
    [Test]
    public async Task Multipart_form_is_written_byte_for_byte()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);
        var body = new Thing
        {
            Id = "Grüße",
            Count = 1703302407333,
            Ratio = 0.5,
            Flag = true,
            Texts = ["https://a", "b\"c"],
            Things = [new Thing { Id = "t" }],
            Files = [RetellFile.FromBytes("one"u8.ToArray(), "ä \"1\"\r\n.pdf"), RetellFile.FromStream(new MemoryStream("two"u8.ToArray()), "b.txt")],
            File = RetellFile.FromBytes("zero"u8.ToArray(), "z", "audio/x"),
            AdditionalProperties = { ["newer"] = new JArray(1, 2), ["nothing"] = JValue.CreateNull(), ["more"] = 7 },
        };

        await client.CallAsync(Upload, body);

        SentRequest sent = handler.Sent[0];
        string boundary = sent.Headers["Content-Type"]["multipart/form-data; boundary=".Length..];
        string Part(string head, string content) => $"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n";
        Assert.That(sent.Headers["Content-Type"], Does.Match("^multipart/form-data; boundary=retell-[0-9a-f]{32}$"));
        Assert.That(sent.Body, Is.EqualTo(
            Part("name=\"type\"", "thing")
            + Part("name=\"id\"", "Grüße")
            + Part("name=\"count\"", "1703302407333")
            + Part("name=\"ratio\"", "0.5")
            + Part("name=\"flag\"", "true")
            + Part("name=\"things\"", """[{"type":"thing","id":"t"}]""")
            + Part("name=\"texts\"", """["https://a","b\"c"]""")
            + Part("name=\"file\"; filename=\"z\"\r\nContent-Type: audio/x", "zero")
            + Part("name=\"files\"; filename=\"ä %221%22%0D%0A.pdf\"\r\nContent-Type: application/pdf", "one")
            + Part("name=\"files\"; filename=\"b.txt\"\r\nContent-Type: text/plain", "two")
            + Part("name=\"newer\"", "[1,2]")
            + Part("name=\"more\"", "7")
            + $"--{boundary}--\r\n"));
        Assert.That(sent.Headers["Content-Length"], Is.EqualTo(Encoding.UTF8.GetByteCount(sent.Body).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public async Task Multipart_null_property_has_no_part()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.CallAsync(Upload, new Thing { Id = null, Count = null, Files = [] });

        Assert.That(handler.Sent[0].Body.Split("Content-Disposition"), Has.Length.EqualTo(2), handler.Sent[0].Body);
    }

    [Test]
    public async Task Multipart_retry_reopens_and_closes_each_file()
    {
        var opened = new List<TrackedStream>();
        using var handler = new StubHandler(() => StubHandler.Error(500), () => StubHandler.Error(500), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);
        var seekable = new TrackedStream("..seekable");
        seekable.Position = 2;
        var body = new Thing
        {
            File = RetellFile.FromStream(seekable, "a.txt"),
            Files = [RetellFile.FromFactory(_ =>
            {
                opened.Add(new TrackedStream("factory"));
                return Task.FromResult<Stream>(opened[^1]);
            }, "b.txt"), RetellFile.FromStream(seekable, "c.txt")],
        };

        await client.CallAsync(Upload, body);

        Assert.That(handler.Sent.Select(sent => sent.Body).Distinct().Count(), Is.EqualTo(1));
        Assert.That(handler.Sent[0].Body, Does.Contain("\r\n\r\nseekable\r\n").And.Contain("\r\n\r\nfactory\r\n"));
        Assert.That(handler.Sent[0].Body.Split("\r\n\r\nseekable\r\n"), Has.Length.EqualTo(3));
        Assert.That(opened, Has.Count.EqualTo(3).And.All.Matches<TrackedStream>(stream => stream!.IsDisposed));
        Assert.That(seekable.IsDisposed, Is.False);
    }

    [Test]
    public async Task Multipart_file_of_unknown_size_is_sent_chunked()
    {
        using var server = RawServer.Answering(RawServer.Response(200, "{}"));
        using RetellClient client = Client(server.Url);

        await client.CallAsync(Upload, new Thing { File = RetellFile.FromFactory(_ => Task.FromResult<Stream>(new MemoryStream(new byte[200_000])), "b.bin") });

        Assert.That(server.Requests[0], Does.Contain("Transfer-Encoding: chunked").And.Contain("filename=\"b.bin\""));
        Assert.That(server.Requests[0].Count(c => c == '\0'), Is.EqualTo(200_000));
    }

    [Test]
    public async Task Multipart_unseekable_stream_is_not_retried([Values(429, 500)] int status)
    {
        using var handler = new StubHandler(() => StubHandler.Error(status));
        using RetellClient client = Client(handler);
        var stream = new TrackedStream("once") { IsSeekable = false };

        RetellApiException error = (await Assert.CatchAsync<RetellApiException>(() => client.CallAsync(Upload, new Thing { File = RetellFile.FromStream(stream, "a.txt") })))!;

        Assert.That(error.Attempts, Is.EqualTo(1));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
        Assert.That(stream.IsDisposed, Is.False);
    }

    [Test]
    public async Task Multipart_unread_unseekable_stream_is_retried()
    {
        using RetellClient client = Client(RawServer.Refusing());
        var stream = new TrackedStream("once") { IsSeekable = false };

        RetellConnectionException error = (
            await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Upload, new Thing { File = RetellFile.FromStream(stream, "a.txt") })))!;

        Assert.That(error.Attempts, Is.EqualTo(3));
    }

    [Test]
    public async Task Multipart_unreadable_file_throws_with_file_name_and_is_not_retried([Values] bool isOpening)
    {
        using var server = RawServer.Answering(RawServer.Response(200, "{}"));
        using RetellClient client = Client(server.Url);
        int opened = 0;
        RetellFile file = RetellFile.FromFactory(_ =>
        {
            opened++;
            return isOpening
                ? throw new UnauthorizedAccessException("locked")
                : Task.FromResult<Stream>(new TrackedStream("x") { Failure = new UnauthorizedAccessException("locked") });
        }, "secret.txt");

        RetellException error = (await Assert.ThrowsAsync<RetellException>(() => client.CallAsync(Upload, new Thing { File = file })))!;

        Assert.That(error.Message, Is.EqualTo("uploadThing: the file \"secret.txt\" could not be read: locked"));
        Assert.That(opened, Is.EqualTo(1));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public void Multipart_file_that_changes_size_throws_with_file_name([Values("longer than before", "")] string content)
    {
        using var server = RawServer.Answering(RawServer.Response(200, "{}"));
        using RetellClient client = Client(server.Url);
        var stream = new TrackedStream("before");
        RetellFile file = RetellFile.FromStream(stream, "log.txt");
        stream.SetLength(0);
        stream.Write(Encoding.UTF8.GetBytes(content));

        Assert.That(
            () => client.CallAsync(Upload, new Thing { File = file }),
            Throws.TypeOf<RetellException>().With.Message.Contains("\"log.txt\"").And.Message.Contains("6 bytes"));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public void RetellFile_in_JSON_body_throws()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(List, new Thing { File = RetellFile.FromBytes([], "a.txt") }), Throws.InstanceOf<RetellSerializationException>());
        Assert.That(handler.Sent, Is.Empty);
    }

    private sealed class TrackedStream : MemoryStream
    {
        public TrackedStream(string text)
        {
            Write(Encoding.UTF8.GetBytes(text));
            Position = 0;
        }

        public bool IsSeekable { get; init; } = true;

        public Exception? Failure { get; init; }

        public bool IsDisposed { get; private set; }

        public override bool CanSeek => IsSeekable;

        public override int Read(byte[] buffer, int offset, int count) => Failure is null ? base.Read(buffer, offset, count) : throw Failure;

        public override int Read(Span<byte> buffer) => Failure is null ? base.Read(buffer) : throw Failure;

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
