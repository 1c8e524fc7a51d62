using System.CommandLine;
using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;
using Retell.Spec.Emission;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.Spec;

/// <summary>The files of one run.</summary>
internal sealed record NormalizeInput(string Spec, string? Overlay, string Names, string? Retained = null);

/// <summary>Spec, retained members and overlay become the document that NSwag reads.</summary>
internal static class NormalizeCommand
{
    public static Command Create(SpecOptions options)
    {
        var output = new Option<FileInfo>("--output", "-o") { Description = "The output file.", Required = true };
        var writeNames = new Option<bool>("--write-names") { Description = "Record new names." };
        var command = new Command("normalize", "Apply the overlay to the spec and write the normalized document that NSwag reads.")
        {
            options.Spec, options.Retained, options.Overlay, options.NoOverlay, options.Names, output, writeNames,
        };
        command.SetAction((result, _) => SpecOptions.RunAsync(() =>
        {
            Run(options.Input(result), result.GetValue(output)!.FullName, result.GetValue(writeNames), Console.Out);
            return Task.FromResult(0);
        }));
        return command;
    }

    /// <summary>Reads, corrects and names the API. What a person should know is added to <paramref name="notes"/>.</summary>
    public static (ApiModel Model, NameLock Names) Load(NormalizeInput input, List<string> notes)
    {
        PendingUpdate.Refuse(input.Spec);
        return Load(YamlFile.ReadObject(input.Spec), RetainedFile.Read(input.Retained), input, notes);
    }

    /// <summary>The same for a document that is in memory; it is changed. Names that are given stand for the recorded ones.</summary>
    public static (ApiModel Model, NameLock Names) Load(JObject document, RetainedFile retained, NormalizeInput input, List<string> notes, NameLock? names = null)
    {
        names ??= NameLock.Read(input.Names);
        return (Read(OpenApi31.Parse(document), retained, input, ReadOverlay(input), notes, names), names);
    }

    /// <summary>Reads the overlay of a run, or returns null if it has none.</summary>
    public static Overlay? ReadOverlay(NormalizeInput input) => input.Overlay is null ? null : Overlay.Read(input.Overlay);

    /// <summary>Corrects and names the API of a document that says all as OpenAPI 3.0 does; the document is changed.</summary>
    public static ApiModel Read(JObject document, RetainedFile retained, NormalizeInput input, Overlay? overlay, List<string> notes, NameLock names)
    {
        retained.Apply(document);
        if (overlay is not null)
        {
            foreach (OverlayAction action in overlay.Apply(document, names.Moved))
            {
                notes.Add($"{overlay.File}: {action.Place}: the target {action.Target} matches nothing. The spec has changed: "
                    + $"correct or remove the action ({action.Description.Trim()})");
            }
        }

        CheckTable(document, input.Overlay ?? input.Spec);
        List<string> stale = [.. StaleRows(document).Where(row => !names.Moved.Values.Contains(row))];
        if (stale.Count > 0)
        {
            notes.Add($"{input.Overlay ?? input.Spec}: {OperationFacts.Table}: the spec no longer has these operations: {string.Join(", ", stale)}");
        }

        ApiModel model = SpecReader.Read(document, input.Spec, names);
        notes.AddRange(StaleArguments(model).Select(argument => $"{input.Overlay ?? input.Spec}: {argument}"));
        Descriptions.Apply(document, model, names);
        UnionAnalysis.Run(model);
        new NameAssigner(document, model, names, input, notes).Run();
        ArgumentOrder.Run(model, names);
        UnionAnalysis.FindSharedMembers(model);
        return model;
    }

    public static void Run(NormalizeInput input, string output, bool writeNames, TextWriter log)
    {
        var notes = new List<string>();
        (ApiModel model, NameLock names) = Load(input, notes);
        foreach (string note in notes.Concat(model.Remarks))
        {
            log.WriteLine("note: " + note);
        }

        AtomicFile.Write(output, NormalizedDocument.Write(model));
        int added = Record(names, model);
        if (added > 0 && writeNames)
        {
            AtomicFile.Write(names.File, names.Write());
        }

        log.WriteLine($"{model.Operations.Count} operations, {model.Generated.Count()} "
            + $"types{(added > 0 ? $", {added} new names{(writeNames ? " recorded" : string.Empty)}" : string.Empty)}");
    }

    /// <summary>Adds every name and every order of arguments that is not recorded yet; gives how many.</summary>
    public static int Record(NameLock names, ApiModel model) =>
        model.Definitions.Values.Count(d => names.Add(d.Place, d.Name!))
        + names.AddNew(model.Operations.Select(o => KeyValuePair.Create(o.Key, o.MethodName)))
        + model.Operations.Sum(o => names.AddArguments(o.Key, o.Arguments))
        + model.Operations.Count(o => !o.IsFacadeChosen && o.RawOnlyReason is null && names.AddFacade(o.Key, $"{o.Resource}.{o.FacadeMethod}"));

    /// <summary>The table is ours and has no specification that others hold it to.</summary>
    private static void CheckTable(JObject document, string file)
    {
        JObject table = document[OperationFacts.Table] switch
        {
            null => [],
            JObject rows => rows,
            _ =>
                throw new SpecError(
                    file,
                    "$." + OperationFacts.Table,
                    "The table of operations is a mapping.",
                    "Give each operation a row: `get /path: { resource: Calls, method: Get, repeatable: true }`."),
        };
        foreach (JProperty row in table.Properties())
        {
            bool isRow = row.Value is JObject cells && cells.Properties().All(cell => cell.Name switch
            {
                "resource" or "method" => cell.Value.Type == JTokenType.String && CSharpName.IsTypeName((string)cell.Value!),
                "repeatable" or "handWritten" => cell.Value.Type == JTokenType.Boolean,
                "rawOnly" or "replacedBy" or "idempotencyKey" => cell.Value.Type == JTokenType.String,
                "arguments" => cell.Value is JObject arguments && AreArguments(arguments),
                "timeoutSeconds" => cell.Value.Type == JTokenType.Integer && (long)cell.Value is > 0 and <= int.MaxValue,
                _ => false,
            });
            if (!isRow)
            {
                throw new SpecError(
                    file,
                    $"$.{OperationFacts.Table}['{row.Name}']",
                    "This is not a row of the table of operations.",
                    "Write it like `get /path: { resource: Calls, method: Get, repeatable: true }`, with C# names that are not keywords.");
            }

            if ((bool?)row.Value["handWritten"] == true && row.Value["rawOnly"] is not null)
            {
                throw new SpecError(
                    file,
                    $"$.{OperationFacts.Table}['{row.Name}']",
                    "The row has both handWritten and rawOnly.",
                    "Keep handWritten if a resource has a hand-written method for the operation, or rawOnly if the facade does not offer it.");
            }
        }
    }

    private static bool AreArguments(JObject arguments) =>
        arguments.Properties().All(argument => argument.Value.Type == JTokenType.String && CSharpName.IsArgument((string)argument.Value!))
        && arguments.Properties().DistinctBy(argument => (string)argument.Value!).Count() == arguments.Count;

    private static IEnumerable<string> StaleRows(JObject document) => (document[OperationFacts.Table] as JObject ?? [])
        .Properties()
        .Select(row => row.Name)
        .Where(row => row.Split(' ', 2) is not [string method, string path] || ((document["paths"] as JObject)?[path] as JObject)?[method] is null);

    private static IEnumerable<string> StaleArguments(ApiModel model) =>
        from operation in model.Operations
        let stale = operation.ArgumentNames.Keys.Except(operation.Parameters.Select(parameter => parameter.Name)).ToList()
        where stale.Count > 0
        select $"{OperationFacts.Table}['{operation.Key}'].arguments: the operation no longer has these parameters: {string.Join(", ", stale)}";
}
