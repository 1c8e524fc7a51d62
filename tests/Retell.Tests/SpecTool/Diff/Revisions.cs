using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;
using Retell.Spec.Model;
using Retell.SpecTool.Diff;
using Retell.Tests.Build;

namespace Retell.Tests.SpecTool.Diff;

/// <summary>Two revisions of a small API, and what the tool says of them.</summary>
internal static class Revisions
{
    // Most tests change one thing of the same document.
    private static readonly ConditionalWeakTable<JObject, ApiModel> s_models = [];

    /// <summary>The schema <c>Thing</c> is what travels; the others are what it needs.</summary>
    public static IReadOnlyList<Change> OfSchemas(Sides side, string before, string after) => Of(Yaml.Paths(Using(side), before), Yaml.Paths(Using(side), after));

    /// <summary>Two documents with one path.</summary>
    public static IReadOnlyList<Change> OfPaths(string before, string after) => Of(Yaml.Paths(before), Yaml.Paths(after));

    public static IReadOnlyList<Change> Of(string before, string after)
    {
        using var folder = new TempFolder();
        return DiffCommand.Compare(folder.Write("before.yaml", before), folder.Write("after.yaml", after), overlay: null, folder.PathOf("names.yaml"));
    }

    /// <summary>The real document before and after something was done to it, with our overlay and names.</summary>
    public static IReadOnlyList<Change> OfReal(JObject document, Action<JObject> change)
    {
        var changed = (JObject)document.DeepClone();
        change(changed);
        return ApiDiff.Compare(s_models.GetValue(document, before => Load((JObject)before.DeepClone())), Load(changed));
    }

    private static ApiModel Load(JObject document) => NormalizeCommand.Load(
        document,
        RetainedFile.Empty,
        new NormalizeInput("retell.yaml", Support.Repository.PathOf("openapi", "overlay.yaml"), Support.Repository.PathOf("openapi", "names.lock.yaml")),
        []).Model;

    private static string Using(Sides side)
    {
        const string Content = "content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }";
        string body = side.HasFlag(Sides.Request) ? $"requestBody: {{ required: true, {Content} }}, " : string.Empty;
        string answer = side.HasFlag(Sides.Response) ? $"'200': {{ description: Done., {Content} }}" : "'204': { description: Done. }";
        return $"/thing: {{ post: {{ operationId: doIt, {body}responses: {{ {answer} }} }} }}";
    }
}
