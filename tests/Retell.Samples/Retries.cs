using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class Retries
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        #region key
        using var retell = new RetellClient(new RetellClientOptions { MaxRetries = 5, Timeout = TimeSpan.FromSeconds(20) });

        PhoneCall call = await retell.Calls.CreatePhoneCallAsync(
            "+14157774444",
            "+12137774445",
            options: new RequestOptions { IdempotencyKey = "reminder-4711" });
        #endregion

        Console.WriteLine($"{call.CallStatus} {server.Requests.For("createPhoneCall")[0].Json?["idempotency_key"]}");

        #region resilience
        var services = new ServiceCollection();
        services.AddRetell(options =>
        {
            options.Resilience.Retry.MaxRetryAttempts = 4;
            options.Resilience.Retry.OnRetry = retry =>
            {
                Console.WriteLine($"{retry.Context.OperationKey}: attempt {retry.AttemptNumber + 1} failed");
                return default;
            };
            options.Resilience.CircuitBreaker = new HttpCircuitBreakerStrategyOptions { FailureRatio = 0.5 };
            options.Resilience.RateLimiter = new HttpRateLimiterStrategyOptions { DefaultRateLimiterOptions = { PermitLimit = 20, QueueLimit = 100 } };
        });
        #endregion

        server.WhenAny().Respond(503).Times(1);
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            await provider.GetRequiredService<RetellClient>().Concurrency.GetAsync();
        }

        #region stacked
        services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());      // as .NET Aspire does
        services.AddRetell().AddStandardHedgingHandler();
        #endregion

        server.When("createSmsChat").Respond(500);
        await using ServiceProvider stacked = services.BuildServiceProvider();
        try
        {
            await stacked.GetRequiredService<RetellClient>().Chats.CreateSmsAsync("+14157774444", "+12137774445");
        }
        catch (RetellServerException error)
        {
            Console.WriteLine($"{error.OperationId}: {error.Attempts} attempt");
        }
    }
}
