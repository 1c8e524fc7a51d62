using System.Text;
using System.Text.RegularExpressions;
using Retell.Tests.Support;

namespace Retell.Tests.Readme;

/// <summary>A section of a README and its code: the blocks that a reader sees, and between them what only the test needs.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Code">The blocks in their order.</param>
/// <param name="Application">The block that is an application of its own; null for none.</param>
internal sealed record ReadmeSection(string Title, IReadOnlyList<string> Code, string? Application)
{
    public override string ToString() => Title;
}

/// <summary>
/// Makes a program of the READMEs: each section is a method that runs against a fake of its own. A comment <c>&lt;!-- test … --&gt;</c> belongs to the
/// program and is not shown to the reader. A block after <c>&lt;!-- program --&gt;</c> is what the program does when it is started with arguments, as
/// WebApplicationFactory starts it.
/// </summary>
internal static partial class ReadmeProgram
{
    private const string Support = """
        using System;

        public static class Check
        {
            public static void Expect(bool condition, string what)
            {
                if (!condition)
                {
                    throw new InvalidOperationException("Not so: " + what);
                }
            }
        }
        """;

    public static IReadOnlyList<ReadmeSection> Sections { get; } =
    [
        .. Read(File.ReadAllText(Repository.PathOf("README.md")), ""),
        .. Read(File.ReadAllText(Repository.PathOf("src", "Retell.Testing", "README.md")), "Retell.Testing: "),
    ];

    /// <summary>The files of the program, by name.</summary>
    public static IEnumerable<(string Name, string Text)> Files()
    {
        yield return ("Check.cs", Support);
        yield return ("EntryPoint.cs", EntryPoint());
        yield return ("Application.cs", Application(Sections.Single(section => section.Application is not null).Application!));
        for (int i = 0; i < Sections.Count; i++)
        {
            yield return ($"Section{i}.cs", SectionFile(i, Sections[i]));
        }
    }

    private static IEnumerable<ReadmeSection> Read(string markdown, string prefix)
    {
        foreach (string part in Heading().Split(markdown))
        {
            ILookup<bool, string> code = Block().Matches(part).ToLookup(match => match.Groups["program"].Success, match => match.Groups["code"].Value);
            if (code.Count > 0)
            {
                yield return new ReadmeSection(prefix + part.Split('\n')[0].Trim(), [.. code[false]], code[true].SingleOrDefault());
            }
        }
    }

    private static string EntryPoint()
    {
        var text = new StringBuilder("""
            using System;
            using System.Threading.Tasks;
            using Retell.Testing;

            if (args.Length > 0)
            {
                await Application.RunAsync(args);
                return;
            }

            Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_README", AppContext.BaseDirectory);
            Func<FakeRetellServer, Task>[] sections = [SECTIONS];
            for (int i = 0; i < sections.Length; i++)
            {
                await using FakeRetellServer server = await FakeRetellServer.StartAsync(new() { UnknownIds = FakeUnknownIds.Sample });
                Environment.SetEnvironmentVariable("RETELL_API_KEY", server.ApiKey);
                Environment.SetEnvironmentVariable("RETELL_BASE_URL", server.BaseUrl.AbsoluteUri);
                try
                {
                    await sections[i](server);
                    Console.WriteLine($"##{i} ok");
                }
                catch (Exception e)
                {
                    Console.WriteLine($"##{i} {e.ToString().ReplaceLineEndings(" ")}");
                }
            }
            """);
        return text.Replace("SECTIONS", string.Join(", ", Enumerable.Range(0, Sections.Count).Select(i => $"Section{i}.Run.SectionAsync"))).ToString();
    }

    private static string Application(string block) => $$"""
        {{string.Join('\n', Using().Matches(block).Select(match => match.Value.Trim()).Append("using Retell;").Distinct())}}

        public static class Application
        {
            public static async Task RunAsync(string[] args)
            {
        {{Using().Replace(block, "")}}
            }
        }
        """;

    private static string SectionFile(int index, ReadmeSection section)
    {
        var usings = new SortedSet<string>(StringComparer.Ordinal) { "using Retell;", "using Retell.Testing;", "using static Check;" };
        var types = new StringBuilder();
        var statements = new StringBuilder();
        foreach (string block in section.Code)
        {
            usings.UnionWith(Using().Matches(block).Select(match => match.Value.Trim()));
            string rest = Using().Replace(block, "");
            (TypeDeclaration().IsMatch(rest) ? types : statements).AppendLine(rest);
        }

        string retell = statements.ToString().Contains("using var retell", StringComparison.Ordinal) ? "" : "using var retell = new RetellClient();";
        return $$"""
            {{string.Join('\n', usings)}}

            namespace Section{{index}}
            {
            {{types}}
                public static class Run
                {
                    public static async Task SectionAsync(FakeRetellServer server)
                    {
                        {{retell}}
                        await Task.Yield();
            {{statements}}
                    }
                }
            }
            """;
    }

    [GeneratedRegex(@"^#{1,2} ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"((?<program><!-- program -->\r?\n)?```csharp|<!-- test)\r?\n(?<code>.*?)(```|-->)", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^using (static )?[\w.]+;\s*$", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^public class ", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
