using System.CommandLine;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;
using Retell.Spec.Model;
using Retell.Spec.Naming;
using Retell.SpecTool.Check;
using Retell.SpecTool.Diff;

namespace Retell.SpecTool.Update;

/// <summary>Takes a new revision of the API: nothing that callers use disappears, and no name changes.</summary>
internal static class UpdateCommand
{
    public static Command Create(SpecOptions options)
    {
        var sources = new Argument<string[]>("source")
        {
            Description = "The new revision: a file or a URL. Of several, the first one with an OpenAPI document is used. "
                + "A page of the documentation (Markdown) stands for the operations and schemas that it holds.",
            Arity = ArgumentArity.OneOrMore,
        };
        var drop = new Option<bool>("--drop-retained") { Description = "Drop the members that the API has removed. Use it for a major version." };
        var command = new Command(
            "update",
            "Take a new revision of the API: replace openapi/retell.yaml, keep what the API removed, record new names, and report what changed and what is left to write.")
        {
            sources, drop, options.Spec, options.Retained, options.Overlay, options.Names,
        };
        command.SetAction((result, cancellationToken) => SpecOptions.RunAsync(() =>
            RunAsync(options.Input(result), result.GetValue(sources)!, result.GetValue(drop), Console.Out, cancellationToken)));
        return command;
    }

    public static Task<int> RunAsync(NormalizeInput input, string source, bool dropRetained, TextWriter log, CancellationToken cancellationToken) =>
        RunAsync(input, [source], dropRetained, log, cancellationToken);

    public static async Task<int> RunAsync(
        NormalizeInput input,
        IReadOnlyList<string> sources,
        bool dropRetained,
        TextWriter log,
        CancellationToken cancellationToken,
        FileOperations? files = null,
        string? root = null)
    {
        using var transaction = UpdateTransaction.Begin(input.Spec, files ?? new FileOperations());
        FetchedSpec fetched = await SpecSource.ReadAsync(sources, input.Spec, Console.Error, cancellationToken).ConfigureAwait(false);
        JObject published = OpenApi31.Parse(fetched.Document);
        NormalizeInput incoming = input with { Spec = fetched.Source, Retained = null };

        // Everything is worked out before the first file is touched.
        JObject current = OpenApi31.Read(input.Spec);
        NameLock names = NameLock.Read(input.Names);
        var models = new UpdateModels(names, NormalizeCommand.ReadOverlay(input));
        ApiModel before = models.Read(current, RetainedFile.Empty, input).Model;
        MovedOperations.Record(current, published, names);
        RetainedFile retained = dropRetained ? RetainedFile.Empty : Retain(input, current, published, incoming, names, models);
        ApiModel after = models.Read(published, RetainedFile.Empty, incoming).Model;
        (ApiModel model, IReadOnlyList<string> notes) = models.Read(published, retained, incoming);

        NormalizeCommand.Record(names, model);
        List<(string, string?)> contents = [(input.Spec, fetched.Text), (names.File, names.Write())];
        if (input.Retained is not null)
        {
            contents.Insert(1, (input.Retained, retained.IsEmpty ? null : retained.Write()));
        }

        IReadOnlyList<string> written = transaction.Replace(contents);

        ChangeReport.WriteText(ApiDiff.Compare(before, after), log);
        foreach (ApiOperation added in model.Operations.Where(
                o => !o.IsFacadeChosen && !o.IsRetained && o.RawOnlyReason is null && before.Operations.TrueForAll(known => known.Key != o.Key && known.Key != o.FormerKey)))
        {
            await log.WriteLineAsync(
                $"named: {added.Key} is retell.{added.Resource}.{added.FacadeMethod}Async. The name is for ever: "
                + $"to choose another one before it is released, add to {OperationFacts.Table} in openapi/overlay.yaml: \"{added.Key}\": {{ resource: "
                    + $"{added.Resource}, method: {added.FacadeMethod}, repeatable: {(added.IsRepeatable ? "true" : "false")} }}").ConfigureAwait(false);
        }

        await log.WriteLineAsync(written.Count == 0 ? "Nothing changed." : "Written: " + string.Join(", ", written.Select(Path.GetFileName))).ConfigureAwait(false);
        CheckReport report = CheckReport.Of(model, notes, input, root ?? Repository.Root);
        report.Write(log);
        foreach (string note in fetched.Notes)
        {
            await log.WriteLineAsync("note: " + note).ConfigureAwait(false);
        }

        transaction.Complete();
        return 0;
    }

    /// <summary>What callers would lose; the names of what moved are recorded.</summary>
    private static RetainedFile Retain(NormalizeInput input, JObject current, JObject published, NormalizeInput incoming, NameLock names, UpdateModels models)
    {
        var known = RetainedFile.Read(input.Retained);
        ApiModel currentModel;
        if (known.IsEmpty)
        {
            currentModel = models.Read(current, RetainedFile.Empty, input).Model;
        }
        else
        {
            current = (JObject)current.DeepClone();
            known.Apply(current);
            currentModel = models.Read(OpenApi31.Parse((JObject)current.DeepClone()), RetainedFile.Empty, input).Model;
        }

        NormalizeCommand.Record(names, currentModel);
        Dictionary<string, Definition> moved = MovedSchemas.Find(currentModel, Load(RetainedFile.Empty), names);
        ApiModel publishedModel = Load(RetainedFile.Empty);
        RetainedFile retained = Collect(NoValues);
        retained = Collect(LostValues(currentModel, publishedModel, Load(retained)));

        // What came back with its operation or its property is not lost.
        new LostTypes(current, currentModel, Load(retained)).Keep(retained, names);
        return retained;

        RetainedFile Collect(ILookup<string, string> values) => new RetainedCollector(current, currentModel, published, publishedModel, moved, values).Collect();

        ApiModel Load(RetainedFile kept) => models.Read(published, kept, incoming).Model;
    }

    private static ILookup<string, string> NoValues { get; } = Array.Empty<string>().ToLookup(value => value);

    /// <summary>Values that a shared enumeration had from a place that is gone, by a place of it that remains.</summary>
    private static ILookup<string, string> LostValues(ApiModel before, ApiModel published, ApiModel after)
    {
        ILookup<string, EnumDefinition> living = after.Definitions.Values.OfType<EnumDefinition>()
            .Where(now => before.Definitions.ContainsKey(now.Place) && published.Definitions.ContainsKey(now.Place))
            .OrderBy(now => now.Place, StringComparer.Ordinal)
            .ToLookup(now => now.TypeName, StringComparer.Ordinal);
        IEnumerable<(string Place, string Value)> lost =
            from type in before.Generated.OfType<EnumDefinition>()
            from now in living[type.TypeName].Take(1)
            from value in type.AllValues.Except(((EnumDefinition)now.Canonical).AllValues)
            select (now.Place, value);
        return lost.ToLookup(item => item.Place, item => item.Value, StringComparer.Ordinal);
    }
}
