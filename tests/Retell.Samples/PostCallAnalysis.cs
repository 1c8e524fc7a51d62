using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class PostCallAnalysis
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        using var retell = new RetellClient();

        #region define
        Agent agent = await retell.Agents.CreateAsync(new CreateAgentRequest
        {
            ResponseEngine = new ResponseEngineRetellLlm { LlmId = "llm_1" },
            VoiceId = "11labs-Adrian",
            PostCallAnalysisData =
            [
                new BooleanAnalysisData { Name = "booked", Description = "Whether the guest booked a table." },
                new NumberAnalysisData { Name = "guests", Description = "The number of guests." },
                new EnumAnalysisData { Name = "occasion", Description = "The occasion.", Choices = ["birthday", "business", "other"] },
                new CallPresetAnalysisData { Name = CallPresetAnalysisDataName.CallSummary, Description = "Summarize the call in one sentence." },
            ],
        });
        #endregion

        PhoneCall placed = await retell.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445", agent.AgentId);
        string callId = placed.CallId;
        await server.Calls[callId].AnalyzeAsync(new { call_summary = "A table was booked.", custom_analysis_data = new { booked = true, guests = 4, occasion = "birthday" } });

        #region read
        ICall call = await retell.Calls.GetAsync(callId);
        if (call.CallAnalysis is CallAnalysis analysis)          // null until the call is analyzed
        {
            Console.WriteLine($"{analysis.CallSummary} Successful: {analysis.CallSuccessful}, sentiment: {analysis.UserSentiment}");
            if ((bool?)analysis.CustomAnalysisData?["booked"] == true)
            {
                Console.WriteLine($"{analysis.CustomAnalysisData["guests"]} guests, {analysis.CustomAnalysisData["occasion"]}");
            }
        }
        #endregion
    }
}
