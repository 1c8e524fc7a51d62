using Newtonsoft.Json.Linq;
using Retell;
using Retell.Models;

namespace Samples.Reminders;

/// <summary>Creates the agent that reminds people, and places its calls.</summary>
public sealed class ReminderAgent(RetellClient retell, ReminderSettings settings)
{
    public async Task<Agent> CreateAsync(Uri application, CancellationToken cancellationToken = default)
    {
        RetellLlm llm = await retell.Llms.CreateAsync(
            new RetellLlmSettings
            {
                StartSpeaker = StartSpeaker.Agent,
                GeneralPrompt = "Remind {{name}} of the appointment on {{time}}. Call reschedule if another time suits better.",
                GeneralTools =
                [
                    new EndCallTool { Name = "end_call" },
                    new CustomTool
                    {
                        Name = "reschedule",
                        Description = "Moves the appointment to another time.",
                        Url = new Uri(application, "/retell/reschedule").AbsoluteUri,
                        Parameters = new ToolParameter { Properties = JObject.Parse("""{"time": {"type": "string", "format": "date-time"}}"""), Required = ["time"] },
                    },
                ],
            },
            cancellationToken: cancellationToken);
        return await retell.Agents.CreateAsync(
            new CreateAgentRequest
            {
                AgentName = "Reminders",
                VoiceId = "11labs-Adrian",
                ResponseEngine = new ResponseEngineRetellLlm { LlmId = llm.LlmId },
                WebhookUrl = new Uri(application, "/retell/webhook").AbsoluteUri,
                PostCallAnalysisData = [new BooleanAnalysisData { Name = "confirmed", Description = "Whether the person will come." }],
            },
            cancellationToken: cancellationToken);
    }

    // The key is that of the appointment: whoever asks again within an hour gets the same call.
    public Task<PhoneCall> CallAsync(Appointment appointment, string agentId, CancellationToken cancellationToken = default) => retell.Calls.CreatePhoneCallAsync(
        new CreatePhoneCallRequest
        {
            FromNumber = settings.FromNumber,
            ToNumber = appointment.Phone,
            OverrideAgentId = agentId,
            RetellLlmDynamicVariables = { ["name"] = appointment.Name, ["time"] = appointment.When },
            Metadata = { ["appointment"] = appointment.Id },
            IdempotencyKey = $"appointment-{appointment.Id}",
        },
        cancellationToken: cancellationToken);

    public IAsyncEnumerable<ICallSummary> CallsSince(DateTimeOffset since, string agentId) => retell.Calls.ListAsync(new ListCallsRequest
    {
        FilterCriteria = new()
        {
            Agent = [new AgentFilter { AgentId = agentId }],
            StartTimestamp = NumberFilter.AtLeast(since),
        },
    });
}
