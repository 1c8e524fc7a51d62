using Newtonsoft.Json.Linq;
using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>Compares what may be one of several JSON types, matched by what tells them apart when they are read.</summary>
internal sealed class ChoiceComparer(Comparison comparison, ChoiceDefinition before, ChoiceDefinition after, Spot spot)
{
    private Findings Findings => comparison.Findings;

    public void Compare()
    {
        List<TypeUse> rest = [.. after.Cases];
        foreach (TypeUse old in before.Cases)
        {
            TypeUse? now = rest.Find(c => c.Fingerprint == old.Fingerprint) ?? rest.Find(c => JsonType(c) == JsonType(old));
            if (now is null)
            {
                Findings.Add(Rules.CaseRemoved, spot, $"{spot.Text}: no longer a {CSharpType.Of(old)}");
                continue;
            }

            rest.Remove(now);
            comparison.AddLimits(old.Constraints, now.Constraints, spot);
            if (!comparison.CompareUse(old, now, spot))
            {
                comparison.CompareCSharp(old, now, spot);
            }

            if (old.Kind == ValueKind.String && now.Kind == ValueKind.String)
            {
                CompareTexts();
            }
        }

        foreach (TypeUse added in rest)
        {
            Findings.Add(Rules.CaseAdded, spot, $"{spot.Text}: may be a {CSharpType.Of(added)} now");
        }
    }

    private static string JsonType(TypeUse use) => use switch
    {
        { Kind: ValueKind.String or ValueKind.File } or { Definition: EnumDefinition } => "string",
        { Kind: ValueKind.Integer or ValueKind.Number } => "number",
        { Kind: ValueKind.Boolean } => "boolean",
        { Kind: ValueKind.List } => "array",
        _ => "object",
    };

    /// <summary>In C# a text beside other types is any string; the API may still list its values.</summary>
    private void CompareTexts()
    {
        List<JObject> old = Variants(comparison.FactsBefore, before);
        List<JObject> now = Variants(comparison.FactsAfter, after);

        // What became of an enumeration that both refer to is said of that one.
        foreach (JObject variant in old.ToList())
        {
            if (now.Find(v => v["$ref"] is JToken reference && JToken.DeepEquals(reference, variant["$ref"])) is JObject same)
            {
                old.Remove(variant);
                now.Remove(same);
                string place = (string)same["$ref"]!;
                if (comparison.Before.Definitions.TryGetValue(place, out Definition? known) && comparison.After.Definitions.TryGetValue(place, out Definition? current))
                {
                    comparison.Reach(known, current, spot.Side);
                }
            }
        }

        List<string>? wasListed = Listed(old, comparison.Before);
        List<string>? isListed = Listed(now, comparison.After);
        if (wasListed is null || isListed is null)
        {
            if (wasListed is not null || isListed is not null)
            {
                Findings.Add(
                    wasListed is null ? Rules.ValuesListed : Rules.ValuesUnlisted,
                    spot,
                    wasListed is null ? $"{spot.Text}: any text → one of {Comparison.List(isListed!)}" : $"{spot.Text}: one of {Comparison.List(wasListed)} → any text");
            }

            return;
        }

        foreach (string value in wasListed.Except(isListed))
        {
            Findings.Add(Rules.EnumValueRemoved, spot, $"{spot.Text}: value `{value}` removed");
        }

        foreach (string value in isListed.Except(wasListed))
        {
            Findings.Add(Rules.EnumValueAdded, spot, $"{spot.Text}: value `{value}` added");
        }
    }

    private static List<JObject> Variants(SpecFacts? facts, ChoiceDefinition choice)
    {
        JObject? schema = facts?.SchemaAt(choice.Place);
        return [.. ((schema?["oneOf"] ?? schema?["anyOf"]) as JArray ?? []).OfType<JObject>()];
    }

    /// <summary>The texts that are allowed; null when any is.</summary>
    private static List<string>? Listed(List<JObject> variants, ApiModel model)
    {
        List<string> values = [];
        foreach (JObject variant in variants)
        {
            Definition? component = variant["$ref"] is JToken reference ? model.Definitions.GetValueOrDefault((string)reference!) : null;
            if (component is EnumDefinition { Values: { Count: > 0 } named })
            {
                values.AddRange(named);
            }
            else if (component is EnumDefinition || (variant["enum"] is null && (string?)variant["type"] == "string"))
            {
                return null;
            }
            else
            {
                values.AddRange((variant["enum"] as JArray ?? []).Where(v => v.Type == JTokenType.String).Select(v => (string)v!));
            }
        }

        return values;
    }
}
