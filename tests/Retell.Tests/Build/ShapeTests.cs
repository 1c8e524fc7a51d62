using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Tests.Facade.Doubles;
using Retell.Tests.Support;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.Build;

/// <summary>
/// What legal OpenAPI has and the published document does not yet (tests/data/shapes.yaml): each shape generates what a
/// caller expects, and is right on the wire.
/// </summary>
[Category("Build")]
[Parallelizable]
public class ShapeTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
    private const string None = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

    private TempFolder _folder = null!;
    private Type _caller = null!;

    private static Shape[] Shapes { get; } =
    [
        new("query", """
            await retell.Shapes.GetQueryAsync(exploded: ["a b", "c&d"], comma: [1, 2], space: ["x", "y"], pipe: ["p", "q"], deep: new ShapeFilter { Role = "admin", FirstName = "Al" },
                spread: new ShapeFilter { Role = "r", Count = 3 }, flat: new Dictionary<string, string> { ["k"] = "v,w" }, json: new ShapeFilter { Role = "x" }, reserved: "a/b?c dé",
                at: "2026-01-01T00:00:00Z", free: Newtonsoft.Json.Linq.JObject.Parse("{\"a\":{\"b\":true}}"));
            """,
            None,
            "GET /shapes/query?exploded=a%20b&exploded=c%26d&comma=1,2&space=x%20y&pipe=p%7Cq&deep%5Brole%5D=admin&deep%5Bfirst_name%5D=Al&role=r&count=3&flat=k,v%2Cw"
                + "&json=%7B%22role%22%3A%22x%22%7D&reserved=a/b?c%20d%C3%A9&at=2026-01-01T00%3A00%3A00Z&free%5Ba%5D%5Bb%5D=true HTTP/1.1"),
        new("empty query", "await retell.Shapes.GetQueryAsync(comma: [], deep: new ShapeFilter());", None, "GET /shapes/query HTTP/1.1"),
        new("path", """await retell.Shapes.GetPathAsync(["a", "b/c"], [1, 2], ["m", "n"], new ShapeFilter { Role = "r", Count = 2 }, xShared: "s");""", None,
            "GET /shapes/path/a,b%2Fc/.1.2/;matrix=m,n/role=r,count=2 HTTP/1.1", "X-Shared: s"),
        new("headers and cookies", """await retell.Shapes.GetHeaderAsync("1", 5, xRequestKey: "r", xTags: ["a", "b"], idHeader: "h", session: "s 1", flags: ["x", "y"], xTrace: XTrace.On);""", Ok + "{}",
            "GET /shapes/header/1 HTTP/1.1", "X-Count: 5", "X-Request-Key: r", "X-Tags: a,b", "id: h", "Cookie: session=s%201; flags=x; flags=y", "X-Trace: on", "Authorization: Bearer key_test"),
        new("form", """return (await retell.Shapes.SendFormAsync(new SendShapeFormRequest { Name = "A B", Count = 2, Tags = ["x", "y&z"], Filter = new ShapeFilter { Role = "r" } })).Role;""",
            Ok
                + """{"role":"back"}""", "POST /shapes/form HTTP/1.1", "Content-Type: application/x-www-form-urlencoded", "\nname=A+B&count=2&tags=x&tags=y%26z&filter=%7B%22role%22%3A%22r%22%7D") { Result = "back" },
        new("bytes", """await retell.Shapes.SendBytesAsync(RetellFile.FromBytes([65, 66], "a.bin"), name: "n");""", None,
            "PUT /shapes/bytes?name=n HTTP/1.1", "Content-Type: application/octet-stream", "Content-Length: 2", "\nAB"),
        new("text", """await using RetellStream text = await retell.Shapes.SendTextAsync("héllo"); return $"{text.ContentType}: {await text.ReadTextAsync()}";""",
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\nwörld", "POST /shapes/text HTTP/1.1", "Content-Type: text/plain; charset=utf-8", "Accept: text/plain", "\nhéllo") { Result = "text/plain: wörld" },
        new("merge patch and a vendor's type", """return (await retell.Shapes.UpdateAsync("1", filter => filter.FirstName = null)).Count;""",
            "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.retell.shape+json; charset=utf-8\r\nConnection: close\r\n\r\n{\"count\":7}",
            "PATCH /shapes/merge/1 HTTP/1.1", "Content-Type: application/merge-patch+json", "Accept: application/vnd.retell.shape+json", "\n{\"first_name\":null}") { Result = "7" },
        new("list body", """return string.Join(",", (await retell.Shapes.SendListAsync([new ShapeFilter { Role = "a" }, new ShapeFilter()])).Select(filter => filter.Role));""",
            Ok + """[{"role":"b"},{"role":"c"}]""", "POST /shapes/list HTTP/1.1", "Content-Type: application/json", "\n[{\"role\":\"a\"},{}]") { Result = "b,c" },
        new("XML", """await using RetellStream xml = await retell.Shapes.SendXmlAsync(RetellFile.FromBytes(System.Text.Encoding.UTF8.GetBytes("<a/>"), "a.xml")); return await xml.ReadTextAsync();""",
            "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n<b/>", "POST /shapes/xml HTTP/1.1", "Content-Type: application/xml", "Accept: application/xml", "\n<a/>") { Result = "<b/>" },
        new("audio", """
            await using RetellStream audio = await retell.Shapes.GetAudioAsync("1");
            using var copy = new MemoryStream();
            await audio.CopyToAsync(copy);
            return $"{audio.ContentType} {audio.FileName} {audio.ContentLength} {string.Join(",", copy.ToArray())}";
            """,
            "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nContent-Disposition: attachment; filename=\"a.mp3\"\r\nContent-Length: 3\r\nConnection: close\r\n\r\nABC",
            "GET /shapes/audio/1 HTTP/1.1", "Accept: audio/mpeg") { Result = "audio/mpeg a.mp3 3 65,66,67" },
        new("audio that is not there", """try { await retell.Shapes.GetAudioAsync("1"); return "none"; } catch (RetellNotFoundException e) { return e.ErrorMessage; }""",
            "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"message\":\"gone\"}", "GET /shapes/audio/1 HTTP/1.1") { Result = "gone" },
        new(
            "HEAD",
            """await retell.Shapes.CheckAudioAsync("1");""",
            "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nContent-Length: 3\r\nConnection: close\r\n\r\n",
            "HEAD /shapes/audio/1 HTTP/1.1"),
        new("events", """
            var events = new List<string>();
            await foreach (var item in retell.Shapes.StreamEventsAsync(new ShapeFilter { Role = "r" })) { events.Add($"{item.EventType}={item.Data}"); }
            return string.Join(";", events);
            """,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: one\n\nevent: note\ndata: two\ndata: three\n\n",
            "POST /shapes/events HTTP/1.1", "Accept: text/event-stream", "\n{\"role\":\"r\"}") { Result = "message=one;note=two\nthree" },
        new(
            "the first of several answers",
            "return (await retell.Shapes.StartAsync()).GetType().Name;",
            Ok + """{"result":"x"}""",
            "POST /shapes/several HTTP/1.1") { Result = "StartShapeResponse200" },
        new(
            "the second of several answers",
            "return ((StartShapeResponse202)await retell.Shapes.StartAsync()).JobId;",
            "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"job_id\":\"j\"}",
            "POST /shapes/several HTTP/1.1") { Result = "j" },
        new("an answer that is there", "return (await retell.Shapes.GetMaybeAsync())?.Role;", Ok + """{"role":"r"}""", "GET /shapes/maybe HTTP/1.1") { Result = "r" },
        new("an answer that is not there", "return (await retell.Shapes.GetMaybeAsync())?.Role ?? \"nothing\";", None, "GET /shapes/maybe HTTP/1.1") { Result = "nothing" },
        new(
            "a default answer of any type",
            "return (await retell.Shapes.GetDefaultAsync()).Role;",
            Ok + """{"role":"r"}""",
            "GET /shapes/default HTTP/1.1",
            "Accept: application/json") { Result = "r" },
        new("no security, on the server that the caller chose", "await retell.Shapes.GetOpenAsync();", None, "GET /open/shapes/open HTTP/1.1", "!Authorization"),
        new("discriminator with a mapping", "return string.Join(\",\", (await retell.Shapes.GetPetsAsync()).Select(pet => pet.GetType().Name)) + new ShapeDog().PetType;",
            Ok
                + """[{"pet_type":"cat"},{"lives":1,"pet_type":"kitten"},{"pet_type":"dog"},{"pet_type":"ShapeFish"},{"pet_type":"bird"}]""", "GET /shapes/pets HTTP/1.1") { Result = "ShapeCat,ShapeCat,ShapeDog,ShapeFish,UnknownVariantdog" },
        new("union of lists of itself", """
            var tree = new ShapeBranch { Trees = [new ShapeLeaf { Rows = new string[] { "a" } }, new ShapeBranch { Trees = [] }], Grid = [[new ShapeLeaf()]] };
            var back = (ShapeBranch)await retell.Shapes.SendTreeAsync(tree);
            return $"{((ShapeLeaf)back.Trees[0]).Rows!.Value.Value!.GetType().Name} {back.Grid![0][0].GetType().Name}";
            """,
            Ok + """{"type":"branch","trees":[{"type":"leaf","rows":[{"role":"x"}]}],"grid":[[{"type":"leaf"}]]}""",
            "POST /shapes/tree HTTP/1.1", "\n{\"type\":\"branch\",\"trees\":[{\"type\":\"leaf\",\"rows\":[\"a\"]},{\"type\":\"branch\",\"trees\":[]}],\"grid\":[[{\"type\":\"leaf\"}]]}") { Result = "List`1 ShapeLeaf" },
        new("a value that holds itself", """
            ShapeNest nest = RetellJson.Deserialize<ShapeNest>("[\"a\",[\"b\",[]]]");
            return RetellJson.Serialize(nest) + RetellJson.Serialize(RetellJson.Deserialize<ShapeMap>("{\"a\":{\"b\":{}}}"));
            """, "") { Result = "[\"a\",[\"b\",[]]]{\"a\":{\"b\":{}}}" },
        new(
            "a header that no header can hold",
            """try { await retell.Shapes.GetHeaderAsync("1", 5, xRequestKey: "a\r\nb: c"); return "sent"; } catch (ArgumentException e) { return e.Message.Contains("X-Request-Key").ToString(); }""",
            "") { Result = "True" },
        new(
            "an empty path value",
            """try { await retell.Shapes.GetPathAsync([], [1], ["m"], new ShapeFilter { Role = "r" }); return "sent"; } catch (ArgumentException e) { return e.ParamName; }""",
            "") { Result = "simple" },
    ];

    [OneTimeSetUp]
    public void Compile()
    {
        _folder = new TempFolder();
        var spec = (JObject)YamlJson.Load(Repository.PathOf("openapi", "retell.yaml"));
        var shapes = (JObject)YamlJson.Load(Repository.PathOf("tests", "data", "shapes.yaml"));
        foreach (string part in new[] { "paths", "components" })
        {
            ((JObject)spec[part]!).Merge(shapes[part]!);
        }

        string code = $$"""
            using Retell;
            using Retell.Generated;
            using Retell.Models;

            public static class Caller
            {
            {{string.Concat(Shapes.Select((shape, index) => $"    public static async Task<object?> Call{index}(RetellClient retell)\n    {{\n        await Task.Yield();\n        {shape.Code}\n{(shape.Code.Contains("return ", StringComparison.Ordinal) ? "" : "        return null;\n")}    }}\n"))}}
                public static RetellClient Client(Uri url) => new(new RetellClientOptions { ApiKey = "key_test", BaseUrl = url, MaxRetries = 0 });
            }
            """;
        _caller = SdkLayers.Compile(new NormalizeInput(
            _folder.Write("api.json", spec.ToString(Formatting.None)),
            Repository.PathOf("openapi", "overlay.yaml"),
            _folder.Write("names.yaml", File.ReadAllText(Repository.PathOf("openapi", "names.lock.yaml"))),
            Repository.PathOf("openapi", "retained.yaml"))).Load(code).GetType("Caller", throwOnError: true)!;
    }

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    private static IEnumerable<TestCaseData> Rows => Shapes.Select((shape, index) => new TestCaseData(index).SetArgDisplayNames(shape.Name));

    [TestCaseSource(nameof(Rows))]
    public async Task Generated_operation_of_each_OpenAPI_shape_sends_expected_request(int index)
    {
        Shape shape = Shapes[index];
        using var server = RawServer.Answering(shape.Answer);
        using var client = (IDisposable)_caller.GetMethod("Client")!.Invoke(null, [server.Url])!;

        object? result = await (Task<object?>)_caller.GetMethod($"Call{index}")!.Invoke(null, [client])!;

        Assert.That(result?.ToString(), Is.EqualTo(shape.Result));
        Assert.That(server.Requests, Has.Count.EqualTo(shape.Request.Length == 0 ? 0 : 1));
        foreach (string line in shape.Request)
        {
            string[] lines = server.Requests[0].Split("\r\n");
            if (line[0] == '!')
            {
                Assert.That(lines, Has.None.StartsWith(line[1..]));
            }
            else if (line[0] == '\n')
            {
                Assert.That(lines[^1], Is.EqualTo(line[1..]));
            }
            else
            {
                Assert.That(lines, Does.Contain(line));
            }
        }
    }

    /// <summary>
    /// A call: its C#, the answer of the server, what the request has (a line, "!" before a line that it has not, a line feed before the body), and
    /// what comes of it.
    /// </summary>
    private sealed record Shape(string Name, string Code, string Answer, params string[] Request)
    {
        public string? Result { get; init; }
    }
}
