using System.Globalization;
using System.Xml.Linq;
using Newtonsoft.Json.Linq;

namespace Retell.Workspaces;

/// <summary>The result of a test case.</summary>
/// <param name="Address">The address of the test case.</param>
/// <param name="Engine">The address of the LLM or conversation flow that was tested.</param>
/// <param name="Version">The version of the engine.</param>
/// <param name="Status">The status: <c>pass</c>, <c>fail</c> or <c>error</c>, or <c>stale</c> if the content was not pushed, so that nothing ran.</param>
/// <param name="Explanation">The explanation of the API, or null.</param>
public sealed record WorkspaceTestResult(ResourceAddress Address, ResourceAddress Engine, long? Version, string Status, string? Explanation)
{
    /// <summary>Gets a value indicating whether the test case passed.</summary>
    public bool IsPassed => Status == "pass";
}

/// <summary>The report of the tests of a workspace.</summary>
public sealed class WorkspaceTestReport
{
    internal WorkspaceTestReport(IReadOnlyList<WorkspaceTestResult> results, WorkspaceOutcome outcome)
    {
        Results = results;
        Outcome = outcome;
    }

    /// <summary>Gets the results, sorted by address.</summary>
    public IReadOnlyList<WorkspaceTestResult> Results { get; }

    /// <summary>Gets the outcome of all results together, which is the exit code of the command.</summary>
    public WorkspaceOutcome Outcome { get; }

    /// <summary>Returns the report in the JUnit format, which CI systems show.</summary>
    /// <returns>An XML document.</returns>
    public XDocument ToJUnit() => new(new XElement(
        "testsuites",
        from suite in Results.GroupBy(result => result.Engine)
        select new XElement(
            "testsuite",
            new XAttribute("name", suite.Key),
            new XAttribute("tests", Count(suite)),
            new XAttribute("failures", Count(suite.Where(result => result.Status == "fail"))),
            new XAttribute("errors", Count(suite.Where(result => !result.IsPassed && result.Status != "fail"))),
            from result in suite
            select new XElement(
                "testcase",
                new XAttribute("classname", result.Engine),
                new XAttribute("name", result.Address.Name),
                result.IsPassed ? null : new XElement(result.Status == "fail" ? "failure" : "error", new XAttribute("message", Clean(result.Explanation ?? result.Status)))))));

    /// <summary>Returns the report as JSON.</summary>
    /// <returns>An object with the outcome and the results.</returns>
    public JObject ToJson() => new()
    {
        ["outcome"] = Outcome.ToString(),
        ["exit_code"] = (int)Outcome,
        ["results"] = new JArray(Results.Select(result => new JObject
        {
            ["address"] = result.Address.ToString(),
            ["engine"] = result.Engine.ToString(),
            ["version"] = result.Version,
            ["status"] = result.Status,
            ["explanation"] = result.Explanation,
        })),
    };

    /// <summary>Returns the report as lines of text.</summary>
    /// <returns>A line for each test case.</returns>
    public override string ToString() =>
        string.Concat(Results.Select(result => $"{result.Status} {result.Address}{(result.Explanation is null ? "" : $": {result.Explanation}")}\n"));

    private static string Count(IEnumerable<WorkspaceTestResult> results) => results.Count().ToString(CultureInfo.InvariantCulture);

    /// <summary>Removes the characters that XML cannot hold.</summary>
    private static string Clean(string text) => new([.. text.Where(System.Xml.XmlConvert.IsXmlChar)]);
}
