using Newtonsoft.Json.Linq;

namespace Retell.SpecTool.Diff;

/// <summary>Compares what holds for all operations: servers and security.</summary>
internal sealed class DocumentComparer(Comparison comparison)
{
    public void Run()
    {
        if (comparison is not { FactsBefore: SpecFacts before, FactsAfter: SpecFacts after })
        {
            return;
        }

        var spot = new Spot(Sides.None, "#");
        foreach (string word in new[] { "title", "version", "description" })
        {
            comparison.AddDocumentation((string?)before.Info[word], (string?)after.Info[word], spot with { Place = "#/info/" + word });
        }

        CompareServers(before.Servers, after.Servers, comparison.Findings, spot with { Place = "#/servers" });
        SecurityComparer.Compare(before.Security, after.Security, comparison.Findings, spot with { Place = "#/security" });
        foreach (JProperty scheme in before.SecuritySchemes)
        {
            JToken? now = after.SecuritySchemes.FirstOrDefault(s => s.Name == scheme.Name)?.Value;
            if (now is not null && !JToken.DeepEquals(SpecFacts.Bare(scheme.Value), SpecFacts.Bare(now)))
            {
                comparison.Findings.Add(
                    Rules.SecuritySchemeChanged,
                    spot with { Place = "#/components/securitySchemes/" + scheme.Name },
                    $"`{scheme.Name}` authenticates in another way");
            }
        }
    }

    public static void CompareServers(IReadOnlyList<string> before, IReadOnlyList<string> after, Findings findings, Spot spot)
    {
        string? first = before is [string one, ..] ? one : null;
        string? now = after is [string other, ..] ? other : null;
        if (first != now)
        {
            findings.Add(Rules.ServerChanged, spot, $"server {first ?? "none"} → {now ?? "none"}");
        }

        foreach (string url in after.Skip(1).Except(before))
        {
            findings.Add(Rules.ServerAdded, spot, $"server {url} is new");
        }

        foreach (string url in before.Skip(1).Except(after))
        {
            findings.Add(Rules.ServerRemoved, spot, $"server {url} is gone");
        }
    }
}

/// <summary>Compares the ways to authenticate, of which a call needs one.</summary>
internal static class SecurityComparer
{
    public static void Compare(IReadOnlyList<string> before, IReadOnlyList<string> after, Findings findings, Spot spot)
    {
        (bool wasOpen, bool isOpen) = (before.Contains(string.Empty), after.Contains(string.Empty));
        if (wasOpen != isOpen)
        {
            findings.Add(
                isOpen ? Rules.SecurityLifted : Rules.SecurityRequired,
                spot,
                isOpen ? "calls need no credentials any more" : $"calls need credentials now: {string.Join(" or ", after)}");
        }

        // Who called without credentials has lost no way, and none counts for who may.
        foreach (string way in after.Except(before).Where(way => way.Length > 0 && !wasOpen))
        {
            findings.Add(Rules.SecurityAdded, spot, $"calls may authenticate by {way} now");
        }

        foreach (string way in before.Except(after).Where(way => way.Length > 0 && !isOpen))
        {
            findings.Add(Rules.SecurityRemoved, spot, $"calls can no longer authenticate by {way}");
        }
    }
}
