using System.CommandLine;
using System.Text;

namespace Retell.Spec;

/// <summary>
/// Cuts what NSwag wrote into one file for each type and each client. A template begins a file with a line such as
/// <c>//@ Models/Agent.g.cs</c>.
/// </summary>
internal static class SplitCommand
{
    private const string Mark = "//@ ";
    private const string Extension = ".g.cs";

    public static Command Create()
    {
        var sources = new Argument<FileInfo[]>("sources") { Description = "The files written by NSwag." };
        var output = new Option<DirectoryInfo>("--output", "-o") { Description = "The output folder. Files in it that are no longer generated are removed.", Required = true };
        var list = new Option<FileInfo>("--list") { Description = "The file to write the paths of the files to.", Required = true };
        var command = new Command("split", "Split generated code into one file per type.") { sources, output, list };
        command.SetAction((result, _) => SpecOptions.RunAsync(() =>
        {
            Run(result.GetValue(sources)!.Select(file => file.FullName), result.GetValue(output)!.FullName, result.GetValue(list)!.FullName, Console.Out);
            return Task.FromResult(0);
        }));
        return command;
    }

    public static void Run(IEnumerable<string> sources, string output, string list, TextWriter log)
    {
        Dictionary<string, string> files = Read(sources);
        int changed = 0;
        foreach ((string name, string text) in files)
        {
            string path = Path.Combine(output, name);
            if (!File.Exists(path) || File.ReadAllText(path) != text)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                AtomicFile.Write(path, text);
                changed++;
            }
        }

        string[] stale = [.. Directory.EnumerateFiles(output, "*" + Extension, SearchOption.AllDirectories).Where(path => !files.ContainsKey(NameOf(output, path)))];
        Array.ForEach(stale, File.Delete);
        AtomicFile.Write(list, string.Concat(files.Keys.Order(StringComparer.Ordinal).Select(name => name + "\n")));
        log.WriteLine($"NSwag: {files.Count} files, {changed} changed, {stale.Length} removed");
    }

    private static Dictionary<string, string> Read(IEnumerable<string> sources)
    {
        // Names that differ only in case would be one file on some systems.
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string source in sources)
        {
            string? name = null;
            var text = new StringBuilder();
            foreach (string line in File.ReadLines(source))
            {
                if (line.StartsWith(Mark, StringComparison.Ordinal))
                {
                    Add();
                    name = line[Mark.Length..].Trim();
                }
                else
                {
                    text.Append(line.TrimEnd()).Append('\n');
                }
            }

            Add();

            void Add()
            {
                if (name is not null && !files.TryAdd(Unique(files, name), text.ToString().Trim('\n') + "\n"))
                {
                    throw new SpecError(source, name, "Two templates write this file.", "Begin each file with a mark of its own.");
                }

                text.Clear();
            }
        }

        return files;
    }

    private static string Unique(Dictionary<string, string> files, string name)
    {
        string unique = name;
        for (int i = 2; files.ContainsKey(unique) && !files.Keys.Contains(unique, StringComparer.Ordinal); i++)
        {
            unique = $"{name[..^Extension.Length]}.{i}{Extension}";
        }

        return unique;
    }

    private static string NameOf(string output, string path) => Path.GetRelativePath(output, path).Replace(Path.DirectorySeparatorChar, '/');
}
