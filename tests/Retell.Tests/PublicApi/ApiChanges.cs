namespace Retell.Tests.PublicApi;

/// <summary>What became of a surface. A removal breaks whoever compiled against it; an addition or another attribute does not.</summary>
internal sealed record ApiChanges(IReadOnlyList<string> Removed, IReadOnlyList<string> Added, IReadOnlyList<string> Marked)
{
    public const string Variable = "RETELL_ACCEPT_API";
    private const string Accept = $"dotnet test Retell.Generated.sln --filter Category=PublicApi -e {Variable}=";
    private const int Shown = 200;

    /// <summary>Gets the calls of recorded members that no longer compile, although the members are there: mostly an overload that makes them ambiguous.</summary>
    public IReadOnlyList<BrokenCall> Broken { get; init; } = [];

    public bool IsNone => Removed.Count + Added.Count + Marked.Count + Broken.Count == 0;

    public bool IsBreaking => Removed.Count + Broken.Count > 0;

    public static ApiChanges Between(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        HashSet<string> signaturesBefore = [.. before.Select(ApiSurface.Signature)];
        HashSet<string> signaturesAfter = [.. after.Select(ApiSurface.Signature)];
        return new ApiChanges(
            [.. before.Where(line => !signaturesAfter.Contains(ApiSurface.Signature(line)))],
            [.. after.Where(line => !signaturesBefore.Contains(ApiSurface.Signature(line)))],
            [.. after.Except(before).Where(line => signaturesBefore.Contains(ApiSurface.Signature(line)))]);
    }

    /// <summary>What a person reads: the removals first, and how to accept.</summary>
    public string Describe(string package) => string.Join('\n',
    [
        Removed.Count > 0 ? $"{package}: {Removed.Count} REMOVED (breaking), {Added.Count} added, {Marked.Count} with other attributes"
            : Broken.Count > 0 ? $"{package}: {Broken.Count} calls BROKEN (breaking), {Added.Count} added, {Marked.Count} with other attributes"
            : $"{package}: additions only ({Added.Count} added, {Marked.Count} with other attributes)",
        .. Lines("- REMOVED ", Removed),
        .. Lines("- BROKEN  ", [.. Broken.Select(call => $"{call.Code} ({call.Error})")]),
        .. Lines("+ added   ", Added),
        .. Lines("~ marked  ", Marked),
        .. Broken.Count > 0
            ? ["A broken call compiled against the recorded surface and does not compile now: give the new member another name or other parameters."]
            : Array.Empty<string>(),
        Removed.Count > 0
            ? $"A removed line breaks code that was compiled against it. Bring it back (what the API dropped is kept by openapi/retained.yaml), or accept the break for a major version with: {Accept}all"
            : Broken.Count > 0 ? $"Or accept the break for a major version with: {Accept}all"
            : $"Nobody's code breaks. Accept with: {Accept}additions",
    ]);

    private static IEnumerable<string> Lines(string mark, IReadOnlyList<string> lines) =>
        lines.Take(Shown).Select(line => mark + line).Concat(lines.Count > Shown ? [$"{mark}… and {lines.Count - Shown} more"] : []);
}
