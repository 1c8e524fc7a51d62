using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Testing;

namespace Retell.Tests.Testing;

public class MultipartFormTests(Way way) : FakeFixture(way)
{
    private const string Create = "/create-knowledge-base";

    private static IEnumerable<TestCaseData> WrongForms =>
    [
        Case("a required part", Form(), "$.knowledge_base_name is missing"),
        Case("an unknown part", Form(Name, Plain("name", "a")), "$.name is not a known member"),
        Case(
            "brackets",
            Form(Name, File("knowledge_base_files[]", "a.txt", "a")),
            "$['knowledge_base_files[]'] must be named knowledge_base_files, without brackets, in every part"),
        Case(
            "text for a file",
            Form(Name, File("knowledge_base_files", "a.txt", "a"), Plain("knowledge_base_files", "b")),
            "$.knowledge_base_files[1] must be a file with a file name"),
        Case("a file for text", Form(File("knowledge_base_name", "a.txt", "a")), "$.knowledge_base_name must not be a file"),
        Case(
            "a list in parts",
            Form(Name, Plain("knowledge_base_urls", "https://a"), Plain("knowledge_base_urls", "https://b")),
            "$.knowledge_base_urls must be one part that contains the JSON of an array, but is 2"),
        Case(
            "a list that is no JSON",
            Form(Name, Plain("knowledge_base_urls", "https://a")),
            "$.knowledge_base_urls must be one part that contains the JSON of an array, but contains \"https://a\""),
        Case("a mistake in the JSON", Form(Name, Plain("knowledge_base_texts", """[{"title": "a"}]""")), "$.knowledge_base_texts[0].text is missing"),
        Case("a boolean", Form(Name, Plain("enable_auto_refresh", "True")), "$.enable_auto_refresh must be a boolean, but is \"True\""),
        Case("a number", Form(Name, Plain("max_chunk_size", "many")), "$.max_chunk_size must be an integer, but is \"many\""),
        Case("a range", Form(Name, Plain("max_chunk_size", "6001")), "$.max_chunk_size is 6001, but must be at most 6000"),
        Case("a scalar twice", Form(Name, Name), "$.knowledge_base_name must be one part, but is 2"),
        Case(
            "cut off",
            new StringContent("--x\r\nContent-Disposition: form-data; name=\"knowledge_base_name\"\r\n\r\na") { Headers = { ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } } } },
            "$ is not valid multipart/form-data: "),
        Case("JSON", new StringContent("{}", Encoding.UTF8, "application/json"), "header Content-Type is \"application/json; charset=utf-8\", but must be multipart/form-data"),
        Case("no boundary", new StringContent("--x--") { Headers = { ContentType = new("multipart/form-data") } }, "header Content-Type has no boundary"),
    ];

    private static Part Name => Plain("knowledge_base_name", "Handbook");

    [TestCaseSource(nameof(WrongForms))]
    public async Task Fake_invalid_form_returns_400_with_message(Func<HttpContent> form, string message)
    {
        Reply reply = await SendAsync("POST", Create, form());

        Assert.That(reply.Status, Is.EqualTo(400), reply.Text);
        Assert.That(reply.Message, Does.StartWith($"Invalid createKnowledgeBase request: {message}"));
        Assert.That(Server.Requests[0].Errors, Has.Count.EqualTo(1), reply.Message);
    }

    [Test]
    public async Task Fake_form_is_recorded_part_by_part()
    {
        Reply reply = await SendAsync("POST", Create, Form(
            Name,
            Plain("knowledge_base_texts", """[{"title": "Ünï", "text": "…"}]"""),
            Plain("knowledge_base_urls", """["https://example.com"]"""),
            Plain("enable_auto_refresh", "true"),
            Plain("max_chunk_size", "2000"),
            File("knowledge_base_files", "a b.pdf", "%PDF"),
            File("knowledge_base_files", "ü.txt", ""))());

        FakeRequest request = Server.Requests.Only("createKnowledgeBase");
        Assert.That(reply.Status, Is.EqualTo(201), reply.Text);
        Assert.That(request.Parts.Select(p => p.Name), Is.EqualTo(new[]
        {
            "knowledge_base_name", "knowledge_base_texts", "knowledge_base_urls", "enable_auto_refresh", "max_chunk_size", "knowledge_base_files", "knowledge_base_files",
        }));
        Assert.That(request.Parts.Select(p => p.FileName), Is.EqualTo(new[] { null, null, null, null, null, "a b.pdf", "ü.txt" }));
        Assert.That(request.Parts[5].ContentType, Is.EqualTo("application/pdf"));
        Assert.That(request.Parts[5].Content.ToArray(), Is.EqualTo("%PDF"u8.ToArray()));
        Assert.That(request.Parts[6].Content.Length, Is.Zero);
        Assert.That(request.Parts[1].Text, Does.Contain("Ünï"));
        Assert.That(request.Json, Is.EqualTo(JObject.Parse("""
            {
              "knowledge_base_name": "Handbook", "knowledge_base_texts": [{"title": "Ünï", "text": "…"}], "knowledge_base_urls": ["https://example.com"],
              "enable_auto_refresh": true, "max_chunk_size": 2000, "knowledge_base_files": ["a b.pdf", "ü.txt"]
            }
            """)).Using<JToken>(JToken.DeepEquals));

        Assert.That((string?)reply.Json["knowledge_base_name"], Is.EqualTo("Handbook"));
        Assert.That((bool?)reply.Json["enable_auto_refresh"], Is.True);
        Assert.That(reply.Json["knowledge_base_sources"]!.Select(s => (string?)s["type"]), Is.EqualTo(new[] { "document", "document", "text", "url" }));
        Assert.That(reply.Json["knowledge_base_sources"]!.Take(2).Select(s => ((string?)s["filename"], (int?)s["file_size"])), Is.EqualTo(new[] { ("a b.pdf", 4), ("ü.txt", 0) }));
    }

    [Test]
    public async Task FakeKnowledgeBase_sources_are_added_and_deleted()
    {
        Reply created = await SendAsync("POST", Create, Form(Name, File("knowledge_base_files", "a.txt", "a"))());
        string id = (string)created.Json["knowledge_base_id"]!;
        Reply added = await SendAsync("POST", $"/add-knowledge-base-sources/{id}", Form(Plain("knowledge_base_urls", """["https://b", "https://c"]"""))());
        string[] sources = [.. added.Json["knowledge_base_sources"]!.Select(s => (string)s["source_id"]!)];
        Assert.That(sources, Has.Length.EqualTo(3).And.Unique);

        await SendAsync("DELETE", $"/delete-knowledge-base-source/{id}/source/{sources[1]}");
        await SendAsync("POST", $"/add-knowledge-base-sources/{id}", Form(Plain("knowledge_base_urls", """["https://d"]"""))());

        Reply now = await GetAsync($"/get-knowledge-base/{id}");
        Assert.That(now.Json["knowledge_base_sources"]!.Select(s => (string?)s["filename"] ?? (string?)s["url"]), Is.EqualTo(new[] { "a.txt", "https://c", "https://d" }));
        Assert.That(now.Json["knowledge_base_sources"]!.Select(s => (string?)s["source_id"]), Is.Unique);
    }

    private static TestCaseData Case(string name, object form, string message) =>
        new TestCaseData(form is HttpContent content ? () => content : form, message).SetArgDisplayNames(name);

    private static Part Plain(string name, string text) => new(name, null, null, text);

    private static Part File(string name, string fileName, string text) =>
        new(name, fileName, fileName.EndsWith(".pdf", StringComparison.Ordinal) ? "application/pdf" : "text/plain", text);

    /// <summary>Written by hand, as browsers write it.</summary>
    private static Func<HttpContent> Form(params Part[] parts) => () =>
    {
        var text = new StringBuilder();
        foreach (Part part in parts)
        {
            text.Append("--x\r\nContent-Disposition: form-data; name=\"").Append(part.Name).Append('"');
            text.Append(part.FileName is null ? "" : $"; filename=\"{part.FileName}\"\r\nContent-Type: {part.ContentType}").Append("\r\n\r\n").Append(part.Text).Append("\r\n");
        }

        return new ByteArrayContent(Encoding.UTF8.GetBytes(text.Append("--x--\r\n").ToString()))
        {
            Headers = { ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } } },
        };
    };

    private sealed record Part(string Name, string? FileName, string? ContentType, string Text);
}
