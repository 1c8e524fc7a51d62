using System.Reflection;

namespace Retell.Cli.Help;

/// <summary>The help texts that are written for the command line, in place of those of the SDK, which speak about C#.</summary>
internal static class HelpTexts
{
    public const string Send = "Calls an endpoint that has no command of its own, with the same authentication, retries and errors.";
    public const string Completion = "Prints a script that completes commands and options in a shell. The first line of the script says where it belongs.";
    public const string Quickstart = "Shows the SDK at work: starts a fake of the API in this process and calls it over a socket.";
    public const string Fake =
        "Runs a fake of the API on this machine until Ctrl+C or SIGTERM, for tests in any language. When it is ready, it prints its URL and its API key.";

    public const string Webhooks = "Sends webhooks to an application.";
    public const string Trigger = "Sends a signed sample of a webhook event to an application, and prints the status, the time and the body of the response.";

    private static readonly Dictionary<string, string> s_resources = new(StringComparer.Ordinal)
    {
        ["Agents"] = "Voice agents, their versions and their MCP tools.",
        ["ApiKey"] = "The API key in use.",
        ["Apps"] = "Apps that agents use, their authentication and their tools.",
        ["Assets"] = "Uploaded files, such as images and audio.",
        ["BatchCalls"] = "Phone calls to many numbers at once.",
        ["BatchTests"] = "Runs of many test cases at once.",
        ["Calls"] = "Phone calls and web calls: create, list, watch, stop and analyze them.",
        ["ChatAgents"] = "Chat agents and their versions.",
        ["Chats"] = "Chats and SMS conversations.",
        ["Concurrency"] = "The number of concurrent calls and its limits.",
        ["Contacts"] = "Contacts, their conversations and their import.",
        ["ConversationFlowComponents"] = "Components that conversation flows share.",
        ["ConversationFlows"] = "Conversation flows.",
        ["Crm"] = "The connection to a CRM and its synchronization.",
        ["ExportRequests"] = "Requested exports of calls and chats.",
        ["KnowledgeBases"] = "Knowledge bases and their sources.",
        ["Llms"] = "Prompts, models and tools of agents (Retell LLMs).",
        ["PhoneNumbers"] = "Phone numbers: buy, import and configure them.",
        ["Playground"] = "Trial conversations with an agent.",
        ["TestCases"] = "Test cases of agents.",
        ["TestRuns"] = "Results of test cases.",
        ["Voices"] = "Voices: search, add and clone them.",
    };

    /// <summary>The parameters whose documentation is about C#, by their names in the SDK.</summary>
    private static readonly Dictionary<string, string> s_parameters = new(StringComparer.Ordinal)
    {
        ["interval"] = "The time between two requests, such as 5s.",
        ["lastEventId"] = "The ID of the last event that was received. The stream continues after it.",
        ["pageSize"] = "The number of items on a page.",
        ["timeout"] = "The time to wait before the command fails, such as 10m.",
    };

    public static IEnumerable<PropertyInfo> Resources => typeof(RetellClient).GetProperties()
        .Where(property => property.PropertyType.Name.EndsWith("Resource", StringComparison.Ordinal))
        .OrderBy(property => property.Name, StringComparer.Ordinal);

    /// <summary>What a resource is about; a resource that is newer than these texts is named by its commands alone.</summary>
    public static string Of(PropertyInfo resource) => s_resources.GetValueOrDefault(resource.Name) ?? $"Commands for {Names.Kebab(resource.Name).Replace('-', ' ')}.";

    /// <summary>The text for a parameter, or null where that of the SDK says it well.</summary>
    public static string? OfParameter(string name) => s_parameters.GetValueOrDefault(name);
}
