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
    public async Task A_client_of_the_fake_is_ready_for_use(bool listens)
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
    public async Task It_listens_on_the_loopback_address_until_it_is_disposed()
    {
        FakeRetellServer server = await FakeRetellServer.StartAsync();
        Assert.That(IPAddress.IsLoopback(IPAddress.Parse(server.BaseUrl.Host)));
        await server.DisposeAsync();
        await server.DisposeAsync();

        using var socket = new TcpClient();
        Assert.That(() => socket.ConnectAsync(server.BaseUrl.Host, server.BaseUrl.Port), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public async Task Several_run_side_by_side()
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
    public async Task A_socket_and_a_handler_lead_to_the_same_things()
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
    public async Task A_large_upload_arrives_whole()
    {
        await using FakeRetellServer server = await FakeRetellServer.StartAsync();
        using RetellClient retell = server.CreateClient();
        byte[] content = new byte[40_000_000];
        new Random(1).NextBytes(content);

        await new KnowledgeBasesClient(retell.Transport).CreateKnowledgeBaseAsync(new() { KnowledgeBaseName = "a", KnowledgeBaseFiles = [RetellFile.FromBytes(content, "ü \"1\".bin")] });

        FakeRequestPart file = server.Requests.Only("createKnowledgeBase").Parts.Single(p => p.FileName is not null);
        Assert.That(file.Content.Span.SequenceEqual(content));
    }
}
