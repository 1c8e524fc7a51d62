using System.Diagnostics;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>How a client is made, what it owns, and what its options take.</summary>
[NonParallelizable]
internal sealed class ClientTests
{
    [TearDown]
    public void Clear()
    {
        Environment.SetEnvironmentVariable("RETELL_API_KEY", null);
        Environment.SetEnvironmentVariable("RETELL_BASE_URL", null);
    }

    [SetUp]
    public void Start() => Clear();

    [Test]
    public void Without_a_key_there_is_no_client()
    {
        Assert.That(() => new RetellClient(), Throws.InstanceOf<RetellException>().With.Message.Contains("RETELL_API_KEY").And.Message.Contains("new RetellClient("));
        Assert.That(() => new RetellClient(new RetellClientOptions { ApiKey = " " }), Throws.InstanceOf<RetellException>().With.Message.Contains("RETELL_API_KEY"));
        Assert.That(() => new RetellClient(""), Throws.InstanceOf<RetellException>().With.Message.Contains("RETELL_API_KEY"));
        Assert.That(() => new RetellClient((string)null!), Throws.InstanceOf<RetellException>());
        Assert.That(() => new RetellClient((RetellClientOptions)null!), Throws.ArgumentNullException);
    }

    [Test]
    public async Task The_environment_has_key_and_URL()
    {
        using var server = RawServer.Answering(RawServer.Response(200, "{}"));
        Environment.SetEnvironmentVariable("RETELL_API_KEY", "key_env\n");
        Environment.SetEnvironmentVariable("RETELL_BASE_URL", server.Url + "prefix/");
        using var client = new RetellClient();

        await client.CallAsync(Read);

        Assert.That(server.Requests[0], Does.StartWith("GET /prefix/get-thing/thing_1 HTTP/1.1\r\n").And.Contain("Authorization: Bearer key_env\r\n"));
    }

    [Test]
    public async Task What_is_passed_in_comes_before_the_environment()
    {
        Environment.SetEnvironmentVariable("RETELL_API_KEY", "key_env");
        Environment.SetEnvironmentVariable("RETELL_BASE_URL", "http://env.invalid");
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler, configure: options =>
        {
            options.ApiKey = " key_own ";
            options.BaseUrl = new Uri("https://own.invalid");
        });

        await client.CallAsync(Read);

        Assert.That(handler.Sent[0].Uri, Is.EqualTo(new Uri("https://own.invalid/get-thing/thing_1")));
        Assert.That(handler.Sent[0].Headers["Authorization"], Is.EqualTo("Bearer key_own"));
    }

    [Test]
    public void The_API_is_where_it_is()
    {
        using var client = new RetellClient("key_x");

        Assert.That(client.BaseUrl, Is.EqualTo(new Uri("https://api.retellai.com")));
    }

    [TestCase("RETELL_BASE_URL", "api.retellai.com")]
    [TestCase("RETELL_BASE_URL", "ftp://api.retellai.com")]
    [TestCase("RETELL_API_KEY", "key x")]
    public void A_wrong_variable_is_named(string variable, string value)
    {
        Environment.SetEnvironmentVariable("RETELL_API_KEY", "key_x");
        Environment.SetEnvironmentVariable(variable, value);

        Assert.That(() => new RetellClient(), Throws.InstanceOf<RetellException>().With.Message.Contains(variable));
    }

    [TestCase("https://x.invalid")]
    [TestCase("https://x.invalid/")]
    public async Task The_base_URL_may_have_a_slash_and_a_prefix(string host)
    {
        foreach ((string prefix, string path) in new[] { ("", ""), (host.EndsWith('/') ? "a/b" : "/a/b", "/a/b"), (host.EndsWith('/') ? "a/b/" : "/a/b/", "/a/b") })
        {
            using var handler = new StubHandler(() => StubHandler.Json("{}"));
            using RetellClient client = Client(handler, configure: options => options.BaseUrl = new Uri(host + prefix));

            await client.CallAsync(Read);

            Assert.That(handler.Sent[0].Uri.AbsoluteUri, Is.EqualTo($"https://x.invalid{path}/get-thing/thing_1"));
        }
    }

    [Test]
    public void Wrong_options_are_refused_where_they_are_set()
    {
        var options = new RetellClientOptions();

        Assert.Multiple(() =>
        {
            Assert.That(() => options.ApiKey = "key\r\nX: y", Throws.ArgumentException.With.Message.Not.Contains("X: y"));
            Assert.That(() => options.ApiKey = "kéy", Throws.ArgumentException);
            Assert.That(() => options.ApiKey = "\"key\"", Throws.ArgumentException);
            Assert.That(() => options.BaseUrl = new Uri("/v2", UriKind.Relative), Throws.ArgumentException.With.Message.Contains("absolute"));
            Assert.That(() => options.BaseUrl = new Uri("ws://x"), Throws.ArgumentException);
            Assert.That(() => options.BaseUrl = new Uri("https://x?y=z"), Throws.ArgumentException);
            Assert.That(() => options.BaseUrl = new Uri("https://user@x"), Throws.ArgumentException);
            Assert.That(() => options.Timeout = TimeSpan.Zero, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("InfiniteTimeSpan"));
            Assert.That(() => options.Timeout = TimeSpan.MaxValue, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => options.TotalTimeout = TimeSpan.FromSeconds(-5), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => options.MaxRetries = -1, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("negative"));
            Assert.That(() => options.Resilience = null!, Throws.ArgumentNullException);
            Assert.That(() => options.MaxResponseSize = 0, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => options.Timeout = Timeout.InfiniteTimeSpan, Throws.Nothing);
            Assert.That(() => options.TotalTimeout = null, Throws.Nothing);
        });
    }

    [TestCase("a b", "x")]
    [TestCase("", "x")]
    [TestCase("a:b", "x")]
    [TestCase("a", "x\r\nb: y")]
    [TestCase("a", "ü")]
    public void Wrong_headers_are_refused(string name, string value)
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(() => Client(handler, configure: options => options.DefaultHeaders[name] = value), Throws.ArgumentException);
        Assert.That(() => client.CallAsync(Read, options: new RequestOptions { Headers = { [name] = value } }), Throws.ArgumentException);
        Assert.That(handler.Sent, Is.Empty);
    }

    [Test]
    public void Wrong_request_options_are_refused()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Read, options: new RequestOptions { Timeout = TimeSpan.Zero }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => client.CallAsync(Read, options: new RequestOptions { MaxRetries = -1 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_client_and_a_handler_are_one_too_many()
    {
        using var http = new HttpClient();
        using var handler = new StubHandler(() => StubHandler.Json("{}"));

        Assert.That(() => new RetellClient(new RetellClientOptions { ApiKey = "k", HttpClient = http, HttpMessageHandler = handler }),
            Throws.InstanceOf<RetellException>().With.Message.Contains("not both"));
    }

    [Test]
    public async Task What_was_passed_in_is_not_disposed_and_not_changed()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using var http = new HttpClient(handler, disposeHandler: false);
        Client(handler).Dispose();
        using (RetellClient client = Client(handler, configure: options => (options.HttpMessageHandler, options.HttpClient) = (null, http)))
        {
            await client.CallAsync(Read);
        }

        Assert.That(handler.IsDisposed, Is.False);
        Assert.That((await http.GetAsync(new Uri("http://x.invalid"))).IsSuccessStatusCode, Is.True);
        Assert.That(http.DefaultRequestHeaders, Is.Empty);
        Assert.That(http.Timeout, Is.EqualTo(TimeSpan.FromSeconds(100)));
        Assert.That(http.BaseAddress, Is.Null);
    }

    [Test]
    public async Task Later_changes_of_the_options_do_not_reach_the_client()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        RetellClientOptions? mine = null;
        using RetellClient client = Client(handler, configure: options =>
        {
            mine = options;
            options.DefaultHeaders["X-A"] = "1";
        });
        mine!.ApiKey = "key_other";
        mine.DefaultHeaders["X-A"] = "2";

        await client.CallAsync(Read);

        Assert.That(handler.Sent[0].Headers["Authorization"], Is.EqualTo("Bearer " + Key));
        Assert.That(handler.Sent[0].Headers["X-A"], Is.EqualTo("1"));
    }

    [Test]
    public void Nothing_shows_the_key()
    {
        var options = new RetellClientOptions { ApiKey = Key };
        using var client = new RetellClient(options);

        Assert.That(options.ToString(), Does.Not.Contain(Key).And.Contain("***"));
        Assert.That(client.ToString(), Is.EqualTo("RetellClient (https://api.retellai.com/)"));
        Assert.That(typeof(RetellClient).GetCustomAttributes(typeof(DebuggerDisplayAttribute), true), Is.Empty);
    }

    [Test]
    public async Task Connections_are_used_again()
    {
        using var server = new RawServer(async (_, _, stream, token) =>
        {
            await RawServer.WriteAsync(stream, RawServer.Response(200, "{}"), token);
            return true;
        });
        using RetellClient client = Client(server.Url);
        for (int i = 0; i < 5; i++)
        {
            await client.CallAsync(Read);
        }

        Assert.That(server.Requests, Has.Count.EqualTo(5));
        Assert.That(server.Connections, Is.EqualTo(1));
    }
}
