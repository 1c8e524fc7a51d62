using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Retell;
using Retell.Testing;

namespace Samples;

internal static class DependencyInjection
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration["Retell:ApiKey"] = server.ApiKey;

        #region register
        builder.Services.AddRetell(builder.Configuration.GetSection("Retell"));          // ApiKey, BaseUrl, Timeout, MaxRetries, …
        builder.Services.AddRetell("sales", options => options.ApiKey = "key_of_sales");
        builder.Services.AddRetell("support", options => options.ApiKey = "key_of_support");
        #endregion

        builder.Services.AddSingleton<FrontDesk>();
        using IHost host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(await host.Services.GetRequiredService<FrontDesk>().CountAsync());
        await host.StopAsync();
    }

    #region inject
    public sealed class FrontDesk(RetellClient retell, [FromKeyedServices("support")] RetellClient support)
    {
        public async Task<string> CountAsync()
        {
            var ours = await retell.Concurrency.GetAsync();
            var theirs = await support.Concurrency.GetAsync();
            return $"{ours.CurrentConcurrency} calls, and {theirs.CurrentConcurrency} of the support account";
        }
    }
    #endregion
}
