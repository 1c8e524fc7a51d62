using Microsoft.CodeAnalysis.CSharp;
using Retell.Spec;
using Retell.Spec.Emission;
using Retell.Spec.Model;

namespace Retell.SpecTool.Check;

/// <summary>The report of what is left to write by hand for the API, each item with file and place.</summary>
internal sealed class CheckReport
{
    private readonly List<string> _operations = [];
    private readonly List<string> _missing = [];

    // What is worth knowing and leaves nothing to do.
    private readonly List<string> _notes = [];

    // Descriptions are recommended and not required. One that is only the name again counts as missing.
    private readonly List<string> _undocumented = [];
    private int _operationCount;
    private int _coveredOperations;
    private int _unionCount;
    private int _coveredUnions;
    private int _documentable;
    private int _documented;

    public bool IsComplete => _missing.Count == 0;

    public IReadOnlyList<string> Missing => _missing;

    /// <summary>Gets the operations, schemas and members without a description that says more than their name.</summary>
    public IReadOnlyList<string> Undocumented => _undocumented;

    public static CheckReport Of(ApiModel model, IEnumerable<string> notes, NormalizeInput input, string root)
    {
        var report = new CheckReport();
        report.CheckOperations(model, FacadeSource.Read(root), input);
        report.CheckUnions(model, UnionSource.Read(root));
        report.CheckDocumentation(model, new Documentation(model));
        report._missing.AddRange(notes);
        report._notes.AddRange(model.Remarks);

        // Paths as they are in the repository, wherever it lies.
        string prefix = Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar;
        foreach (List<string> lines in new[] { report._missing, report._notes })
        {
            for (int i = 0; i < lines.Count; i++)
            {
                lines[i] = lines[i].Replace(prefix, string.Empty, StringComparison.Ordinal);
            }
        }

        return report;
    }

    public void Write(TextWriter output, bool isVerbose = false)
    {
        foreach (string line in isVerbose ? _operations.Concat(_undocumented.Select(place => $"no description: {place}")) : [])
        {
            output.WriteLine(line);
        }

        foreach (string line in _missing)
        {
            output.WriteLine("missing: " + line);
        }

        foreach (string line in _notes)
        {
            output.WriteLine("note: " + line);
        }

        output.WriteLine(
            $"operations {_coveredOperations}/{_operationCount}, unions {_coveredUnions}/{_unionCount}, documented {_documented}/{_documentable}, notes {_notes.Count}");
    }

    private void CheckOperations(ApiModel model, FacadeSource facade, NormalizeInput input)
    {
        foreach (ApiOperation operation in model.Operations.OrderBy(o => o.Resource, StringComparer.Ordinal).ThenBy(o => o.MethodName, StringComparer.Ordinal))
        {
            string raw = $"{operation.MethodName}Async";
            FacadeMethod[] callers = [.. facade.CallersOf(raw)];
            string[] gaps = [.. Gaps(operation, raw, callers, input.Overlay ?? input.Spec)];
            _operationCount++;
            _coveredOperations += gaps.Length == 0 ? 1 : 0;
            _missing.AddRange(gaps.Select(line => $"{operation.Key}: {line}"));
            _operations.Add($"{operation.Key}: {operation.Resource}Client.{raw}{Coverage(operation, callers)}");
        }
    }

    /// <summary>Says what is not as the row of an operation declares it.</summary>
    private static IEnumerable<string> Gaps(ApiOperation operation, string raw, FacadeMethod[] callers, string overlay)
    {
        string name = $"{operation.FacadeMethod}Async";
        FacadeMethod? own = callers.FirstOrDefault(method => method.Resource == operation.Resource && method.Name == name);
        if (operation.IsHandWritten && own is null)
        {
            yield return $"no facade method. Add {name} to {FacadeSource.Folder}/{operation.Resource}Resource.cs (it calls Raw.{raw}), or remove handWritten from "
                + $"the row of {overlay} to have the method generated.";
        }
        else if (own is not null && !operation.IsHandWritten && operation.RawOnlyReason is null)
        {
            yield return $"{own.FullName} in {own.File} calls Raw.{raw}, but the method for this operation is generated as well. "
                + $"Call the generated method from it, or set handWritten: true in the row of {overlay}.";
        }

        if (operation.IsDeprecated)
        {
            foreach (FacadeMethod method in callers.Where(method => !method.IsObsolete).DistinctBy(method => (method.FullName, method.File)))
            {
                string note = operation.DeprecationNote is null ? "…" : SymbolDisplay.FormatLiteral(operation.DeprecationNote, quote: false);
                yield return $"the operation is deprecated, but {method.FullName} in {method.File}, which calls it, is not. Add [Obsolete(\"{note}\")] to the method.";
            }
        }
    }

    private static string Coverage(ApiOperation operation, FacadeMethod[] callers) =>
        callers.Length > 0
            ? $" <- {string.Join(", ", callers.Select(method => method.FullName).Distinct())}"
                + (operation.IsHandWritten || operation.RawOnlyReason is not null ? string.Empty : ", generated")
        : operation.RawOnlyReason is not null ? $", raw only: {operation.RawOnlyReason}"
        : operation.IsHandWritten ? ", no facade method"
        : ", generated";

    private void CheckUnions(ApiModel model, Dictionary<string, Dictionary<string, string>> declared)
    {
        foreach (UnionDefinition union in model.Generated.OfType<UnionDefinition>())
        {
            _unionCount++;
            bool isTagged = union.Discriminator is not null;
            List<(string Key, ObjectDefinition Variant)> keys = [.. isTagged ? union.Tags : union.Members];
            if (keys.Count == 0)
            {
                // Nothing tells the variants apart: each is read as an UnknownVariant, whole.
                _coveredUnions++;
                continue;
            }

            if (!declared.TryGetValue(union.TypeName, out Dictionary<string, string>? lines))
            {
                // Its declaration is generated.
                _coveredUnions++;
                continue;
            }

            List<(string Key, ObjectDefinition Variant)> absent = [.. keys.Where(k => !lines.TryGetValue(k.Key, out string? variant) || variant != k.Variant.TypeName)];
            if (absent.Count == 0)
            {
                _coveredUnions++;
            }
            else
            {
                _missing.Add($"{union.Place}: {union.TypeName} lacks variants. Add to it in {UnionSource.Folder}/{union.TypeName}.cs: "
                    + $"{string.Concat(absent.Select(k => Line(k, isTagged)))}");
            }
        }
    }

    private static string Line((string Key, ObjectDefinition Variant) key, bool isTagged) => $".{(isTagged ? "Is" : "Has")}<{key.Variant.TypeName}>(\"{key.Key}\")";

    private void CheckDocumentation(ApiModel model, Documentation documentation)
    {
        foreach (ApiOperation operation in model.Operations)
        {
            Document(
                !string.IsNullOrWhiteSpace(operation.Summary ?? operation.Description) && !Lead.IsOnlyName(operation.Summary ?? operation.Description!, operation.Id),
                $"operation {operation.Key}");
        }

        foreach (Definition definition in model.Generated)
        {
            if (definition.SpecName is not null)
            {
                Document(documentation.HasType(definition), $"schema {definition.SpecName}");
            }

            foreach (Property property in (definition as ObjectDefinition)?.Properties.Where(p => p.Constant is null) ?? [])
            {
                Document(Documentation.HasProperty(definition, property), property.Place.Length > 0 ? property.Place : $"{definition.Place}/properties/{property.JsonName}");
            }
        }
    }

    private void Document(bool isDocumented, string what)
    {
        _documentable++;
        if (isDocumented)
        {
            _documented++;
        }
        else if (!_undocumented.Contains(what))
        {
            _undocumented.Add(what);
        }
    }
}
