using System.Net;
using System.Net.Sockets;
using Retell.Generated;
using Retell.Models;
using Retell.Testing;

namespace Retell.Tests.Testing;

public class FakeServerTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task FakeServer_CreateClient_returns_configured_client(bool listens)
    {
        await using FakeRetellServer server = listens ? await FakeRetellServer.StartAsync() : new FakeRetellServer();
        using RetellClient retell = server.CreateClient(o => o.MaxRetries = 0);
        var calls = new CallsClient(retell.Transport);

        PhoneCall call = await calls.CreatePhoneCallAsync(new() { FromNumber = "+14155550100", ToNumber = "+14155550101" });
        ICall read = await calls.GetCallAsync(call.CallId);

        Assert.That(read.CallId, Is.EqualTo(call.CallId));
        Assert.That(server.Requests.Invalid(), Is.Empty);
        Assert.That(() => calls.GetCallAsync("call_nobody"), Throws.TypeOf<RetellUnprocessableException>());
    }

    [Test]
    public async Task FakeServer_listens_on_loopback_until_disposed()
    {
        FakeRetellServer server = await FakeRetellServer.StartAsync();
        Assert.That(IPAddress.IsLoopback(IPAddress.Parse(server.BaseUrl.Host)));
        await server.DisposeAsync();
        await server.DisposeAsync();

        using var socket = new TcpClient();
        Assert.That(() => socket.ConnectAsync(server.BaseUrl.Host, server.BaseUrl.Port), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public async Task FakeServer_several_instances_are_independent()
    {
        await using FakeRetellServer one = await FakeRetellServer.StartAsync();
        await using FakeRetellServer other = await FakeRetellServer.StartAsync();
        one.SeedCalls(1);

        Assert.That(one.BaseUrl, Is.Not.EqualTo(other.BaseUrl));
        using RetellClient retell = other.CreateClient();
        await new CallsClient(retell.Transport).ListCallsAsync(new());
        Assert.That((one.Requests.Count, other.Requests.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task FakeServer_socket_and_handler_share_data()
    {
        await using FakeRetellServer server = await FakeRetellServer.StartAsync();
        using RetellClient bySocket = server.CreateClient();
        using RetellClient byHandler = server.CreateClient(o => o.HttpMessageHandler = server.CreateHandler());

        Agent agent = await new AgentsClient(bySocket.Transport).CreateAgentAsync(new() { VoiceId = "v", ResponseEngine = new ResponseEngineRetellLlm { LlmId = "llm_1" } });
        Agent read = await new AgentsClient(byHandler.Transport).GetAgentAsync(agent.AgentId);

        Assert.That(RetellJson.Serialize(read), Is.EqualTo(RetellJson.Serialize(agent)));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task FakeServer_large_upload_is_received_completely()
    {
        await using FakeRetellServer server = await FakeRetellServer.StartAsync();
        using RetellClient retell = server.CreateClient();
        byte[] content = new byte[40_000_000];
        new Random(1).NextBytes(content);

        await new KnowledgeBasesClient(retell.Transport).CreateKnowledgeBaseAsync(
            new() { KnowledgeBaseName = "a", KnowledgeBaseFiles = [RetellFile.FromBytes(content, "ü \"1\".bin")] });

        FakeRequestPart file = server.Requests.Only("createKnowledgeBase").Parts.Single(p => p.FileName is not null);
        Assert.That(file.Content.Span.SequenceEqual(content));
    }
}
