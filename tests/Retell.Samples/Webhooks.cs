using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Retell;
using Retell.AspNetCore;
using Retell.Testing;
using Retell.Webhooks;

namespace Samples;

/// <summary>Serves with <c>--urls URL --key KEY</c>; without them, it sends itself what Retell would send.</summary>
internal static class Webhooks
{
    public static async Task RunAsync(FakeRetellServer server, string[] options)
    {
        WebApplicationBuilder builder = SampleWeb.CreateBuilder(options);
        builder.Configuration["Retell:WebhookKey"] = builder.Configuration["key"];

        #region services
        builder.Services.AddRetell(builder.Configuration.GetSection("Retell"));
        builder.Services.AddRetellWebhooks(builder.Configuration.GetSection("Webhooks"))
            .On<CallAnalyzedEvent, SaveAnalysis>(Delivery.Queued)
            .On<CallEndedEvent>((webhook, services, cancellationToken) =>
            {
                Console.WriteLine($"handled {webhook.Event} {webhook.Call.CallId}");
                return Task.CompletedTask;
            })
            .OnUnhandled((webhook, services, cancellationToken) =>
            {
                string? id = (webhook as CallWebhookEvent)?.Call.CallId ?? (webhook as ChatWebhookEvent)?.Chat.ChatId;
                Console.WriteLine($"handled {webhook.Event} {id}");
                return Task.CompletedTask;
            })
            .OnInboundCall<Router>(budget: TimeSpan.FromSeconds(3));
        #endregion

        await using WebApplication app = builder.Build();

        #region endpoints
        app.MapRetellWebhooks("/retell/webhooks");
        app.MapRetellFunction<BookTable>("/retell/functions/book-table", async (call, cancellationToken) =>
        {
            await Task.Yield();                                  // book it, with call.IdempotencyKey
            return new { booked = true, time = call.Args.Time };
        });
        #endregion

        await SampleWeb.RunAsync(app, url => DemonstrateAsync(app, url, server.ApiKey));
    }

    private static async Task DemonstrateAsync(WebApplication app, string url, string key)
    {
        const string Ended = """{"event":"call_ended","call":{"call_type":"phone_call","call_id":"call_1"}}""";
        await PostAsync("/retell/webhooks", Ended);
        await PostAsync("/retell/webhooks", Ended);
        await PostAsync("/retell/webhooks", """{"event":"call_analyzed","call":{"call_type":"phone_call","call_id":"call_1"}}""");
        await PostAsync("/retell/webhooks", """{"event":"chat_ended","chat":{"chat_id":"chat_1"}}""");
        await PostAsync("/retell/webhooks", """{"event":"call_inbound","call_inbound":{"from_number":"+14155550100","to_number":"+14155550101"}}""");
        await PostAsync("/retell/webhooks", """{"event":"call_inbound","call_inbound":{"from_number":"+19005550100","to_number":"+14155550101"}}""");
        await PostAsync("/retell/functions/book-table", """{"guests":4,"time":"2030-01-02T19:00:00Z"}""");
        await PostAsync("/retell/functions/book-table", """{"guests":40,"time":"2030-01-02T19:00:00Z"}""");
        await PostAsync("/retell/functions/book-table", """{"guests":4,"time":"tomorrow"}""");

        RetellWebhookProcessor processor = app.Services.GetRequiredService<RetellWebhookProcessor>();
        var request = new { Body = Ended, Signature = RetellWebhook.Sign(Ended, key) };

        #region processor
        RetellWebhookResult result = await processor.ProcessAsync(Encoding.UTF8.GetBytes(request.Body), request.Signature);
        #endregion

        Console.WriteLine($"{result.StatusCode} {result.Outcome}");

        async Task PostAsync(string path, string body)
        {
            using var http = new HttpClient();
            using var message = new HttpRequestMessage(HttpMethod.Post, url + path) { Content = new StringContent(body) };
            message.Headers.Add(RetellWebhook.SignatureHeader, RetellWebhook.Sign(body, key));
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
        Console.WriteLine($"handled {webhook.Event} {webhook.Call.CallId}");
        return Task.CompletedTask;
    }
}
#endregion

#region inbound
internal sealed class Router : IRetellInboundCallHandler
{
    public Task<InboundCallResponse?> HandleAsync(CallInboundEvent inbound, CancellationToken cancellationToken)
    {
        InboundCallResponse response = inbound.FromNumber.StartsWith("+1900", StringComparison.Ordinal)
            ? new() { Reject = true }
            : new() { DynamicVariables = { ["caller"] = inbound.FromNumber } };
        return Task.FromResult<InboundCallResponse?>(response);
    }
}
#endregion

#region arguments
internal sealed class BookTable : IValidatableObject
{
    private static readonly string[] s_iso8601 = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    [Range(1, 12)]
    public required int Guests { get; init; }

    public required string Time { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!DateTimeOffset.TryParseExact(Time, s_iso8601, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            yield return new("The time must be an ISO 8601 date and time, such as 2030-01-02T19:00:00Z.");
        }
    }
}
#endregion
