using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Samples;

/// <summary>The web applications of the samples.</summary>
internal static class SampleWeb
{
    /// <summary>Creates an application for a free port on loopback that logs warnings only.</summary>
    public static WebApplication Create()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        return app;
    }
}
