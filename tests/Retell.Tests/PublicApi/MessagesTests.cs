using System.Text.RegularExpressions;
using Retell.Tests.Support;

namespace Retell.Tests.PublicApi;

/// <summary>The messages of all exceptions are in one file, tests/api/Messages.txt, for a person to read, and keep to the rules of the language.</summary>
[Category("PublicApi")]
public partial class MessagesTests
{
    private const string Header =
        """
        # Every message that an exception, a failed validation or a usage error of the packages can carry, by the file that it is in.
        # {name} stands for a value. The lines below a message are texts that it can contain in that place.
        # The file is written by a test: dotnet test Retell.Generated.sln --filter Category=PublicApi -e RETELL_ACCEPT_API=additions

        """;

    private static readonly string[] s_folders =
        ["src/Retell", "src/Retell.Generated/Runtime", "src/Retell.AI", "src/Retell.AspNetCore", "src/Retell.Cli", "src/Retell.Testing", "src/Retell.Workspaces"];

    private static readonly Lazy<IReadOnlyList<ExceptionMessage>> s_messages = new(() => MessageCollector.Collect(s_folders));

    private static string PathOfFile => Repository.PathOf("tests", "api", "Messages.txt");

    [Test]
    public void Messages_of_exceptions_are_the_recorded_ones()
    {
        string[] lines = [.. Header.Split('\n').Select(line => line.TrimEnd('\r')), .. s_messages.Value.GroupBy(message => message.File).SelectMany(Section)];
        string? accepted = Environment.GetEnvironmentVariable(ApiChanges.Variable);
        Assert.That(accepted, Is.AnyOf(null, "", "additions", "all"), ApiChanges.Variable);
        if (accepted is "additions" or "all")
        {
            File.WriteAllText(PathOfFile, string.Concat(lines.Select(line => line + "\n")));
        }

        string[] recorded = File.Exists(PathOfFile) ? File.ReadAllLines(PathOfFile) : [];

        Assert.That(
            lines,
            Is.EqualTo(recorded),
            () => string.Join('\n',
            [
                "The messages have changed. Read them, and accept with: dotnet test Retell.Generated.sln --filter Category=PublicApi -e RETELL_ACCEPT_API=additions",
                .. recorded.Except(lines).Select(line => "- " + line.Trim()),
                .. lines.Except(recorded).Select(line => "+ " + line.Trim()),
            ]));
    }

    [Test]
    public void Messages_are_found_in_every_package() => Assert.That(
        s_folders.Where(folder => Directory.Exists(Repository.PathOf(folder)) && !s_messages.Value.Any(message => message.File.StartsWith(folder + "/", StringComparison.Ordinal))),
        Is.Empty);

    [Test]
    public void Messages_are_sentences() =>
        Assert.That(s_messages.Value.Where(message => !Sentence().IsMatch(message.Text)).Select(message => $"{message.File}: {message.Text}"), Is.Empty);

    [Test]
    public void Messages_are_plain_American_English() =>
        Assert.That(
            s_messages.Value.SelectMany(message => message.Insertions.Prepend(message.Text)
                .Where(text => Swept().IsMatch(text))
                .Select(text => $"{message.File}: {text} ({Swept().Match(text).Value})")),
            Is.Empty);

    [TestCase("The value is empty.", true)]
    [TestCase("\"{number}\" is not a valid E.164 phone number: {fault}. Use a number such as +14157774444.", true)]
    [TestCase("{what}: {message}", true)]
    [TestCase("Did you mean {nearest}?", true)]
    [TestCase("it is empty.", false)]
    [TestCase("It is empty", false)]
    public void Sentence_starts_with_a_capital_or_a_value_and_ends_with_a_period_or_a_value(string text, bool isSentence) =>
        Assert.That(Sentence().IsMatch(text), Is.EqualTo(isSentence));

    [TestCase("\"{number}\" is no phone number.")]
    [TestCase("PhoneNumber is nothing that can be kept.")]
    [TestCase("The answer has no body.")]
    [TestCase("The call was cancelled.")]
    [TestCase("The key has a space in it.")]
    public void Swept_phrase_is_found(string text) => Assert.That(Swept().IsMatch(text), Is.True);

    private static IEnumerable<string> Section(IGrouping<string, ExceptionMessage> file) =>
    [
        file.Key,
        .. file.SelectMany(message => message.Insertions.Select(text => $"    {OneLine(text)}").Prepend($"  {OneLine(message.Text)}")),
        "",
    ];

    private static string OneLine(string text) => text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    [GeneratedRegex("""^(?:[A-Z]|["{]|--).*(?:[.?}])$""", RegexOptions.Singleline)]
    private static partial Regex Sentence();

    [GeneratedRegex(
        """
        (?<!\bThere\ )\bis\ no\b|nothing\ that\ can|\b(?:no|any|some)body\b|carr(?:y|ied)\ out|\banswer|otherwise\ than|\bsurely\b|time\ limit|gets\ to\ (?:know|see)|
        not\ copied\ right|\b(?:ha[sd]|have)\ .*\bin\ it\b|all\ the\ same|by\ itself|one's\ own|was\ there\ before|as\ it\ (?:came|arrived)|\bbroke\ off|\bbroken\ off|
        must\ not\ be\ repeated|may\ be\ repeated|is\ repeated|\blacks\b|
        cancelled|dialled|behaviour|colour|favour|honour|recognis|organis|initialis|serialis|analys(?:ed|ing)|licence|catalogue|centre|\ \ |!
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Swept();
}
