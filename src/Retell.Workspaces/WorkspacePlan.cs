using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;

namespace Retell.Workspaces;

/// <summary>The differences between the files and the server, which a push carries out.</summary>
public sealed class WorkspacePlan
{
    internal WorkspacePlan(string environment, IReadOnlyList<WorkspaceChange> changes, string fingerprint, IReadOnlyList<string> notes)
    {
        Environment = environment;
        Changes = changes;
        Fingerprint = fingerprint;
        Notes = notes;
    }

    /// <summary>Gets the name of the environment.</summary>
    public string Environment { get; }

    /// <summary>Gets the changes, in the order in which a push carries them out.</summary>
    public IReadOnlyList<WorkspaceChange> Changes { get; }

    /// <summary>Gets a hash of the files, the base and the server. A push refuses a plan whose fingerprint has changed.</summary>
    public string Fingerprint { get; }

    /// <summary>Gets what else to know.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Gets the outcome: a conflict, changes, or nothing to do. Changes that only the server has are no changes of the files.</summary>
    public WorkspaceOutcome Outcome => Changes.Any(change => change.Kind == WorkspaceChangeKind.Conflict) ? WorkspaceOutcome.Conflict
        : Changes.Any(change => change.Kind != WorkspaceChangeKind.Drift) ? WorkspaceOutcome.Changes
        : WorkspaceOutcome.Done;

    /// <summary>Gets a value indicating whether the server has changes that the files do not have.</summary>
    public bool HasDrift => Changes.Any(change => change.Kind == WorkspaceChangeKind.Drift || change.Members.Any(member => member.Source != WorkspaceChangeSource.You));

    /// <summary>Returns the plan as JSON, to save it for a push.</summary>
    /// <returns>An object with the environment, the fingerprint and the changes.</returns>
    public JObject ToJson() => new()
    {
        ["environment"] = Environment,
        ["fingerprint"] = Fingerprint,
        ["changes"] = new JArray(Changes.Select(change => new JObject
        {
            ["address"] = change.Address.ToString(),
            ["kind"] = change.Kind.ToString(),
            ["reason"] = change.Reason,
            ["affects"] = new JArray(change.Affects.Select(address => address.ToString())),
            ["members"] = new JArray(change.Members.Select(member => new JObject
            {
                ["path"] = member.Path,
                ["source"] = member.Source.ToString(),
                ["before"] = member.Before,
                ["after"] = member.After,
                ["diff"] = member.TextDiff,
            })),
        })),
        ["notes"] = new JArray(Notes),
    };

    /// <summary>Reads the fingerprint of a saved plan.</summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The environment and the fingerprint.</returns>
    /// <exception cref="WorkspaceException">The file does not exist or is not a plan.</exception>
    internal static (string Environment, string Fingerprint) ReadFingerprint(string path)
    {
        JObject json = CanonicalJson.Parse(Files.AtomicFile.Read(path) ?? throw new WorkspaceException("The plan does not exist. Write it with diff.", path), path);
        return json["environment"] is JValue { Value: string environment } && json["fingerprint"] is JValue { Value: string fingerprint }
            ? (environment, fingerprint)
            : throw new WorkspaceException("The file is not a plan. Write it with diff.", path);
    }

    /// <summary>Returns the plan as text for people.</summary>
    /// <returns>Lines with the changes, their members, and unified diffs of texts.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (WorkspaceChange change in Changes)
        {
            text.Append(change.Sign).Append(' ').Append(change.Address);
            text.Append(change.Kind == WorkspaceChangeKind.Drift ? " (changed on the server)" : "").Append(change.Reason is null ? "" : $": {change.Reason}").Append('\n');
            foreach (WorkspaceMemberChange member in change.Members)
            {
                string source = member.Source == WorkspaceChangeSource.You ? "" : $" ({member.Source.ToString().ToLowerInvariant()})";
                text.Append("    ").Append(member.Path).Append(source);
                text.Append(member.TextDiff is null ? $": {member.Before ?? "(absent)"} -> {member.After ?? "(absent)"}\n" : "\n");
                foreach (string line in (member.TextDiff ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    text.Append("      ").Append(line).Append('\n');
                }
            }

            if (change.Affects.Count > 0)
            {
                text.Append("    affects ").AppendJoin(", ", change.Affects).Append('\n');
            }
        }

        foreach (string note in Notes)
        {
            text.Append(note).Append('\n');
        }

        return text.ToString();
    }
}
