using Newtonsoft.Json.Linq;
using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class Agents
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        server.Seed(new Agent { AgentId = "agent_1", AgentName = "Front desk" });
        using var retell = new RetellClient();

        #region build
        RetellLlm llm = await retell.Llms.CreateAsync(new RetellLlmSettings
        {
            Model = "gpt-4.1",
            StartSpeaker = StartSpeaker.Agent,
            BeginMessage = "Hello, this is the front desk.",
            GeneralPrompt = "You take reservations. Transfer angry guests.",
            GeneralTools =
            [
                new EndCallTool { Name = "end_call", Description = "When the guest says goodbye." },
                new TransferCallTool
                {
                    Name = "transfer",
                    TransferDestination = new TransferDestinationPredefined { Number = "+14157774444" },
                    TransferOption = new TransferOptionColdTransfer(),
                },
                new CustomTool
                {
                    Name = "book_table",
                    Url = "https://example.com/book",
                    Description = "Books a table.",
                    Timeout = TimeSpan.FromSeconds(20),          // a view of timeout_ms
                    Parameters = new ToolParameter { Properties = JObject.Parse("""{"guests": {"type": "integer"}}"""), Required = ["guests"] },
                },
            ],
        });

        Agent agent = await retell.Agents.CreateAsync(new CreateAgentRequest
        {
            AgentName = "Front desk",
            VoiceId = "11labs-Adrian",
            ResponseEngine = new ResponseEngineRetellLlm { LlmId = llm.LlmId },
            WebhookUrl = "https://example.com/retell",
            ReminderTrigger = TimeSpan.FromSeconds(10),
        });
        #endregion

        Console.WriteLine($"{agent.AgentName}, version {agent.Version}");

        #region update
        await retell.Agents.UpdateAsync("agent_1", settings =>
        {
            settings.AgentName = "Reception";
            settings.WebhookUrl = null;                          // sends "webhook_url": null, which clears the setting
        });                                                      // all other settings stay as they are

        Agent read = await retell.Agents.GetAsync("agent_1");
        AgentSettings copy = RetellJson.Convert<AgentSettings>(read);    // a response as the request that would restore it
        await retell.Agents.UpdateAsync("agent_1", copy);
        #endregion

        Console.WriteLine($"{read.AgentName}, {server.Requests.For("updateAgent")[0].BodyText}");
    }
}
