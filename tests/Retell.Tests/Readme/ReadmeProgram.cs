using System.Text;
using System.Text.RegularExpressions;

namespace Retell.Tests.Readme;

/// <summary>
/// Makes a program of the blocks that do not come from a sample: each section a method that runs against a fake of its own. A comment
/// <c>&lt;!-- test … --&gt;</c> belongs to the program and is not shown to the reader. A block after
/// <c>&lt;!-- program --&gt;</c> is what the program does when it is started with arguments, as WebApplicationFactory starts it.
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

    public static IReadOnlyList<GuideSection> Sections { get; } =
    [
        .. Guide.All.SelectMany(guide => guide.Sections)
            .Select(section => section with { Blocks = [.. section.Blocks.Where(block => block.Sample is null)] })
            .Where(section => section.Blocks.Count > 0),
    ];

    /// <summary>The files of the program, by name.</summary>
    public static IEnumerable<(string Name, string Text)> Files()
    {
        yield return ("Check.cs", Support);
        yield return ("EntryPoint.cs", EntryPoint());
        yield return ("Application.cs", Application(Sections.SelectMany(section => section.Blocks).Single(block => block.IsProgram).Code));
        for (int i = 0; i < Sections.Count; i++)
        {
            yield return ($"Section{i}.cs", SectionFile(i, Sections[i]));
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

    private static string SectionFile(int index, GuideSection section)
    {
        var usings = new SortedSet<string>(StringComparer.Ordinal) { "using Retell;", "using Retell.Testing;", "using static Check;" };
        var types = new StringBuilder();
        var statements = new StringBuilder();
        foreach (string block in section.Blocks.Where(block => !block.IsProgram).Select(block => block.Code))
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

    [GeneratedRegex(@"^using (static )?[\w.]+;\s*$", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^public class ", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
