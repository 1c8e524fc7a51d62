using System.Text.RegularExpressions;
using Retell.Testing;
using Retell.Tests.Cli;
using Retell.Tests.Support;

namespace Retell.Tests.Workspaces;

public partial class ReadmeGuideTests
{
    /// <summary>The commands of the section "A first workspace in five minutes", as a reader types them.</summary>
    [Test]
    public async Task Guide_of_the_README_works()
    {
        string readme = File.ReadAllText(Repository.PathOf("src", "Retell.Workspaces", "README.md"));
        string guide = readme[readme.IndexOf("## A first workspace", StringComparison.Ordinal)..readme.IndexOf("## Install the library", StringComparison.Ordinal)];
        await using WorkspaceRun run = await WorkspaceRun.StartAsync();
        FullAccount.Complete(run);
        FullAccount.Seed(run[WorkspaceRun.Staging]);
        run.Write("retell.json", Json().Match(guide).Groups[1].Value);
        var codes = new List<string>();
        foreach (string line in guide.Split('\n'))
        {
            if (line.StartsWith("# edit ", StringComparison.Ordinal))
            {
                run.Write(line["# edit ".Length..], "You answer the phone.\n");
            }
            else if (line.StartsWith("retell ", StringComparison.Ordinal))
            {
                string[] args = [.. Argument().Matches(line).Skip(1).Select(argument => argument.Value.Trim('"')), "--folder", run.Root];
                FakeRetellServer server = run[args[2]];
                CliRun result = await CliRun.RunAsync(args, cli => cli with
                {
                    Handler = server.CreateHandler(),
                    Variable = name => name == args[2].ToUpperInvariant() + "_KEY" ? server.ApiKey : run.Secrets.GetValueOrDefault(name),
                });
                codes.Add($"{args[0]} {result.ExitCode}{result.Error}");
            }
        }

        Assert.That(codes, Is.EqualTo(new[] { "pull 0", "diff 10", "push 0", "test 0", "publish 0", "pull 0", "push 0", "test 0", "publish 0" }));
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.EqualTo(new[]
        {
            "PATCH updateRetellLLM", "POST createBatchTest", "POST publishAgentVersion", "POST publishAgentVersion",
        }));
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Argument();
}
