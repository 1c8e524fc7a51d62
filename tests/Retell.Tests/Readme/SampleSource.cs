using System.Text.RegularExpressions;
using Retell.Tests.Support;

namespace Retell.Tests.Readme;

/// <summary>A source file of tests/Retell.Samples.</summary>
internal sealed partial class SampleSource
{
    private readonly string[] _lines;

    public SampleSource(string file) => _lines = File.ReadAllLines(Repository.PathOf("tests", "Retell.Samples", file));

    /// <summary>The using directives of the file.</summary>
    public IEnumerable<string> Usings => UsingsOf(_lines);

    /// <summary>Returns the lines of a region, without the indentation that they share, or null if there is no such region.</summary>
    public string[]? Region(string name)
    {
        int start = Array.FindIndex(_lines, line => line.Trim() == $"#region {name}");
        if (start < 0)
        {
            return null;
        }

        string[] region = [.. _lines.Skip(start + 1).TakeWhile(line => line.Trim() != "#endregion")];
        int indent = region.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return [.. region.Select(line => line.Length == 0 ? line : line[indent..])];
    }

    public static IEnumerable<string> UsingsOf(IEnumerable<string> lines) => lines.Where(line => Using().IsMatch(line));

    /// <summary>The lines without using directives, and without empty lines at both ends.</summary>
    public static string[] WithoutUsings(IEnumerable<string> lines) => string.Join('\n', lines.Where(line => !Using().IsMatch(line))).Trim('\n').Split('\n');

    [GeneratedRegex(@"^using (static )?[\w.]+;$")]
    private static partial Regex Using();
}
