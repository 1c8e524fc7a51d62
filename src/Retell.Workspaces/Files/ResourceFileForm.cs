using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;
using Retell.Workspaces.Model;
using Retell.Workspaces.Templates;

namespace Retell.Workspaces.Files;

/// <summary>Splits an object into its files, and joins them again.</summary>
internal sealed class ResourceFileForm(MemberTable table)
{
    /// <summary>Splits an object.</summary>
    /// <param name="address">The address of the object.</param>
    /// <param name="resource">The object.</param>
    /// <param name="known">The files that its texts have had.</param>
    /// <returns>The JSON of the main file, and the other files by their path in the folder of the object.</returns>
    public (JObject Main, SortedDictionary<string, string> Others) Split(ResourceAddress address, JObject resource, IReadOnlyDictionary<string, string> known)
    {
        var others = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var names = new TextFileNames(resource, known);
        JObject main = MemberWalk.Map(resource, table.Of(address.Kind), text =>
        {
            if (text.Rule.Role != MemberRole.Text)
            {
                return text.Value;
            }

            if (names.For(text.Path, text.Value) is not string file || (others.TryGetValue(file, out string? other) && other != text.Value + "\n"))
            {
                return TemplateText.EscapeFile(text.Value);
            }

            others[file] = text.Value + "\n";
            return TemplateText.FilePrefix + file;
        });
        if (FlowLayout.Has(address.Kind) && FlowLayout.TakeOut(main) is { Count: > 0 } layout)
        {
            others[FlowLayout.FileName] = CanonicalJson.Write(layout);
        }

        return (main, others);
    }

    /// <summary>Joins an object.</summary>
    /// <param name="address">The address of the object.</param>
    /// <param name="main">The JSON of the main file.</param>
    /// <param name="read">Reads another file by its path in the folder of the object; null if it does not exist.</param>
    /// <param name="mainPath">The path of the main file, for messages.</param>
    /// <exception cref="WorkspaceException">A file does not exist.</exception>
    public LocalResource Join(ResourceAddress address, JObject main, Func<string, string?> read, string mainPath)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        JObject resource = MemberWalk.Map(main, table.Of(address.Kind), text =>
        {
            if (text.Rule.Role != MemberRole.Text)
            {
                return text.Value;
            }

            if (!text.Value.StartsWith(TemplateText.FilePrefix, StringComparison.Ordinal))
            {
                return TemplateText.UnescapeFile(text.Value);
            }

            string file = text.Value[TemplateText.FilePrefix.Length..];
            string content = read(file) ?? throw new WorkspaceException(
                $"The file \"{file}\" does not exist. Create it, or write the text here; @@file: is a text that starts with @file:.", mainPath, text.Path);
            files[text.Path] = file;
            return content.EndsWith('\n') ? content[..^1] : content;
        });
        if (FlowLayout.Has(address.Kind) && read(FlowLayout.FileName) is string layout)
        {
            FlowLayout.PutBack(resource, CanonicalJson.Parse(layout, $"{ResourcePaths.Folder(address)}/{FlowLayout.FileName}"));
        }

        return new(address, resource, files);
    }
}
