using System.Text.RegularExpressions;
using Retell.Tests.Support;

namespace Retell.Tests.Readme;

/// <summary>A block of C# in a guide.</summary>
/// <param name="Code">The code.</param>
/// <param name="Sample">The file and the region of tests/Retell.Samples that it comes from, such as <c>FirstCall.cs#call</c>, or null.</param>
/// <param name="IsProgram">Whether it is the program of an application, which a comment <c>&lt;!-- program --&gt;</c> before it says.</param>
internal sealed record GuideBlock(string Code, string? Sample, bool IsProgram);

/// <summary>A section of a guide.</summary>
/// <param name="Guide">The path of the guide below the root.</param>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">The blocks in their order, with those in comments <c>&lt;!-- test … --&gt;</c>, which readers do not see.</param>
internal sealed record GuideSection(string Guide, string Title, IReadOnlyList<GuideBlock> Blocks);

/// <summary>A Markdown file that explains the SDK: the README of the repository, those of the packages, and the files in .github.</summary>
internal sealed partial class Guide
{
    private Guide(string path)
    {
        Path = path;
        Text = File.ReadAllText(Repository.PathOf(path));
        Sections = [.. Heading().Split(Text).Select(part => new GuideSection(path, part.Split('\n')[0].Trim(), [.. BlocksOf(part)]))];
    }

    public static IReadOnlyList<Guide> All { get; } = [.. Paths().Order(StringComparer.Ordinal).Select(path => new Guide(path))];

    /// <summary>The path below the root, with slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    public IReadOnlyList<GuideSection> Sections { get; }

    /// <summary>Whether it is shown where links into the repository lead nowhere.</summary>
    public bool IsOfPackage => Path.StartsWith("src/", StringComparison.Ordinal);

    public override string ToString() => Path;

    private static IEnumerable<string> Paths() =>
    [
        "README.md",
        .. Directory.EnumerateDirectories(Repository.PathOf("src")).SelectMany(folder => Directory.EnumerateFiles(folder, "*.md")).Select(Relative),
        .. Directory.EnumerateFiles(Repository.PathOf(".github"), "*.md", SearchOption.AllDirectories).Select(Relative),
    ];

    private static string Relative(string path) => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');

    private static IEnumerable<GuideBlock> BlocksOf(string part) =>
        Block()
            .Matches(part)
            .Select(match => new GuideBlock(match.Groups["code"].Value, match.Groups["sample"] is { Success: true } sample ? sample.Value : null, match.Groups["program"].Success));

    [GeneratedRegex(@"^#{1,2} ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"((<!-- (sample: (?<sample>\S+)|(?<program>program)) -->\r?\n)?```csharp|<!-- test)\r?\n(?<code>.*?)(```|-->)", RegexOptions.Singleline)]
    private static partial Regex Block();
}
