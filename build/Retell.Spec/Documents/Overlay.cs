using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Spec.Documents;

/// <summary>An OpenAPI Overlay 1.0.0 document: actions that update or remove what a JSONPath selects.</summary>
internal sealed class Overlay(string file, IReadOnlyList<OverlayAction> actions)
{
    /// <summary>The name under which an action stands in messages.</summary>
    public string File { get; } = file;

    public static Overlay Read(string file) => Parse(YamlFile.ReadObject(file), file);

    public static Overlay Parse(JObject document, string file)
    {
        if (document["overlay"]?.ToString() is not string version || !version.StartsWith("1.0", StringComparison.Ordinal))
        {
            throw new SpecError(file, "$.overlay", "This is not an OpenAPI Overlay 1.0 document.", "Start it with `overlay: 1.0.0`.");
        }

        if (document["info"] is not JObject info || info["title"] is null || info["version"] is null)
        {
            throw new SpecError(file, "$.info", "An overlay needs info with title and version.", "Add them.");
        }

        if (document["actions"] is not JArray actions || actions.Count == 0)
        {
            throw new SpecError(file, "$.actions", "An overlay needs a list of at least one action.", "Add the list, or leave the overlay out.");
        }

        return new Overlay(file, [.. actions.Select((action, index) => OverlayAction.Parse(action, $"$.actions[{index}]", file))]);
    }

    /// <summary>
    /// Applies the actions in order, what is aimed at a path that moved also to where it is now. Gives those whose target
    /// matched nothing: the spec has moved on.
    /// </summary>
    /// <param name="document">The document, which is changed.</param>
    /// <param name="moved">The operations that have moved, each with what it was before.</param>
    public IReadOnlyList<OverlayAction> Apply(JObject document, IReadOnlyDictionary<string, string>? moved = null)
    {
        (string Before, string Now)[] paths = [.. (moved ?? new Dictionary<string, string>()).Select(move => ($"'{PathOf(move.Value)}'", $"'{PathOf(move.Key)}'"))];
        var unmatched = new List<OverlayAction>();
        foreach (OverlayAction action in actions)
        {
            bool isMatched = action.Apply(document, File);
            foreach ((string before, string now) in paths.Where(path => action.Target.Contains(path.Before, StringComparison.Ordinal)))
            {
                isMatched |= (action with { Target = action.Target.Replace(before, now, StringComparison.Ordinal) }).Apply(document, File);
            }

            if (!isMatched)
            {
                unmatched.Add(action);
            }
        }

        return unmatched;

        static string PathOf(string key) => key[(key.IndexOf(' ', StringComparison.Ordinal) + 1)..];
    }
}

/// <summary>One action of an overlay.</summary>
internal sealed record OverlayAction(string Place, string Target, string Description, JToken? Update, bool Remove)
{
    public static OverlayAction Parse(JToken token, string place, string file)
    {
        if (token is not JObject action)
        {
            throw new SpecError(file, place, "An action is a mapping.", "Write target, description and update or remove.");
        }

        foreach (JProperty member in action.Properties())
        {
            if (member.Name is not ("target" or "description" or "update" or "remove") && !member.Name.StartsWith("x-", StringComparison.Ordinal))
            {
                throw new SpecError(file, $"{place}.{member.Name}", "An action has no such member.", "Use target, description, update and remove.");
            }
        }

        if (action["target"]?.Type != JTokenType.String || string.IsNullOrWhiteSpace((string?)action["target"]))
        {
            throw new SpecError(file, $"{place}.target", "An action needs a target.", "Set it to the JSONPath of what to change.");
        }

        if (action["description"]?.Type != JTokenType.String || string.IsNullOrWhiteSpace((string?)action["description"]))
        {
            throw new SpecError(file, $"{place}.description", "An action needs its reason.", "State in the description why the overlay differs from the published spec.");
        }

        bool remove = action["remove"] is JToken flag && (flag.Type == JTokenType.Boolean
            ? (bool)flag
            : throw new SpecError(file, $"{place}.remove", "remove is true or false.", "Write `remove: true`."));
        JToken? update = action["update"];
        if (remove == (update is not null))
        {
            throw new SpecError(file, place, "An action either updates or removes.", "Give exactly one of `update` and `remove: true`.");
        }

        return new OverlayAction(place, (string)action["target"]!, (string)action["description"]!, update, remove);
    }

    public bool Apply(JObject document, string file)
    {
        List<JToken> targets;
        try
        {
            // A path may lead to one place twice.
            targets = [.. document.SelectTokens(Target).Distinct<JToken>(ReferenceEqualityComparer.Instance)];
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new SpecError(file, $"{Place}.target", $"\"{Target}\" is no valid JSONPath: {exception.Message}", "Mend the path.");
        }

        foreach (JToken target in targets)
        {
            if (Remove)
            {
                if (target.Parent is null)
                {
                    throw new SpecError(file, $"{Place}.target", $"\"{Target}\" selects the whole document.", "Target what is to be removed.");
                }

                (target.Parent is JProperty property ? (JToken)property : target).Remove();
            }
            else if (target is JArray array)
            {
                array.Add(Update!.DeepClone());
            }
            else if (target is JObject value && Update is JObject update)
            {
                Merge(value, update);
            }
            else
            {
                throw new SpecError(
                    file,
                    $"{Place}.target",
                    $"\"{Target}\" selects a {target.Type}, and the update is a {Update!.Type}.",
                    "Only objects and arrays can be updated: target what holds the value.");
            }
        }

        return targets.Count > 0;
    }

    /// <summary>Merges as the Overlay specification says: objects deep, arrays joined, everything else replaced.</summary>
    internal static void Merge(JObject target, JObject update)
    {
        foreach (JProperty member in update.Properties())
        {
            switch (target[member.Name], member.Value)
            {
                case (JObject inner, JObject value):
                    Merge(inner, value);
                    break;
                case (JArray list, JArray added):
                    foreach (JToken item in added)
                    {
                        list.Add(item.DeepClone());
                    }

                    break;
                default:
                    target[member.Name] = member.Value.DeepClone();
                    break;
            }
        }
    }
}
