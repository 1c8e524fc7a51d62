using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

/// <summary>
/// Serves a page that talks to an agent with the browser SDK of Retell, with <c>--urls URL --sdk FOLDER</c>, where FOLDER is the node_modules of
/// <c>npm install</c> in tests/Retell.Samples/WebCall. Without them, it asks itself for a token.
/// </summary>
internal static class WebCallPage
{
    public static async Task RunAsync(FakeRetellServer server, string[] options)
    {
        WebApplicationBuilder builder = SampleWeb.CreateBuilder(options);
        builder.Services.AddRetell();
        await using WebApplication app = builder.Build();

        app.MapGet("/", () => Results.File(Path.Combine(AppContext.BaseDirectory, "web-call.html"), "text/html"));
        if (app.Configuration["sdk"] is string sdk)
        {
            app.UseStaticFiles(new StaticFileOptions { RequestPath = "/sdk", FileProvider = new PhysicalFileProvider(Path.GetFullPath(sdk)) });
        }

        #region token
        // The API key stays on the server; the browser receives a token for one call.
        app.MapPost("/web-call", async (RetellClient retell, CancellationToken cancellationToken) =>
        {
            WebCallConnection connection = await retell.Calls.CreateWebCallAsync("agent_1", cancellationToken: cancellationToken);
            return Results.Json(connection);
        });
        #endregion

        server.Seed(new Agent { AgentId = "agent_1" });
        await SampleWeb.RunAsync(app, DemonstrateAsync);
    }

    private static async Task DemonstrateAsync(string url)
    {
        using var http = new HttpClient();
        Console.WriteLine((await http.GetStringAsync(new Uri(url))).Contains("new RetellWebClient()", StringComparison.Ordinal));
        using HttpResponseMessage response = await http.PostAsync(new Uri(url + "/web-call"), null);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
    }
}
