using Newtonsoft.Json.Linq;
using Retell.Tests.Support;
using Retell.Workspaces;
using Retell.Workspaces.Files;
using Retell.Workspaces.Json;
using Retell.Workspaces.Model;
using Retell.Workspaces.Templates;

namespace Retell.Tests.Workspaces;

/// <summary>Whatever the API returns can be written to files, read again and sent: nothing is lost.</summary>
public class LosslessTests
{
    private const int Instances = 150;

    private static readonly (ResourceKind Kind, string Operation)[] s_kinds =
    [
        (ResourceKind.Agent, "getAgent"), (ResourceKind.Llm, "getRetellLLM"), (ResourceKind.ConversationFlow, "getConversationFlow"),
        (ResourceKind.Component, "getConversationFlowComponent"), (ResourceKind.TestCase, "getTestCaseDefinition"), (ResourceKind.PhoneNumber, "getPhoneNumber"),
    ];

    [Test]
    public void Random_object_survives_files_and_is_sent_as_it_was([ValueSource(nameof(Kinds))] ResourceKind kind, [Values("Valid", "Tolerant", "Exact")] string options)
    {
        InstanceOptions instances = options switch { "Valid" => InstanceOptions.Valid, "Tolerant" => InstanceOptions.Tolerant, _ => InstanceOptions.Exact };
        var generator = new InstanceGenerator(SpecDocument.Current, instances);
        JObject schema = SpecDocument.Current.Operations.Single(o => o.OperationId == s_kinds.Single(k => k.Kind == kind).Operation).Response!;
        MemberTable table = MemberTable.Load();
        var values = new EnvironmentValues(new Dictionary<string, string>(), _ => null, _ => null, (_, _) => null);
        var address = new ResourceAddress(kind, kind == ResourceKind.TestCase ? "engine/case" : "one");
        var files = new ResourceFileForm(table);
        for (int seed = 0; seed < Instances; seed++)
        {
            if (RetellJson.Deserialize<JToken>(generator.CreateJson(schema, seed)) is not JObject item)
            {
                continue;
            }

            JObject wire = ResourceShape.FromWire(kind, item);
            JObject template = new FileForm(table, values).Create(address, wire, comparesSecrets: false);
            (JObject main, SortedDictionary<string, string> others) = files.Split(address, template, new Dictionary<string, string>());
            JObject read = CanonicalJson.Parse(CanonicalJson.Write(main), "main");
            LocalResource joined = files.Join(address, read, file => others.GetValueOrDefault(file), "main");

            Assert.That(JToken.DeepEquals(joined.Template, template), Is.True, () => $"seed {seed}, files: {Difference(template, joined.Template)}");
            table.RemoveReadOnly(kind, wire);
            JObject sent = new WireForm(table, values).Resolve(address, joined.Template, wire);
            Assert.That(JToken.DeepEquals(sent, wire), Is.True, () => $"seed {seed}, request: {Difference(wire, sent)}");
        }
    }

    [TestCase("${var:x}")]
    [TestCase("$${var:x} and ${secret:y}")]
    [TestCase("{{name}} costs $5 ${other}")]
    [TestCase("${var:")]
    [TestCase("@file:general.md")]
    [TestCase("@@file:general.md")]
    [TestCase("@llms/reception")]
    public void Text_with_the_syntax_of_files_is_kept_as_it_is(string text)
    {
        string escaped = TemplateText.EscapeFile(TemplateText.Escape(text));

        Assert.That(TemplateText.Resolve(TemplateText.UnescapeFile(escaped), (_, _) => throw new InvalidOperationException("a literal has no value")), Is.EqualTo(text));
    }

    [TestCase("a${var:b}c", "aBc")]
    [TestCase("${secret:b}${var:b}", "BB")]
    [TestCase("$$${var:b}", "$${var:b}")]
    public void Markers_are_replaced_by_their_values(string text, string expected) =>
        Assert.That(TemplateText.Resolve(text, (_, name) => name.ToUpperInvariant()), Is.EqualTo(expected));

    [TestCase("agent_name", "Authorization", "Bearer 1", ExpectedResult = false)]
    [TestCase("secret", "Authorization", "Bearer 1", ExpectedResult = true)]
    [TestCase("secret", "Content-Type", "application/json", ExpectedResult = false)]
    [TestCase("secret", "X-Tenant", "{{tenant}}", ExpectedResult = false)]
    [TestCase("url", "url", "https://user:pass@example.com/", ExpectedResult = true)]
    [TestCase("url", "url", "https://example.com/?api_key=1", ExpectedResult = true)]
    [TestCase("url", "url", "https://example.com/?page=1", ExpectedResult = false)]
    public bool Value_is_kept_out_of_files(string role, string name, string value) =>
        Credentials.IsSecret(role switch { "secret" => MemberRole.Secret, "url" => MemberRole.Url, _ => MemberRole.Text }, name, value);

    private static IEnumerable<ResourceKind> Kinds() => s_kinds.Select(kind => kind.Kind);

    private static string Difference(JObject expected, JObject actual) =>
        string.Join("; ", Retell.Workspaces.Merge.JsonDiff.Of(expected, actual).Take(3).Select(d => $"{d.Path}: {d.Before} -> {d.After}"));
}
