using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Retell.Tests.Support;

namespace Retell.Tests.Packages;

/// <summary>The workflow files can be read, and what they call is there.</summary>
public partial class WorkflowTests
{
    private static IEnumerable<string> Workflows => Directory.EnumerateFiles(Repository.PathOf(".github", "workflows"), "*.yml").Select(file => Path.GetFileName(file));

    [TestCaseSource(nameof(Workflows))]
    public void Workflow_pins_actions_and_runs_scripts_that_exist(string name)
    {
        var workflow = (JObject)YamlJson.Load(Repository.PathOf(".github", "workflows", name));
        JToken[] steps = [.. workflow["jobs"]!.Children<JProperty>().SelectMany(job => job.Value["steps"]!)];
        string[] actions = [.. steps.Select(step => (string?)step["uses"]).OfType<string>()];
        string[] scripts = [.. steps.Select(step => (string?)step["run"]).OfType<string>().SelectMany(run => Script().Matches(run)).Select(match => match.Value)];

        Assert.That(workflow["permissions"], Is.Not.Null, "the token of the run can do no more than it needs");
        Assert.That(actions, Is.Not.Empty.And.All.Matches(@"^[\w-]+/[\w-]+@v\d+$"));
        Assert.That(scripts.Where(script => !File.Exists(Repository.PathOf(script.Split('/')))), Is.Empty);
    }

    [GeneratedRegex(@"(?<![\w/.-])(build|\.ci)/\w+")]
    private static partial Regex Script();
}
