using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.SpecTool.Diff;

/// <summary>Changes as text for terminals, as Markdown for the summary of a CI job, and as JSON for tools.</summary>
internal static class ChangeReport
{
    /// <summary>The classes that are listed, the worst one first.</summary>
    private static readonly ChangeClass[] s_listed = [ChangeClass.Breaking, ChangeClass.Risky, ChangeClass.Additive];

    private static readonly Dictionary<ChangeClass, string> s_names = new()
    {
        [ChangeClass.Breaking] = "breaking",
        [ChangeClass.Risky] = "risky",
        [ChangeClass.Additive] = "additive",
        [ChangeClass.Documentation] = "documentation",
    };

    private static readonly Dictionary<ChangeClass, string> s_marks = new() { [ChangeClass.Breaking] = "!!", [ChangeClass.Risky] = " ?", [ChangeClass.Additive] = " +" };

    /// <summary>Grouped by operation and schema, one line a change, then why they are classed as they are.</summary>
    public static void WriteText(IReadOnlyList<Change> changes, TextWriter output)
    {
        output.WriteLine(Summary(changes));
        foreach (IGrouping<string, Change> group in Listed(changes).GroupBy(Group))
        {
            output.WriteLine();
            int users = group.SelectMany(c => c.UsedBy).Distinct().Count();
            output.WriteLine(group.First().Schema is null || users == 0 ? group.Key : $"{group.Key} (in {users} operation{(users == 1 ? string.Empty : "s")})");
            foreach (Change change in group)
            {
                string side = change.Side == Sides.None ? string.Empty : $"{Side(change.Side)}: ";
                string csharp = change.CSharp.Count == 0 ? string.Empty : $"  [{Names(change)}]";
                output.WriteLine($"  {s_marks[change.Class]} {s_names[change.Class],-8}  {side}{change.Message}{csharp}");
            }
        }

        List<Rule> rules = Reasons(changes);
        if (rules.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Why:");
            rules.ForEach(rule => output.WriteLine($"  {rule.Id}: {rule.Reason}"));
        }
    }

    /// <summary>The counts, then a table for each class.</summary>
    public static void WriteMarkdown(IReadOnlyList<Change> changes, TextWriter output)
    {
        output.WriteLine("## What changed in the API");
        output.WriteLine();
        output.WriteLine("| breaking | risky | additive | words only |");
        output.WriteLine("| ---: | ---: | ---: | ---: |");
        output.WriteLine($"| {Count(changes, ChangeClass.Breaking)} | {Count(changes, ChangeClass.Risky)} | {Count(changes, ChangeClass.Additive)} | "
            + $"{Count(changes, ChangeClass.Documentation)} |");
        output.WriteLine();
        output.WriteLine(Summary(changes));
        foreach (ChangeClass kind in s_listed.Where(kind => Count(changes, kind) > 0))
        {
            output.WriteLine();
            output.WriteLine($"### {char.ToUpperInvariant(s_names[kind][0])}{s_names[kind][1..]} ({Count(changes, kind)})");
            output.WriteLine();

            // Most of it is new and needs nothing: it is folded away.
            if (kind == ChangeClass.Additive)
            {
                output.WriteLine("<details><summary>Nothing has to be done for these</summary>");
                output.WriteLine();
            }

            output.WriteLine("| where | side | change | C# | rule |");
            output.WriteLine("| --- | --- | --- | --- | --- |");
            foreach (Change change in changes.Where(c => c.Class == kind))
            {
                string names = string.Join("<br>", change.CSharp.Take(6).Select(name => $"`{name}`"))
                    + (change.CSharp.Count > 6 ? $"<br>and {change.CSharp.Count - 6} more" : string.Empty);
                output.WriteLine(
                    $"| {Cell(Group(change))} | {(change.Side == Sides.None ? string.Empty : Side(change.Side))} | {Cell(change.Message)} | {Cell(names)} | {change.Id} |");
            }

            if (kind == ChangeClass.Additive)
            {
                output.WriteLine();
                output.WriteLine("</details>");
            }
        }

        List<Rule> rules = Reasons(changes);
        if (rules.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("### Why");
            output.WriteLine();
            rules.ForEach(rule => output.WriteLine($"- **{rule.Id}**: {Cell(rule.Reason)}"));
        }
    }

    /// <summary>A summary and the changes; members are added in later versions, never renamed.</summary>
    public static void WriteJson(IReadOnlyList<Change> changes, TextWriter output)
    {
        var summary = new JObject
        {
            ["breaking"] = Count(changes, ChangeClass.Breaking),
            ["risky"] = Count(changes, ChangeClass.Risky),
            ["additive"] = Count(changes, ChangeClass.Additive),
            ["documentation"] = Count(changes, ChangeClass.Documentation),
            ["operations"] = Counts(changes, Rules.OperationRemoved, Rules.OperationAdded, c => c.Operation),
            ["schemas"] = Counts(changes, Rules.SchemaRemoved, Rules.SchemaAdded, c => c.Schema),
        };
        var document = new JObject { ["summary"] = summary, ["changes"] = new JArray(Listed(changes).Select(Json)) };
        output.WriteLine(document.ToString(Formatting.Indented));
    }

    private static JObject Json(Change change) => new()
    {
        ["id"] = change.Id,
        ["class"] = s_names[change.Class],
        ["side"] = change.Side == Sides.None ? null : Side(change.Side),
        ["operation"] = change.Operation,
        ["schema"] = change.Schema,
        ["place"] = change.Place,
        ["message"] = change.Message,
        ["csharp"] = new JArray(change.CSharp),
        ["usedBy"] = new JArray(change.UsedBy),
        ["reason"] = change.Rule.Reason,
    };

    private static JObject Counts(IReadOnlyList<Change> changes, Rule removed, Rule added, Func<Change, string?> name) => new()
    {
        ["removed"] = changes.Count(c => c.Rule == removed),
        ["added"] = changes.Count(c => c.Rule == added),
        ["changed"] = Changed(changes, removed, added, name),
    };

    private static string Summary(IReadOnlyList<Change> changes)
    {
        int documentation = Count(changes, ChangeClass.Documentation);
        if (!Listed(changes).Any())
        {
            return documentation == 0 ? "The API has not changed." : $"The API has not changed; {documentation} descriptions have.";
        }

        string classes = string.Join(", ", s_listed.Select(kind => $"{Count(changes, kind)} {s_names[kind]}"));
        string operations = Parts(changes, Rules.OperationRemoved, Rules.OperationAdded, c => c.Operation);
        string schemas = Parts(changes, Rules.SchemaRemoved, Rules.SchemaAdded, c => c.Schema);
        return $"{Listed(changes).Count()} changes: {classes}; operations {operations}; schemas {schemas}; {documentation} descriptions differ.";
    }

    private static string Parts(IReadOnlyList<Change> changes, Rule removed, Rule added, Func<Change, string?> name) =>
        $"-{changes.Count(c => c.Rule == removed)} +{changes.Count(c => c.Rule == added)} ~{Changed(changes, removed, added, name)}";

    private static int Changed(IReadOnlyList<Change> changes, Rule removed, Rule added, Func<Change, string?> name) =>
        Listed(changes).Where(c => c.Rule != removed && c.Rule != added).Select(name).OfType<string>().Distinct().Count();

    /// <summary>Where it stands.</summary>
    private static string Group(Change change) => change.Operation ?? change.Schema ?? "document";

    private static IEnumerable<Change> Listed(IReadOnlyList<Change> changes) => changes.Where(c => c.Class != ChangeClass.Documentation);

    private static int Count(IReadOnlyList<Change> changes, ChangeClass kind) => changes.Count(c => c.Class == kind);

    /// <summary>A member of a common base has many names.</summary>
    private static string Names(Change change) =>
        string.Join(", ", change.CSharp.Take(3)) + (change.CSharp.Count > 3 ? $" and {change.CSharp.Count - 3} more" : string.Empty);

    private static string Side(Sides side) => side switch
    {
        Sides.Request => "request",
        Sides.Response => "response",
        _ => "both",
    };

    /// <summary>The rules of what somebody has to look at, in the order of the table.</summary>
    private static List<Rule> Reasons(IReadOnlyList<Change> changes)
    {
        HashSet<Rule> used = [.. changes.Where(c => c.Class >= ChangeClass.Risky).Select(c => c.Rule)];
        return [.. Rules.All.Where(used.Contains)];
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
