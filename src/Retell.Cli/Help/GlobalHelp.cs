namespace Retell.Cli.Help;

/// <summary>The texts of the options that every command has. They are data, so that the first page of help needs no parser.</summary>
internal static class GlobalHelp
{
    public static OptionHelp Output { get; } = new(
        "--output",
        "The format of the result: json, jsonl (one line per item) or table. The default is table on a terminal, otherwise json.",
        "json|jsonl|table",
        "-o");

    public static OptionHelp DryRun { get; } = new("--dry-run", "Prints the request without sending it. Requires no API key.");

    public static OptionHelp Verbose { get; } = new("--verbose", "Logs requests and retries to the error stream.");

    public static OptionHelp BaseUrl { get; } = new("--base-url", "The URL of the API. The default is RETELL_BASE_URL, otherwise https://api.retellai.com.", "url");

    public static OptionHelp AllowInsecureHttp { get; } = new("--allow-insecure-http", "Allows an http:// URL of another machine, which sends the API key unencrypted.");

    /// <summary>Gets the one place on the command line that says how long an attempt may take.</summary>
    public static OptionHelp Timeout { get; } = new(
        "--timeout",
        "The timeout for each attempt, such as 30s, 2m or infinite. The default is 60s, except for creating a phone call (120s), and for listing calls or chats, "
            + "creating batch calls, chat completions and playground completions (300s).",
        "duration");

    public static OptionHelp MaxRetries { get; } = new(
        "--max-retries",
        "The maximum number of retries. The default is 2. An operation that must not run twice is not retried after it may have been processed.",
        "count");

    public static OptionHelp Help { get; } = new("--help", "Shows help.", Alias: "-h");

    public static OptionHelp Version { get; } = new("--version", "Shows the version.");

    public static IReadOnlyList<OptionHelp> All => [Output, DryRun, Verbose, BaseUrl, AllowInsecureHttp, Timeout, MaxRetries];
}
