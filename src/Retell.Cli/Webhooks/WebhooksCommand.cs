using System.CommandLine;
using Retell.Cli.Arguments;
using Retell.Cli.Commands;
using Retell.Cli.Help;

namespace Retell.Cli.Webhooks;

/// <summary><c>retell webhooks trigger</c>: a signed sample of an event, for an application that is being written.</summary>
internal static class WebhooksCommand
{
    public const string Name = "webhooks";
    private const string To = "--to";

    /// <summary>The events. The list is here so that help and completion do not load the fake.</summary>
    public static IReadOnlyList<string> Events { get; } =
    [
        "call_started", "call_ended", "call_analyzed", "transcript_updated", "transfer_started", "transfer_bridged", "transfer_cancelled", "transfer_ended",
        "chat_started", "chat_ended", "chat_analyzed", "call_inbound", "chat_inbound", "alert_triggered", "alert_resolved",
    ];

    /// <summary>The wrong signatures, as members of <see cref="Retell.Testing.FakeSignature"/> are typed.</summary>
    public static IReadOnlyList<string> BadSignatures { get; } = ["missing", "malformed", "stale", "future", "other-key", "changed-body"];

    public static Command Create(RunContext run) => new(Name, HelpTexts.Webhooks) { CreateTrigger(run) };

    private static Command CreateTrigger(RunContext run)
    {
        var name = new Argument<string>("event") { Description = $"The event: {string.Join(", ", Events)}." };
        name.CompletionSources.Add([.. Events]);
        var to = new Option<string>(To) { Description = "The URL of the application.", HelpName = "url", Required = true };
        var key = new Option<string>("--key") { Description = "The API key that signs. The default is RETELL_API_KEY.", HelpName = "key" };
        var times = new Option<int>("--times")
        {
            Description = "The number of deliveries. Those after the first are duplicates.",
            HelpName = "number",
            DefaultValueFactory = _ => 1,
        };
        var bad = new Option<string>("--bad-signature")
        {
            Description = $"Sends a signature that the application must reject: {string.Join(", ", BadSignatures)}.",
            HelpName = "kind",
        };
        bad.AcceptOnlyFromAmong([.. BadSignatures]);
        var body = new BodyInput(null, "--data", "Members of the event that replace those of the sample");
        var command = new Command("trigger", HelpTexts.Trigger) { name, to, key, times, bad };
        body.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            bool isDryRun = parsed.GetValue(run.Globals.DryRun);
            string? typedKey = parsed.GetValue(key) ?? run.VariableOf(RunContext.KeyVariable) ?? (isDryRun ? Http.DryRunHandler.Key : null);
            var trigger = new Trigger(
                EventOf(parsed.GetRequiredValue(name)),
                WebAddress.Parse(parsed.GetRequiredValue(to), To),
                string.IsNullOrWhiteSpace(typedKey) ? throw KeyException.MissingForSignature() : typedKey,
                parsed.GetValue(times),
                parsed.GetValue(bad),
                parsed.GetValue(run.Globals.MaxRetries) ?? 0,
                parsed.GetValue(run.Globals.Timeout) is string timeout ? Duration.ParseFinite(timeout, run.Globals.Timeout.Name) : null);
            return TriggerRun.RunAsync(trigger, run, parsed, sample => body.Complete(sample, parsed, new JsonSource(run.Environment)), cancellationToken);
        });
        return command;
    }

    private static string EventOf(string typed) => Events.Contains(typed) ? typed : throw new UsageException(
        $"\"{typed}\" is not a webhook event.{(Names.Nearest(typed, Events) is string near ? $" Did you mean {near}?" : "")} The events are: {string.Join(", ", Events)}.");
}

/// <summary>What was typed.</summary>
/// <param name="Event">The event.</param>
/// <param name="To">The URL of the application.</param>
/// <param name="Key">The API key that signs.</param>
/// <param name="Times">The number of deliveries.</param>
/// <param name="BadSignature">What is wrong with the signature; null for nothing.</param>
/// <param name="Retries">The number of retries of each delivery.</param>
/// <param name="Timeout">The time limit for a response; null for that of the API.</param>
internal sealed record Trigger(string Event, Uri To, string Key, int Times, string? BadSignature, int Retries, TimeSpan? Timeout);
