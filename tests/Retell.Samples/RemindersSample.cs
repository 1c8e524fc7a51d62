using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Retell.Models;
using Retell.Testing;
using Retell.Webhooks;
using Samples.Reminders;

namespace Samples;

internal static class RemindersSample
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        await using WebApplication app = ReminderApp.Build(ReminderApp.CreateBuilder("--Reminders:FromNumber=+14157774444"));
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        var address = new Uri(app.Urls.First());
        AppointmentBook book = app.Services.GetRequiredService<AppointmentBook>();
        book["a1"] = new Appointment("a1", "Ada", "+12137774445", DateTimeOffset.UnixEpoch.AddYears(60));
        using var http = new HttpClient { BaseAddress = address };

        // The application places the call …
        Agent agent = await app.Services.GetRequiredService<ReminderAgent>().CreateAsync(address);
        using HttpResponseMessage reminded = await http.PostAsync(new Uri($"/reminders/a1?agent={agent.AgentId}", UriKind.Relative), null);
        FakeCall call = server.Calls.Last();
        Console.WriteLine($"reminded: {(int)reminded.StatusCode}");

        // … the agent calls its function …
        string body = $$$"""{"name":"reschedule","call":{{{call.Json}}},"args":{"time":"2030-01-02T15:00:00Z"}}""";
        using var function = new HttpRequestMessage(HttpMethod.Post, "/retell/reschedule") { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        function.Headers.Add(RetellWebhook.SignatureHeader, RetellWebhook.Sign(body, server.ApiKey));
        using HttpResponseMessage moved = await http.SendAsync(function);
        Console.WriteLine(await moved.Content.ReadAsStringAsync());

        // … and the webhook says how it went.
        await call.AnalyzeAsync(new { custom_analysis_data = new { confirmed = true } });
        Console.WriteLine($"{book["a1"].Name}: {book["a1"].Time:u}, confirmed: {book["a1"].Confirmed}");
        string csv = await http.GetStringAsync(new Uri($"/calls.csv?agent={agent.AgentId}&since=2020-01-01T00:00:00Z", UriKind.Relative));
        Console.WriteLine($"exported calls: {csv.Count(c => c == '\n') - 1}");
        await app.StopAsync();
    }
}
