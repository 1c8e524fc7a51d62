using System.Text.RegularExpressions;
using Retell.Spec.Documents;
using Retell.Spec.Model;
using Retell.SpecTool.Update;

namespace Retell.SpecTool.Diff;

/// <summary>Compares the operations: by method and path, whatever the parameters in the path are called.</summary>
internal sealed partial class OperationComparer(Comparison comparison)
{
    private Findings Findings => comparison.Findings;

    public void Run()
    {
        List<ApiOperation> rest = [.. comparison.After.Operations];
        List<ApiOperation> gone = [];
        var pairs = new List<(ApiOperation Before, ApiOperation After)>();
        foreach (ApiOperation after in comparison.After.Operations.Where(o => o.FormerKey is not null))
        {
            // One that moved in an earlier revision has its new path on both sides.
            if (comparison.Before.Operations.Find(o => o.Key == after.FormerKey) is ApiOperation before
                && comparison.Before.Operations.TrueForAll(o => o.Key != after.Key)
                && comparison.After.Operations.TrueForAll(o => o.Key != before.Key))
            {
                rest.Remove(after);
                pairs.Add((before, after));
            }
        }

        gone.AddRange(comparison.Before.Operations.Except(pairs.Select(pair => pair.Before)));
        foreach (Func<ApiOperation, string> key in new Func<ApiOperation, string>[] { o => o.Key, o => MovedOperations.SameOnTheWire(o.Key) })
        {
            List<ApiOperation> open = [.. gone];
            gone.Clear();
            foreach (ApiOperation before in open)
            {
                if (rest.Find(o => key(o) == key(before)) is ApiOperation after)
                {
                    rest.Remove(after);
                    pairs.Add((before, after));
                }
                else
                {
                    gone.Add(before);
                }
            }
        }

        foreach (ApiOperation operation in gone)
        {
            Findings.Add(Rules.OperationRemoved, Spot(operation, CSharpNames.Of(operation)), "the operation is gone" + Successor(operation, rest));
        }

        foreach (ApiOperation operation in rest)
        {
            Findings.Add(Rules.OperationAdded, Spot(operation, CSharpNames.Of(operation)), "the operation is new");
        }

        pairs.ForEach(pair => Compare(pair.Before, pair.After));
    }

    private static string Place(ApiOperation operation) => SpecPlace.OfOperation(operation.Path, operation.HttpMethod.ToLowerInvariant());

    private static Spot Spot(ApiOperation operation, params string[] csharp) => new(Sides.None, Place(operation), csharp) { Operation = operation.Key };

    /// <summary>What the overlay names, or an operation of the same id at another path.</summary>
    private string Successor(ApiOperation operation, List<ApiOperation> added)
    {
        string? named = comparison.FactsAfter?.ReplacementOf(operation.Key);
        List<ApiOperation> same = [.. added.Concat(comparison.After.Operations).Where(o => o.Id == operation.Id).Distinct()];
        return named is not null ? $"; use {named}" : same is [ApiOperation only] ? $"; {only.Key} has its operationId" : string.Empty;
    }

    private void Compare(ApiOperation before, ApiOperation after)
    {
        Spot spot = Spot(after, CSharpNames.Pair(CSharpNames.Of(before), CSharpNames.Of(after)));
        comparison.AddDocumentation(before.Description, after.Description, spot);
        comparison.AddDocumentation(before.ResponseDescription, after.ResponseDescription, spot with { Place = $"{spot.Place}/responses" });
        comparison.AddFlag(before.IsDeprecated, after.IsDeprecated, Rules.OperationDeprecated, Rules.OperationUndeprecated, spot, "is deprecated now", "is no longer deprecated");
        if (after.FormerKey == before.Key && MovedOperations.SameOnTheWire(after.Key) != MovedOperations.SameOnTheWire(before.Key))
        {
            Findings.Add(Rules.OperationMoved, spot, $"{before.Key} → {after.Key}");
        }

        if (before.Id != after.Id)
        {
            Findings.Add(Rules.OperationIdChanged, spot, $"operationId {before.Id} → {after.Id}");
        }

        if (comparison.FactsBefore is not null && comparison.FactsAfter is not null)
        {
            new DetailComparer(comparison, before, after, spot).Run();
        }

        CompareParameters(before, after);
        CompareBody(before, after, spot);
        CompareAnswer(before, after, spot);
    }

    private void CompareParameters(ApiOperation before, ApiOperation after)
    {
        List<Parameter> rest = [.. after.Parameters];
        foreach (Parameter old in before.Parameters)
        {
            // In an equal path the same position is the same parameter.
            Parameter? now = rest.Find(p => (p.In, p.Name) == (old.In, old.Name))
                ?? (old.In == "path" ? rest.Find(p => p.In == "path" && Position(after, p) == Position(before, old)) : null);
            if (now is null)
            {
                Spot gone = ParameterSpot(before, old, CSharpNames.Of(before, CSharpNames.Argument(before, old)));
                Findings.Add(Rules.ParameterRemoved, gone with { Operation = after.Key }, $"{Text(old)} is gone");
                continue;
            }

            rest.Remove(now);
            string[] names = CSharpNames.Pair(CSharpNames.Of(before, CSharpNames.Argument(before, old)), CSharpNames.Of(after, CSharpNames.Argument(after, now)));
            CompareParameter(before, after, old, now, ParameterSpot(after, now, names));
        }

        foreach (Parameter added in rest)
        {
            Rule rule = added.IsRequired ? Rules.ParameterAddedRequired : Rules.ParameterAddedOptional;
            Findings.Add(
                rule,
                ParameterSpot(after, added, CSharpNames.Of(after, CSharpNames.Argument(after, added))),
                $"{Text(added)} is new, {(added.IsRequired ? "required" : "optional")}");
        }
    }

    private static string Text(Parameter parameter) => $"the {parameter.In} parameter `{parameter.Name}`";

    private static int Position(ApiOperation operation, Parameter parameter) =>
        Placeholder().Matches(operation.Path).Select(match => match.Value).ToList().IndexOf($"{{{parameter.Name}}}");

    private static Spot ParameterSpot(ApiOperation operation, Parameter parameter, params string[] csharp) =>
        new(Sides.Request, $"{Place(operation)}/parameters/{SchemaFolder.Step(parameter.Name)}", csharp) { Operation = operation.Key };

    private void CompareParameter(ApiOperation before, ApiOperation after, Parameter old, Parameter now, Spot spot)
    {
        if (old.Name != now.Name)
        {
            Findings.Add(Rules.PathParameterRenamed, spot, $"path parameter `{old.Name}` → `{now.Name}`");
        }

        comparison.AddFlag(old.IsRequired, now.IsRequired, Rules.ParameterBecameRequired, Rules.ParameterBecameOptional, spot, "is required now", "is optional now");
        ParameterDetails? oldDetails = Details(comparison.FactsBefore, before, old);
        ParameterDetails? nowDetails = Details(comparison.FactsAfter, after, now);

        // What many operations share is said once, of the shared parameter.
        if (nowDetails?.Reference is string shared && shared == oldDetails?.Reference)
        {
            spot = spot with { Place = shared };
        }

        comparison.AddDocumentation(old.Description, now.Description, spot);
        comparison.AddFlag(old.IsDeprecated, now.IsDeprecated, Rules.ParameterDeprecated, Rules.ParameterUndeprecated, spot, "is deprecated now", "is no longer deprecated");
        comparison.AddLimits(old.Constraints, now.Constraints, spot);
        if (oldDetails is not null && nowDetails is not null)
        {
            comparison.AddDefault(oldDetails.Default, nowDetails.Default, spot);
            comparison.AddFlag(
                oldDetails.AllowsEmpty,
                nowDetails.AllowsEmpty,
                Rules.ParameterEmptyAllowed,
                Rules.ParameterEmptyRefused,
                spot,
                "may be empty now",
                "may no longer be empty");
            if (oldDetails.Serialization != nowDetails.Serialization)
            {
                Findings.Add(Rules.ParameterSerializationChanged, spot, $"{spot.Text}: style {oldDetails.Serialization} → {nowDetails.Serialization}");
            }
        }

        if (!comparison.CompareUse(old.Type, now.Type, spot))
        {
            comparison.CompareCSharp(old.Type, now.Type, spot);
        }
    }

    private static ParameterDetails? Details(SpecFacts? facts, ApiOperation operation, Parameter parameter) =>
        facts?.Operation(operation).Parameters.GetValueOrDefault((parameter.In, parameter.Name));

    private void CompareBody(ApiOperation before, ApiOperation after, Spot spot)
    {
        Spot body = spot with { Side = Sides.Request, Place = spot.Place + "/requestBody" };
        switch (before.Body, after.Body)
        {
            case (null, null):
                return;
            case (null, _):
                Findings.Add(after.IsBodyRequired ? Rules.BodyAddedRequired : Rules.BodyAddedOptional, body, $"a body is new, {(after.IsBodyRequired ? "required" : "optional")}");
                return;
            case (_, null):
                Findings.Add(Rules.BodyRemoved, body, "the body is gone");
                return;
        }

        comparison.AddFlag(before.IsBodyRequired, after.IsBodyRequired, Rules.BodyBecameRequired, Rules.BodyBecameOptional, body, "is required now", "is optional now");
        if (before.BodyType != after.BodyType)
        {
            Findings.Add(Rules.BodyMediaTypeChanged, body, $"the body: {before.BodyType} → {after.BodyType}");
        }

        CompareWhole(before.Body, after.Body, body);
    }

    private void CompareAnswer(ApiOperation before, ApiOperation after, Spot spot)
    {
        Spot answer = spot with { Side = Sides.Response, Place = $"{spot.Place}/responses/{after.Status}" };
        switch (before.Response, after.Response)
        {
            case (null, null):
                return;
            case (null, _):
                Findings.Add(Rules.ResponseBodyAdded, answer, "the answer has a body now");
                return;
            case (_, null):
                Findings.Add(Rules.ResponseBodyRemoved, answer, "the answer has no body any more");
                return;
            default:
                CompareWhole(before.Response, after.Response, answer);
                return;
        }
    }

    private void CompareWhole(TypeUse before, TypeUse after, Spot spot)
    {
        if (!comparison.CompareUse(before, after, spot))
        {
            comparison.CompareCSharp(before, after, spot);
        }
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
