using System.Reflection;
using System.Runtime.Versioning;

namespace Retell.Tests.PublicApi;

/// <summary>
/// The surface of each package is the recorded one of tests/api. This runs in both test projects, so for each framework
/// that the libraries are built for.
/// </summary>
[Category("PublicApi")]
public class PublicApiTests
{
    private const string Modern = "net10.0";
    private const string Standard = "netstandard2.0";

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
            yield return new("Retell.Testing", [Modern]);
        }
    }

    [TestCaseSource(nameof(Packages))]
    public void TheSurfaceIsTheRecordedOne(string package, string[] frameworks)
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

        ApiChanges changes = ApiChanges.Between(baseline.Read(Framework), surface);
        if (accepted == "additions" && changes.Removed.Count == 0)
        {
            baseline.Write(Framework, surface);
        }
        else if (!changes.IsNone)
        {
            Assert.Fail(changes.Describe($"{package} ({Framework})"));
        }
    }
}
