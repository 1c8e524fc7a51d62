using System.Reflection;
using System.Runtime.Versioning;

namespace Retell.Tests.PublicApi;

/// <summary>
/// The surface of each package is the recorded one of tests/api, and code that was written against that one compiles. This runs in both test projects, so for each framework
/// that the libraries are built for.
/// </summary>
[Category("PublicApi")]
public class PublicApiTests
{
    private const string Modern = "net10.0";
    private const string Standard = "netstandard2.0";

    private IReadOnlyList<BrokenCall> _broken = [];

    private static string Framework => typeof(RetellFile).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName switch
    {
        ".NETStandard,Version=v2.0" => Standard,
        ".NETCoreApp,Version=v10.0" => Modern,
        string other => throw new NotSupportedException($"Name the framework {other} here."),
    };

    private static IEnumerable<TestCaseData<string, string[]>> Packages()
    {
        yield return new("Retell", [Modern, Standard]);
        yield return new("Retell.Generated", [Modern, Standard]);
        if (Framework == Modern)
        {
            yield return new("Retell.AI", [Modern]);
            yield return new("Retell.AspNetCore", [Modern]);
            yield return new("Retell.Testing", [Modern]);
            yield return new("Retell.Workspaces", [Modern]);
        }
    }

    /// <summary>Before anything is accepted: the code of the callers follows from what is recorded now.</summary>
    [OneTimeSetUp]
    public void CompileCallers() => _broken = CallerProgram.Compile(Packages().SelectMany(package => Recorded(package.Arguments)), CallerProgram.Platform);

    [TestCaseSource(nameof(Packages))]
    public void Public_surface_matches_baseline(string package, string[] frameworks)
    {
        IReadOnlyList<string> surface = ApiSurface.Of(Assembly.Load(package));
        var baseline = ApiBaseline.Of(package, frameworks);
        string? accepted = Environment.GetEnvironmentVariable(ApiChanges.Variable);
        Assert.That(accepted, Is.AnyOf(null, "", "additions", "all"), ApiChanges.Variable);
        if (accepted == "all")
        {
            baseline.Write(Framework, surface);
            return;
        }

        IReadOnlyList<string> recorded = baseline.Read(Framework);
        HashSet<string> remaining = [.. surface.Select(ApiSurface.Signature)];
        ApiChanges changes = ApiChanges.Between(recorded, surface) with
        {
            // Calls of a member that is gone say nothing new.
            Broken = [.. _broken.Where(call => recorded.Contains(call.Member) && remaining.Contains(ApiSurface.Signature(call.Member)))],
        };
        if (accepted == "additions" && !changes.IsBreaking)
        {
            baseline.Write(Framework, surface);
        }
        else if (!changes.IsNone)
        {
            Assert.Fail(changes.Describe($"{package} ({Framework})"));
        }
    }

    private static IReadOnlyList<string> Recorded(object?[] package) => ApiBaseline.Of((string)package[0]!, (string[])package[1]!).Read(Framework);
}
