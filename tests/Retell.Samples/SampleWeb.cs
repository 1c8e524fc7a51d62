using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Samples;

/// <summary>The web applications of the samples.</summary>
internal static class SampleWeb
{
    /// <summary>Creates the builder of an application that logs warnings only.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(options);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }

    /// <summary>Creates an application for a free port on loopback.</summary>
    public static WebApplication Create()
    {
        WebApplication app = CreateBuilder([]).Build();
        app.Urls.Add("http://127.0.0.1:0");
        return app;
    }

    /// <summary>Serves until the program is stopped if <c>--urls</c> is given, or else runs a demonstration on a free port.</summary>
    public static async Task RunAsync(WebApplication app, Func<string, Task> demonstrate)
    {
        if (app.Configuration["urls"] is string urls)
        {
            await app.StartAsync();
            Console.WriteLine($"Listening on {urls}");
            await app.WaitForShutdownAsync();
            return;
        }

        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        await demonstrate(app.Urls.First());
        await app.StopAsync();
    }
}
