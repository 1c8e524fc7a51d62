using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retell;
using Retell.AspNetCore;
using Retell.Testing;
using Retell.Webhooks;

namespace Samples;

internal static class AspNetCore
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);

        #region services
        builder.Services.AddRetell(builder.Configuration.GetSection("Retell"));
        builder.Services.AddRetellWebhooks(builder.Configuration.GetSection("Webhooks"))
            .On<CallAnalyzedEvent, SaveAnalysis>(Delivery.Queued)
            .On<CallEndedEvent>((webhook, services, cancellationToken) =>
            {
                Console.WriteLine($"ended: {webhook.Call.CallId}");
                return Task.CompletedTask;
            })
            .OnInboundCall(
                (inbound, services, cancellationToken) => Task.FromResult<InboundCallResponse?>(new() { DynamicVariables = { ["caller"] = inbound.FromNumber } }),
                budget: TimeSpan.FromSeconds(3));
        #endregion

        await using WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");

        #region endpoints
        app.MapRetellWebhooks("/retell/webhooks");
        app.MapRetellFunction<BookTable>("/retell/functions/book-table", async (call, cancellationToken) =>
        {
            await Task.Yield();                                  // book it, with call.IdempotencyKey
            return new { booked = true, time = call.Args.Time };
        });
        #endregion

        await app.StartAsync();
        const string Ended = """{"event":"call_ended","call":{"call_type":"phone_call","call_id":"call_1"}}""";
        await PostAsync("/retell/webhooks", Ended);
        await PostAsync("/retell/webhooks", Ended);
        await PostAsync("/retell/webhooks", """{"event":"call_analyzed","call":{"call_type":"phone_call","call_id":"call_1"}}""");
        await PostAsync("/retell/webhooks", """{"event":"call_inbound","call_inbound":{"from_number":"+14155550100","to_number":"+14155550101"}}""");
        await PostAsync("/retell/functions/book-table", """{"guests":4,"time":"2030-01-02T19:00:00Z"}""");
        await PostAsync("/retell/functions/book-table", """{"guests":40,"time":"2030-01-02T19:00:00Z"}""");

        RetellWebhookProcessor processor = app.Services.GetRequiredService<RetellWebhookProcessor>();
        var request = new { Body = Ended, Signature = RetellWebhook.Sign(Ended, server.ApiKey) };

        #region processor
        RetellWebhookResult result = await processor.ProcessAsync(Encoding.UTF8.GetBytes(request.Body), request.Signature);
        #endregion

        Console.WriteLine($"{result.StatusCode} {result.Outcome}");
        await app.StopAsync();

        async Task PostAsync(string path, string body)
        {
            using var http = new HttpClient();
            using var message = new HttpRequestMessage(HttpMethod.Post, app.Urls.First() + path) { Content = new StringContent(body) };
            message.Headers.Add(RetellWebhook.SignatureHeader, RetellWebhook.Sign(body, server.ApiKey));
            using HttpResponseMessage response = await http.SendAsync(message);
            Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }
}

#region handler
internal sealed class SaveAnalysis : IRetellWebhookHandler<CallAnalyzedEvent>
{
    public Task HandleAsync(CallAnalyzedEvent webhook, CancellationToken cancellationToken)
    {
        Console.WriteLine($"analyzed: {webhook.Call.CallId}");
        return Task.CompletedTask;
    }
}
#endregion

#region arguments
internal sealed class BookTable
{
    [Range(1, 12)]
    [JsonRequired]
    public int Guests { get; init; }

    [JsonRequired]
    public DateTimeOffset Time { get; init; }
}
#endregion
