using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Retell;
using Retell.Models;
using Retell.Testing;
using Retell.Webhooks;

namespace Samples;

internal static class WebhookParse
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        await using WebApplication app = SampleWeb.Create();

        #region endpoint
        string webhookKey = Environment.GetEnvironmentVariable("RETELL_API_KEY")!;       // the key with the webhook badge

        app.MapPost("/retell", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            string body = await reader.ReadToEndAsync();
            WebhookEvent webhook;
            try
            {
                webhook = RetellWebhook.Parse(body, request.Headers[RetellWebhook.SignatureHeader], webhookKey);
            }
            catch (RetellWebhookSignatureException)
            {
                return Results.Unauthorized();
            }

            switch (webhook)
            {
                case CallAnalyzedEvent { Call: PhoneCall call }:
                    Console.WriteLine($"{call.CallId}: {call.CallAnalysis?.CallSummary}");
                    break;
                case CallWebhookEvent other:
                    Console.WriteLine($"{other.Event}: {other.Call.CallId}");
                    break;
                case CallInboundEvent inbound:                   // sent before a call is answered; the response decides
                    var answer = new InboundCallResponse { OverrideAgentId = "agent_1", DynamicVariables = { ["caller"] = inbound.FromNumber } };
                    return Results.Content(answer.ToJson(), "application/json");
                case UnknownWebhookEvent unknown:                // newer than this SDK, with its JSON
                    Console.WriteLine(unknown.Json);
                    break;
            }

            return Results.NoContent();
        });
        #endregion

        #region duplicates
        var delivered = new ConcurrentDictionary<string, bool>();        // in production, a unique key in your database

        bool IsFirstDelivery(CallWebhookEvent webhook) => webhook is TransferWebhookEvent
            || delivered.TryAdd($"{webhook.Event} {webhook.Call.CallId}", true);
        #endregion

        await app.StartAsync();
        string url = app.Urls.First() + "/retell";

        // A call whose agent sends its webhooks here, and a caller who is asked for.
        using RetellClient retell = server.CreateClient();
        Agent agent = await retell.Agents.CreateAsync(
            new CreateAgentRequest { ResponseEngine = new ResponseEngineRetellLlm { LlmId = "llm_1" }, VoiceId = "retell-Cimo", WebhookUrl = url });
        PhoneCall call = await retell.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445", agent.AgentId);
        await server.Calls[call.CallId].AnalyzeAsync(new { call_summary = "A table for two was booked." });
        server.Seed("Agent", new { agent_id = "agent_1" });
        server.Seed("PhoneNumber", new { phone_number = "+14155550101", inbound_webhook_url = url });
        FakeInbound taken = await server.SimulateInboundCallAsync("+14155550100", "+14155550101");
        Console.WriteLine($"inbound call taken by {server.Calls[taken.Id!].Json["agent_id"]}");

        using var http = new HttpClient();
        using HttpResponseMessage unsigned = await http.PostAsync(new Uri(url), new StringContent("{}"));
        Console.WriteLine($"without a signature: {(int)unsigned.StatusCode}");

        WebhookEvent again = RetellWebhook.Parse($$$"""{"event":"call_ended","call":{"call_id":"{{{call.CallId}}}","call_type":"phone_call"}}""");
        Console.WriteLine($"delivered twice: {IsFirstDelivery((CallWebhookEvent)again)}, {IsFirstDelivery((CallWebhookEvent)again)}");
        await app.StopAsync();
    }
}
