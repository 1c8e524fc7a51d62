using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class Errors
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        using var retell = new RetellClient();

        #region catch
        try
        {
            await retell.Calls.GetAsync("call_unknown");
        }
        catch (RetellApiException error) when (error.IsNotFound)
        {
            Console.WriteLine($"{error.OperationId}: {error.ErrorMessage}");     // there is no such call
        }
        catch (RetellRateLimitException error)                   // 429, after the retries
        {
            Console.WriteLine($"Try again in {error.RetryAfter}");
        }
        catch (RetellApiException error)                         // every other error of the API
        {
            Console.WriteLine($"{error.StatusCode}: {error.RawBody}");
        }
        catch (RetellException error)                            // RetellConnectionException, RetellTimeoutException, …
        {
            Console.WriteLine(error.Message);
        }
        #endregion

        server.Seed(new WebCall { CallId = "call_1" });

        #region response
        RetellResponse<ICall> response = await RetellResponse.CaptureAsync(options => retell.Calls.GetAsync("call_1", options));
        Console.WriteLine($"{(int)response.StatusCode} in {response.Elapsed.TotalMilliseconds} ms: {response.RawBody}");
        ICall value = response.Value;
        #endregion

        Console.WriteLine(value.CallId);
    }
}
