using System.CommandLine;
using System.Globalization;
using Retell.Cli.Commands;
using Retell.Cli.Help;
using Retell.Workspaces;

namespace Retell.Cli.Workspaces;

/// <summary><c>retell pull</c>, <c>diff</c>, <c>push</c>, <c>publish</c> and <c>test</c>: agents as code.</summary>
internal static class WorkspaceCommands
{
    public static IEnumerable<Command> Create(RunContext run)
    {
        yield return Pull(new(run));
        yield return Diff(new(run));
        yield return Push(new(run));
        yield return Publish(new(run));
        yield return Test(new(run));
    }

    private static Command Pull(WorkspaceInput input)
    {
        var adopt = new Option<bool>("--adopt") { Description = "Takes objects of the server that are not in the workspace into it." };
        var ours = new Option<bool>("--ours") { Description = "Settles conflicts with the version of the files." };
        var theirs = new Option<bool>("--theirs") { Description = "Settles conflicts with the version of the server." };
        return input.Create(
            "pull",
            HelpTexts.Pull,
            async (parsed, call, cancellationToken) =>
            {
                if (parsed.GetValue(ours) && parsed.GetValue(theirs))
                {
                    throw new UsageException("--ours and --theirs cannot be combined. Choose one.");
                }

                var options = new PullOptions
                {
                    Adopt = parsed.GetValue(adopt),
                    Conflicts = parsed.GetValue(ours) ? ConflictResolution.Ours : parsed.GetValue(theirs) ? ConflictResolution.Theirs : ConflictResolution.Report,
                    Progress = call.Progress,
                };
                call.Select(options.Selectors);
                return Write(input, parsed, await call.Workspace.PullAsync(call.Environment, call.Client, options, cancellationToken).ConfigureAwait(false));
            },
            adopt,
            ours,
            theirs);
    }

    private static Command Diff(WorkspaceInput input)
    {
        var file = new Option<string>("--out") { Description = "Saves the plan for push --plan.", HelpName = "file" };
        var drift = new Option<bool>("--drift") { Description = "Exits with 11 if the server has changes that the files do not have, otherwise with 0." };
        return input.Create(
            "diff",
            HelpTexts.Diff,
            async (parsed, call, cancellationToken) =>
            {
                var options = new DiffOptions { Progress = call.Progress };
                call.Select(options.Selectors);
                WorkspacePlan plan = await call.Workspace.DiffAsync(call.Environment, call.Client, options, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(file) is string path)
                {
                    await File.WriteAllTextAsync(path, plan.ToJson().ToString(), cancellationToken).ConfigureAwait(false);
                }

                input.Write(parsed, plan.ToJson, plan.ToString());
                return (int)(!parsed.GetValue(drift) ? plan.Outcome : plan.HasDrift ? WorkspaceOutcome.Drift : WorkspaceOutcome.Done);
            },
            file,
            drift);
    }

    private static Command Push(WorkspaceInput input)
    {
        var plan = new Option<string>("--plan") { Description = "A plan of diff --out. It is refused if files or server have changed since.", HelpName = "file" };
        var prune = new Option<bool>("--prune") { Description = "Deletes objects that the files no longer have. Numbers are never released." };
        Option<string> confirm = Confirm();
        return input.Create(
            "push",
            HelpTexts.Push,
            async (parsed, call, cancellationToken) =>
            {
                var options = new PushOptions { PlanFile = parsed.GetValue(plan), Prune = parsed.GetValue(prune), Confirm = parsed.GetValue(confirm), Progress = call.Progress };
                call.Select(options.Selectors);
                WorkspaceReport report = await call.Workspace.PushAsync(call.Environment, call.Client, options, cancellationToken).ConfigureAwait(false);
                if (options.PlanFile is not null && report is { Outcome: WorkspaceOutcome.Conflict, Entries.Count: 0 })
                {
                    input.WriteError("error: The plan is stale: files or server have changed since. Run diff again.");
                }

                return Write(input, parsed, report);
            },
            plan,
            prune,
            confirm);
    }

    private static Command Publish(WorkspaceInput input)
    {
        var title = new Option<string>("--title") { Description = "The title of the published versions.", HelpName = "text" };
        var to = new Option<long?>("--to") { Description = "Returns to a version that was published before, instead of publishing.", HelpName = "version" };
        Option<string> confirm = Confirm();
        return input.Create(
            "publish",
            HelpTexts.Publish,
            async (parsed, call, cancellationToken) =>
            {
                var options = new PublishOptions { Title = parsed.GetValue(title), To = parsed.GetValue(to), Confirm = parsed.GetValue(confirm), Progress = call.Progress };
                call.Select(options.Selectors);
                return Write(input, parsed, await call.Workspace.PublishAsync(call.Environment, call.Client, options, cancellationToken).ConfigureAwait(false));
            },
            title,
            to,
            confirm);
    }

    private static Command Test(WorkspaceInput input)
    {
        var junit = new Option<string>("--junit") { Description = "Writes the results in the JUnit format.", HelpName = "file" };
        var minPass = new Option<double?>("--min-pass") { Description = "The share of the test cases that must pass, from 0 to 1. The default is 1.", HelpName = "share" };
        return input.Create(
            "test",
            HelpTexts.Test,
            async (parsed, call, cancellationToken) =>
            {
                double share = parsed.GetValue(minPass) ?? 1;
                if (share is not (>= 0 and <= 1))
                {
                    throw new UsageException($"--min-pass {share.ToString(CultureInfo.InvariantCulture)} is not valid. Use a number from 0 to 1.");
                }

                var options = new TestOptions { MinPass = share, Progress = call.Progress };
                call.Select(options.Selectors);
                WorkspaceTestReport report = await call.Workspace.TestAsync(call.Environment, call.Client, options, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(junit) is string path)
                {
                    await File.WriteAllTextAsync(path, report.ToJUnit().ToString(), cancellationToken).ConfigureAwait(false);
                }

                input.Write(parsed, report.ToJson, report.ToString());
                return (int)report.Outcome;
            },
            junit,
            minPass);
    }

    private static Option<string> Confirm() => new("--confirm") { Description = "The name of a protected environment, to confirm the command.", HelpName = "name" };

    private static int Write(WorkspaceInput input, ParseResult parsed, WorkspaceReport report)
    {
        input.Write(parsed, report.ToJson, report.ToString());
        return (int)report.Outcome;
    }
}
