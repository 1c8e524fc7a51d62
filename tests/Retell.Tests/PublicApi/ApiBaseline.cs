using System.Text;
using Retell.Tests.Support;

namespace Retell.Tests.PublicApi;

/// <summary>
/// The recorded surface of a package, one file for all frameworks that it is built for: what only one of them has ends
/// in <c>  // only net10.0</c>.
/// </summary>
internal sealed class ApiBaseline(string file, IReadOnlyList<string> frameworks)
{
    private const string Only = "  // only ";

    public static ApiBaseline Of(string package, IReadOnlyList<string> frameworks) => new(Repository.PathOf("tests", "api", package + ".txt"), frameworks);

    /// <summary>What is recorded for a framework; nothing while there is no file.</summary>
    public IReadOnlyList<string> Read(string framework)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        using var reader = new StreamReader(Open(FileMode.Open, FileAccess.Read, FileShare.Read), Encoding.UTF8);
        return [.. Parse(reader.ReadToEnd()).Where(line => line.Frameworks.Contains(framework)).Select(line => line.Text)];
    }

    /// <summary>Records the surface of one framework and leaves the others as they are; several test runs may do so at once.</summary>
    public void Write(string framework, IReadOnlyList<string> surface)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using FileStream stream = Open(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        string before = reader.ReadToEnd();
        IEnumerable<(string Text, string Framework)> lines = Parse(before)
            .SelectMany(line => line.Frameworks.Where(other => other != framework).Select(other => (line.Text, other)))
            .Concat(surface.Select(line => (line, framework)));
        string after = string.Concat(lines
            .GroupBy(line => line.Text, line => line.Framework)
            .SelectMany(line => line.Count() == frameworks.Count ? [line.Key] : line.Select(only => line.Key + Only + only))
            .Order(StringComparer.Ordinal)
            .Select(line => line + "\n"));
        if (after != before)
        {
            stream.SetLength(0);
            stream.Write(Encoding.UTF8.GetBytes(after));
        }
    }

    private IEnumerable<(string Text, IReadOnlyList<string> Frameworks)> Parse(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.LastIndexOf(Only, StringComparison.Ordinal) is >= 0 and int mark ? (line[..mark], [line[(mark + Only.Length)..]]) : (line, frameworks));

    /// <summary>Opens the file once the run of the other test project is done with it.</summary>
    private FileStream Open(FileMode mode, FileAccess access, FileShare share)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(file, mode, access, share);
            }
            catch (IOException) when (attempt < 100)
            {
                Thread.Sleep(100);
            }
        }
    }
}
