using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>What changed between two revisions of the API for those who call it through the SDK.</summary>
internal static class ApiDiff
{
    /// <summary>
    /// Every change, by operation and schema, the worse ones first; the order depends on nothing but the two revisions.
    /// Changes of words are among them, one for each place, of the class <see cref="ChangeClass.Documentation"/>.
    /// </summary>
    public static IReadOnlyList<Change> Compare(ApiModel before, ApiModel after)
    {
        var comparison = new Comparison(before, after);
        comparison.Run();
        return comparison.Findings.ToChanges();
    }
}
