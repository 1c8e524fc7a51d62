using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retell.Models;
using Retell.Testing;
using Retell.Tests.Support;

namespace Retell.Tests.Scenarios;

/// <summary>A web application that hands objects of the API on: its JSON is that of the API.</summary>
internal sealed class AspNetCoreTests
{
    [Test]
    public async Task AspNetCore_endpoints_return_and_accept_API_models()
    {
        await using var api = new FakeRetellServer();
        using RetellClient retell = api.CreateClient();
        Agent agent = await retell.Agents.CreateAsync(
            new CreateAgentRequest { ResponseEngine = new ResponseEngineRetellLlm { LlmId = "llm_1" }, VoiceId = "retell-Cimo", AgentName = "Grüße 😀" });

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(retell);
        builder.Services.Configure<Microsoft.AspNetCore.Http.Json.JsonOptions>(
            options => options.SerializerOptions.DictionaryKeyPolicy = System.Text.Json.JsonNamingPolicy.CamelCase);
        builder.Services.AddControllers().AddApplicationPart(typeof(AspNetCoreTests).Assembly);
        await using WebApplication application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.MapGet("/agent/{id}", (string id, RetellClient client) => client.Agents.GetAsync(id));
        application.MapPost("/call", (ICall call) => Results.Ok(call));
        application.MapControllers();
        await application.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };

        JsonEquivalence.AssertSame(RetellJson.Serialize(agent), await http.GetStringAsync(new Uri("/agent/" + agent.AgentId, UriKind.Relative)));
        JsonEquivalence.AssertSame($$"""{"found":{{RetellJson.Serialize(agent)}}}""", await http.GetStringAsync(new Uri("/agents/" + agent.AgentId, UriKind.Relative)));
        const string Call = """{"call_type":"phone_call","call_id":"a","metadata":{"Upper":1e400},"newer":[null]}""";
        using HttpResponseMessage answer = await http.PostAsync(new Uri("/call", UriKind.Relative), new StringContent(Call, Encoding.UTF8, "application/json"));
        JsonEquivalence.AssertSame(Call, await answer.Content.ReadAsStringAsync());
        Agent read = (await http.GetFromJsonAsync<Agent>(new Uri("/agent/" + agent.AgentId, UriKind.Relative)))!;
        Assert.That(RetellJson.Serialize(read), Is.EqualTo(RetellJson.Serialize(agent)));
        using HttpResponseMessage refused = await http.PostAsync(new Uri("/call", UriKind.Relative), new StringContent("5", Encoding.UTF8, "application/json"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}

/// <summary>The same by a controller of MVC.</summary>
[ApiController]
[Route("agents")]
public sealed class AgentsController(RetellClient retell) : ControllerBase
{
    /// <summary>An object of the API in one of the application.</summary>
    [HttpGet("{id}")]
    public async Task<object> Get(string id) => new { Found = await retell.Agents.GetAsync(id) };
}
