using System.Text;
using Retell.Models;
using Retell.Testing;

namespace Retell.Cli.Quickstart;

/// <summary>The tour against the fake: an agent, a call, two pages of calls, an upload and a caught error.</summary>
internal static class FakeQuickstart
{
    private const string FromNumber = "+14157774444";
    private const string ToNumber = "+12137774445";

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        FakeRetellServer server = await FakeRetellServer.StartAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            await output.WriteLineAsync($"A fake of the Retell API listens on {server.BaseUrl}").ConfigureAwait(false);
            using var recorder = new ExchangeRecorder();
            using var retell = new RetellClient(new RetellClientOptions { ApiKey = "key_quickstart", BaseUrl = server.BaseUrl, HttpMessageHandler = recorder });
            await TourAsync(retell, new StepPrinter(output, recorder), cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync("Done. Next: retell quickstart --live reads from the real API with the key in RETELL_API_KEY.").ConfigureAwait(false);
        }
    }

    private static async Task TourAsync(RetellClient retell, StepPrinter steps, CancellationToken cancellationToken)
    {
        Agent agent = await steps.RunAsync(
            "Create an agent",
            () => retell.Agents.CreateAsync(new ResponseEngineRetellLlm { LlmId = "llm_234sdertfsdsfsdf" }, "retell-Cimo", cancellationToken: cancellationToken),
            created => $"agent {created.AgentId}, version {created.Version}").ConfigureAwait(false);

        PhoneCall call = await steps.RunAsync(
            "Place a phone call",
            () => retell.Calls.CreatePhoneCallAsync(FromNumber, ToNumber, agent.AgentId, cancellationToken: cancellationToken),
            placed => $"call {placed.CallId}, {placed.CallStatus}").ConfigureAwait(false);

        await steps.RunAsync(
            "Read the call back",
            () => retell.Calls.GetAsync(call.CallId, cancellationToken: cancellationToken),
            read => $"{Describe(read)}, agent {read.AgentId}").ConfigureAwait(false);

        await steps.RunAsync(
            "List calls across two pages",
            () => ListTwoPagesAsync(retell, agent.AgentId, cancellationToken),
            pages => string.Join(" | ", pages.Select(page => string.Join(", ", page)))).ConfigureAwait(false);

        await steps.RunAsync(
            "Upload a file to a knowledge base",
            () => retell.KnowledgeBases.CreateAsync(
                "Opening hours",
                files: [RetellFile.FromBytes(Encoding.UTF8.GetBytes("We are open from 9 to 17."), "opening-hours.txt")],
                cancellationToken: cancellationToken),
            created => $"knowledge base {created.KnowledgeBaseId}, {created.Status}").ConfigureAwait(false);

        await steps.RunAsync(
            "Catch an error",
            () => CatchAsync(() => retell.Calls.GetAsync("call_unknown", cancellationToken: cancellationToken)),
            error => $"{error.GetType().Name}: {error.Message}").ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> ListTwoPagesAsync(RetellClient retell, string agentId, CancellationToken cancellationToken)
    {
        await retell.Calls.CreatePhoneCallAsync(FromNumber, "+12137774446", agentId, cancellationToken: cancellationToken).ConfigureAwait(false);
        await retell.Calls.CreatePhoneCallAsync(FromNumber, "+12137774447", agentId, cancellationToken: cancellationToken).ConfigureAwait(false);
        var pages = new List<IReadOnlyList<string>>();
        var request = new ListCallsRequest { Limit = 2, FilterCriteria = new() { Agent = [new AgentFilter { AgentId = agentId }] } };
        await foreach (Page<ICallSummary> page in retell.Calls.ListAsync(request, cancellationToken: cancellationToken).AsPages(cancellationToken).ConfigureAwait(false))
        {
            pages.Add([.. page.Items.Select(item => item.CallId)]);
        }

        return pages;
    }

    private static async Task<RetellApiException> CatchAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (RetellApiException error)
        {
            return error;
        }

        throw new RetellException("The API returned a call that does not exist.");
    }

    private static string Describe(ICall call) => call switch
    {
        PhoneCall phone => $"phone call from {phone.FromNumber} to {phone.ToNumber}",
        WebCall => "web call",
        _ => "a kind of call that is newer than this SDK",
    };
}
