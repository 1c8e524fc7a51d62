using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Retell.Tests.PublicApi;

/// <summary>The documentation of the shipped packages reads like that of the .NET libraries.</summary>
public partial class XmlDocsTests
{
    private const BindingFlags AllMembers = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] s_phrases =
    [
        "does otherwise than", "whose members are absent", "</c> of the API.</summary>", "was analysed to say", "what came of it", "surely did", "Lets a thing", "the API gets to see",
        "all the same", "stands as", "by itself, look", "A value by its text", "The one.", "The other.", "For test doubles", "as the API has them", "who stops", "an answer",
    ];

    private static readonly string[] s_british =
    [
        "behaviour", "colour", "favour", "honour", "analysed", "analysing", "organisation", "normalis", "serialis", "recognis", "initialis", "authoris", "customis", "summaris", "utilis", "dialled", "dialling", "cancelled",
        "cancelling", "labelled", "travelled", "licence", "centre", "catalogue", "enquir", "whilst", "grey", "modelled", "signalling",
    ];

    private static readonly string[] s_assemblies = ["Retell", "Retell.Generated", "Retell.AI", "Retell.AspNetCore", "Retell.Testing", "Retell.Workspaces", "Retell.Cli"];

    private static readonly Lazy<Dictionary<string, Type>> s_types = new(() => s_assemblies
        .SelectMany(name => Assembly.Load(name).GetExportedTypes())
        .ToDictionary(type => type.FullName!.Replace('+', '.'), StringComparer.Ordinal));

    private static readonly Lazy<Member[]> s_members = new(() => [.. s_assemblies.SelectMany(Read).Where(IsPublic)]);

    [Test]
    public void Documentation_of_all_assemblies_is_read() =>
        Assert.That(s_members.Value.Length, Is.GreaterThan(4000));

    [Test]
    public void PublicMembers_all_have_a_summary() =>
        AssertNone(member => member.Element.Element("inheritdoc") is null && string.IsNullOrWhiteSpace(member.Summary));

    [Test]
    public void Summary_says_more_than_the_name() =>
        AssertNone(
            member =>
                member.Kind is 'T' or 'P' or 'F'
                    && !IsOfSpec(member)
                    && member.Element.Element("summary")?.Element("c") is null
                    && Words(Filler().Replace(member.Summary, " ")) is var words
                    && (words == Words(member.Name) || (member.Summary.Length > 0 && words.Length == 0)));

    [Test]
    public void Swept_phrases_do_not_come_back() =>
        AssertNone(member => s_phrases.Any(phrase => member.Element.ToString(SaveOptions.DisableFormatting).Contains(phrase, StringComparison.Ordinal)));

    [Test]
    public void Spelling_is_American() =>
        AssertNone(member => !IsOfSpec(member) && s_british.Any(word => member.Prose.Contains(word, StringComparison.OrdinalIgnoreCase)));

    [Test]
    public void Markdown_is_rendered() =>
        AssertNone(member => Markdown().IsMatch(member.Prose));

    [Test]
    public void JSON_names_are_code() =>
        AssertNone(member => SnakeCase().IsMatch(member.Prose));

    [Test]
    public void Links_are_absolute() =>
        AssertNone(member => member.Element.Descendants().Attributes("href").Any(link => !Uri.TryCreate(link.Value, UriKind.Absolute, out Uri? url) || url.Scheme != Uri.UriSchemeHttps)
            || RelativeLink().IsMatch(member.Prose));

    [Test]
    public void Numbers_have_units() =>
        AssertNone(member => member.Kind == 'P' && Measured().IsMatch(member.Name) && Number(member) && !Unit().IsMatch(member.Element.Value));

    [Test]
    public void Sentences_begin_with_a_capital_letter_and_end() =>
        AssertNone(
            member =>
                member.Summary.Length > 0
                    && member.Element.Element("summary")!.FirstNode is XText
                    && (char.IsLower(member.Summary[0]) || !".!?:)".Contains(member.Summary[^1], StringComparison.Ordinal))
                    && member.Element.Element("summary")!.Element("list") is null);

    [TestCase("T:Retell.Models.Agent", "The agent.")]
    [TestCase("P:Retell.Models.Agent.AgentName", "Gets or sets the agent name.")]
    [TestCase("P:Retell.Models.Agent.IsPublic", "Gets or sets a value indicating whether is public.")]
    public void Rule_finds_a_summary_that_is_only_the_name(string id, string summary)
    {
        var member = new Member(new XElement("member", new XAttribute("name", id), new XElement("summary", summary)));

        Assert.That(Words(Filler().Replace(member.Summary, " ")), Is.EqualTo(Words(member.Name)));
    }

    /// <summary>Whether callers see a member: the files also document what is internal.</summary>
    private static bool IsPublic(Member member)
    {
        string path = member.Id[2..].Split('(')[0];
        if (member.Kind == 'T')
        {
            return s_types.Value.ContainsKey(path);
        }

        string name = member.Name.Split('`')[0].Replace("#ctor", ".ctor", StringComparison.Ordinal);
        return s_types.Value.GetValueOrDefault(path[..path.LastIndexOf('.')])?.GetMember(name, AllMembers).Any(found => found switch
        {
            MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
            PropertyInfo property => property.GetAccessors(nonPublic: true).Any(accessor => accessor.IsPublic || accessor.IsFamily),
            FieldInfo field => field.IsPublic || field.IsFamily,
            _ => true,
        }) == true;
    }

    /// <summary>Whether the words are those of the spec, which a new revision brings along; <c>check</c> counts what it does not describe.</summary>
    private static bool IsOfSpec(Member member) =>
        member.Id[2..].Split('(')[0].Split('.') is ["Retell", "Models" or "Generated", ..] or ["Retell", [.., 'R', 'e', 's', 'o', 'u', 'r', 'c', 'e'], ..];

    private static void AssertNone(Func<Member, bool> isFault) =>
        Assert.That(s_members.Value.Where(isFault).Select(member => $"{member.Id}: {member.Element.Element("summary")}"), Is.Empty);

    private static IEnumerable<Member> Read(string assembly) =>
        XDocument.Load(Path.Combine(TestContext.CurrentContext.TestDirectory, assembly + ".xml"), LoadOptions.PreserveWhitespace)
            .Descendants("member")
            .Select(element => new Member(element));

    private static string Words(string text) => string.Join(' ', Word().Matches(text).Select(word => word.Value.ToLowerInvariant()));

    /// <summary>Whether the property of a generated type is a number; what else measures is a TimeSpan or a DateTimeOffset.</summary>
    private static bool Number(Member member)
    {
        string owner = member.Id[2..member.Id.LastIndexOf('.')];
        Type? value = s_types.Value.GetValueOrDefault(owner)?.GetProperty(member.Name)?.PropertyType;
        value = value is null ? null : Nullable.GetUnderlyingType(value) ?? value;
        return value == typeof(long) || value == typeof(double) || value == typeof(int) || value == typeof(decimal);
    }

    /// <summary>A member of a documentation file.</summary>
    private sealed class Member(XElement element)
    {
        public XElement Element => element;

        public string Id { get; } = (string)element.Attribute("name")!;

        public char Kind => Id[0];

        public string Name => Id.Split('(')[0].Split('.')[^1];

        public string Summary { get; } = Text(element.Element("summary"));

        /// <summary>The text without code.</summary>
        public string Prose { get; } = string.Concat(
            element.DescendantNodes()
                .OfType<XText>()
                .Where(text => !text.Ancestors().Any(outer => outer.Name.LocalName is "c" or "code" || outer.Attribute("href") is not null))
                .Select(text => text.Value + " "));

        private static string Text(XElement? summary)
        {
            if (summary is null)
            {
                return string.Empty;
            }

            var copy = new XElement(summary);
            foreach (XElement reference in copy.Descendants("see").Where(see => see.IsEmpty).ToList())
            {
                reference.ReplaceWith(((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? string.Empty).Split('(')[0].Split('.', ':')[^1]);
            }

            return WhiteSpace().Replace(copy.Value, " ").Trim();
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:[Gg]ets or sets|[Gg]ets|a value indicating whether|[Tt]he|[Aa]n?|[Tt]his)\b")]
    private static partial Regex Filler();

    [GeneratedRegex(@"\]\(|\*\*|`|(?:^|\n)\s*#{1,6} |(?:^|\n)\s*[-*] ")]
    private static partial Regex Markdown();

    [GeneratedRegex(@"(?<![\w@/.-])[a-z][a-z0-9]*_[a-z0-9_]+")]
    private static partial Regex SnakeCase();

    [GeneratedRegex(@"(?:^|[\s(])/[a-z][\w-]*/[\w-]+")]
    private static partial Regex RelativeLink();

    [GeneratedRegex(@"(?:Ms|Seconds|Timestamp|Cost|Duration|Timeout)$")]
    private static partial Regex Measured();

    [GeneratedRegex(@"millisecond|second|minute|hour|\bday|\bcent|\bms\b|Milliseconds|dollar|epoch", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();
}
