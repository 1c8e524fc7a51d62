using Newtonsoft.Json.Linq;
using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class NewerApi
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        server.Seed(new Agent { AgentId = "agent_1" });
        using var retell = new RetellClient();

        #region newer
        var engine = RetellJson.Deserialize<IResponseEngine>("""{"type": "mind-reader", "power": 9}""");
        if (engine is UnknownVariant unknown)
        {
            Console.WriteLine(unknown.AdditionalProperties["power"]);
        }

        var tool = new EndCallTool { Name = "end" };
        tool.AdditionalProperties["brand_new"] = true;           // a member that this version does not know
        AgentLanguage language = "tlh-KL";                       // any value of an enumeration

        // One request with members, parameters and headers of its own …
        await retell.Agents.UpdateAsync("agent_1", settings => settings.AgentName = "A", new RequestOptions
        {
            Body = { ["voice_id"] = "new-voice" },
            Query = { ["version"] = "0" },
            Headers = { ["X-Trace"] = "1" },
        });

        // … and an endpoint that no resource offers.
        JToken answer = await retell.SendAsync<JToken>(HttpMethod.Get, "/get-concurrency");
        #endregion

        Console.WriteLine($"{RetellJson.Serialize(tool)} {language} {answer["current_concurrency"]}");
    }
}
