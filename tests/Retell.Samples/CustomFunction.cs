using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json.Linq;
using Retell;
using Retell.Models;
using Retell.Testing;
using Retell.Webhooks;

namespace Samples;

internal static class CustomFunction
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        using RetellClient retell = server.CreateClient();

        #region tool
        RetellLlm llm = await retell.Llms.CreateAsync(new RetellLlmSettings
        {
            GeneralPrompt = "You take reservations.",
            GeneralTools =
            [
                new CustomTool
                {
                    Name = "book_table",
                    Description = "Books a table.",
                    Url = "https://example.com/functions/book-table",
                    Parameters = new ToolParameter { Properties = JObject.Parse("""{"guests": {"type": "integer"}}"""), Required = ["guests"] },
                    Timeout = TimeSpan.FromSeconds(10),          // for each attempt; 120 seconds if not set
                },
            ],
        });
        #endregion

        Console.WriteLine($"tools: {llm.GeneralTools?.Count}");
        await using WebApplication app = SampleWeb.Create();

        #region endpoint
        string webhookKey = Environment.GetEnvironmentVariable("RETELL_API_KEY")!;       // the key with the webhook badge

        app.MapPost("/functions/book-table", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            string body = await reader.ReadToEndAsync();
            if (!RetellWebhook.Verify(body, request.Headers[RetellWebhook.SignatureHeader], webhookKey))
            {
                return Results.Unauthorized();
            }

            JObject invocation = JObject.Parse(body);            // {"name": …, "call": …, "args": …}
            ICall? call = RetellJson.Deserialize<ICall>($"{invocation["call"]}");
            int guests = (int)invocation["args"]!["guests"]!;
            return Results.Json(new { confirmation = $"Table for {guests}, booked in call {call?.CallId}." });
        });
        #endregion

        await app.StartAsync();
        const string Body = """{"name":"book_table","call":{"call_type":"phone_call","call_id":"call_1"},"args":{"guests":4}}""";
        using var http = new HttpClient();
        using var signed = new HttpRequestMessage(HttpMethod.Post, app.Urls.First() + "/functions/book-table") { Content = new StringContent(Body) };
        signed.Headers.Add(RetellWebhook.SignatureHeader, RetellWebhook.Sign(Body, webhookKey));
        using HttpResponseMessage result = await http.SendAsync(signed);
        Console.WriteLine(await result.Content.ReadAsStringAsync());
        using HttpResponseMessage unsigned = await http.PostAsJsonAsync(new Uri(app.Urls.First() + "/functions/book-table"), new { name = "book_table" });
        Console.WriteLine($"without a signature: {(int)unsigned.StatusCode}");
        await app.StopAsync();
    }
}
