using Retell.Testing;

namespace Samples;

/// <summary>A program of this project.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Summary">What it shows.</param>
/// <param name="RunAsync">Runs it with its options; <c>RETELL_API_KEY</c> and <c>RETELL_BASE_URL</c> lead to the fake.</param>
internal sealed record Sample(string Name, string Summary, Func<FakeRetellServer, string[], Task> RunAsync)
{
    private Sample(string name, string summary, Func<FakeRetellServer, Task> runAsync)
        : this(name, summary, (server, _) => runAsync(server)) => TakesOptions = false;

    /// <summary>Gets a value indicating whether the program has options.</summary>
    public bool TakesOptions { get; } = true;

    public static IReadOnlyList<Sample> All { get; } =
    [
        new("first-call", "Places a call and waits until it has ended; creates a web call.", FirstCall.RunAsync),
        new("webhooks", "Receives webhooks, inbound calls and custom functions with Retell.AspNetCore. [--urls URL] [--key KEY]", Webhooks.RunAsync),
        new("webhook-parse", "Receives webhooks without Retell.AspNetCore.", WebhookParse.RunAsync),
        new("custom-function", "Answers a function that an agent calls.", CustomFunction.RunAsync),
        new("custom-llm-agent", "Serves the custom LLM of an agent without a chat client. [--urls URL]", CustomLlm.RunAsync),
        new("web-call", "Serves a page that talks to an agent. [--urls URL] [--sdk FOLDER]", WebCallPage.RunAsync),
        new("custom-llm", "Serves the custom LLM of an agent with a chat client. [--urls URL]", CustomLlmChat.RunAsync),
        new("custom-llm-console", "Talks to that agent: you type what the caller says.", CustomLlmChat.RunConsoleAsync),
        new("monitor", "Follows the transcript of a live call.", Monitor.RunAsync),
        new("list", "Reads lists item by item and page by page.", Lists.RunAsync),
        new("export", "Writes the calls of the last 30 days to a CSV file.", Export.RunAsync),
        new("analysis", "Defines what is extracted from each call, and reads it.", PostCallAnalysis.RunAsync),
        new("agent", "Creates an agent with tools, and changes single settings.", Agents.RunAsync),
        new("conversation-flow", "Creates a conversation flow.", ConversationFlows.RunAsync),
        new("batch-calls", "Schedules a batch of calls.", BatchCalls.RunAsync),
        new("knowledge-base", "Uploads a file to a knowledge base and waits until it is ready.", KnowledgeBases.RunAsync),
        new("chat", "Chats with an agent.", Chats.RunAsync),
        new("errors", "Handles errors, and reads status, headers and raw body.", Errors.RunAsync),
        new("retries", "Sets retries, timeouts, an idempotency key and a circuit breaker.", Retries.RunAsync),
        new("dependency-injection", "Registers clients of several accounts.", DependencyInjection.RunAsync),
        new("telemetry", "Exports traces, metrics and logs.", Telemetry.RunAsync),
        new("json", "Uses objects of the API with System.Text.Json.", Json.RunAsync),
        new("newer-api", "Sends and reads what is newer than the SDK.", NewerApi.RunAsync),
        new("raw", "Calls the generated operation clients.", Raw.RunAsync),
        new("proxy", "Sends through a proxy.", Proxy.RunAsync),
        new("testing", "Tests code against the fake.", Testing.RunAsync),
        new("reminders", "A web application with all of this: it reminds people of their appointments.", RemindersSample.RunAsync),
    ];
}
