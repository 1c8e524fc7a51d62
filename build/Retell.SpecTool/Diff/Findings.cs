using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>Where something is compared.</summary>
/// <param name="Side">Which way the value travels.</param>
/// <param name="Place">The JSON pointer.</param>
/// <param name="CSharp">The C# names at the place.</param>
internal sealed record Spot(Sides Side, string Place, params IReadOnlyList<string> CSharp)
{
    /// <summary>The operation that is compared; for a part of a schema those that use the owner count.</summary>
    public string? Operation { get; init; }

    /// <summary>The definition that has what is compared: by inheritance it may stand at another place.</summary>
    public Definition? Owner { get; init; }

    /// <summary>What stood there before, if it was another schema.</summary>
    public string? Against { get; init; }

    /// <summary>In words.</summary>
    public string Text => PlaceName.Of(Place).Text;
}

/// <summary>Collects changes: what is reached on both sides, or inherited by several schemas, is one change.</summary>
internal sealed class Findings(Func<Definition, IEnumerable<string>> usersOf)
{
    private readonly Dictionary<(Rule Rule, string Place, string Message), List<Finding>> _all = [];

    public void Add(Rule rule, Spot spot, string message)
    {
        message = spot.Against is null ? message : $"{message} (compared with {spot.Against}, which stood in its place)";
        if (!_all.TryGetValue((rule, spot.Place, message), out List<Finding>? known))
        {
            _all[(rule, spot.Place, message)] = known = [];
        }

        Finding? same = known.Find(f => ReferenceEquals(f.Owner, spot.Owner));
        if (same is null)
        {
            known.Add(same = new Finding(spot.Owner));
        }

        same.Sides |= spot.Side;
        same.CSharp.UnionWith(spot.CSharp);
        same.Operations.UnionWith(spot.Operation is null ? [] : [spot.Operation]);
    }

    /// <summary>The changes, in an order that does not depend on how they were found.</summary>
    public IReadOnlyList<Change> ToChanges() =>
    [
        .. _all.SelectMany(entry => Merged(entry.Key.Place, entry.Value).Select(finding => Change(entry.Key.Rule, entry.Key.Place, entry.Key.Message, finding)))
            .OfType<Change>()
            .OrderBy(c => c.Operation is null ? c.Schema is null ? 0 : 2 : 1)
            .ThenBy(c => c.Operation is string operation ? operation[(operation.IndexOf(' ', StringComparison.Ordinal) + 1)..] : c.Schema, StringComparer.Ordinal)
            .ThenBy(c => c.Operation, StringComparer.Ordinal)
            .ThenByDescending(c => c.Class)
            .ThenBy(c => c.Place, StringComparer.Ordinal)
            .ThenBy(c => c.Id, StringComparer.Ordinal)
            .ThenBy(c => c.Message, StringComparer.Ordinal),
    ];

    /// <summary>What the schema at the place has, those that inherit it have too: it is said once, there.</summary>
    private static List<Finding> Merged(string place, List<Finding> findings)
    {
        bool isHome = findings.Exists(f => f.Owner is null || place.StartsWith(f.Owner.Place, StringComparison.Ordinal));
        if (!isHome)
        {
            return findings;
        }

        var all = new Finding(null);
        foreach (Finding finding in findings)
        {
            all.Sides |= finding.Sides;
            all.CSharp.UnionWith(finding.CSharp);
            all.Operations.UnionWith(finding.Operations);
            all.Owners.AddRange(finding.Owners);
        }

        return [all];
    }

    private Change? Change(Rule rule, string place, string message, Finding finding)
    {
        if (rule.On(finding.Sides) is not ChangeClass kind)
        {
            return null;
        }

        PlaceName name = PlaceName.Of(finding.Owner?.Place ?? place);
        string[] users = [.. finding.Operations.Concat(finding.Owners.SelectMany(usersOf)).Distinct().Order(StringComparer.Ordinal)];
        return new Change(rule, kind, finding.Sides, name.Operation, name.Schema, place, message, [.. finding.CSharp.Order(StringComparer.Ordinal)], users);
    }

    private sealed class Finding(Definition? owner)
    {
        /// <summary>Null when the place itself says where it belongs.</summary>
        public Definition? Owner { get; } = owner;

        public List<Definition> Owners { get; } = owner is null ? [] : [owner];

        public Sides Sides { get; set; }

        public HashSet<string> CSharp { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Operations { get; } = new(StringComparer.Ordinal);
    }
}
