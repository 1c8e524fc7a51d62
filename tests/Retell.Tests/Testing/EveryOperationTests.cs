using System.Reflection;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Testing;
using Retell.Testing.Spec;
using Retell.Testing.State;
using Retell.Tests.Spec;
using Retell.Tests.Support;

namespace Retell.Tests.Testing;

/// <summary>Random valid requests for every operation of the document as published, and what the fake makes of them.</summary>
[Parallelizable]
public class EveryOperationTests
{
    private const int Instances = 30;
    private static readonly SpecDocument s_spec = SpecDocument.Load(Repository.PathOf("openapi", "retell.yaml"));
    private static readonly HashSet<string> s_wholeNumbers = MembersThatAre("type", "integer");
    private static readonly HashSet<string> s_fileMembers = MembersThatAre("format", "binary");
    private static readonly Lazy<PlainSchemas> s_plain = new(() => new PlainSchemas(s_spec));

    private static IEnumerable<TestCaseData> Operations => s_spec.Operations.Select(o => new TestCaseData(o.OperationId).SetArgDisplayNames(o.OperationId));

    private static IEnumerable<TestCaseData> RetainedOperations => ApiDocument.Embedded.Operations
        .Where(o => !s_spec.Operations.Any(published => published.Method == o.Method && published.Path == o.Path))
        .Select(o => new TestCaseData(o.Method, o.Path).SetArgDisplayNames($"{o.Method} {o.Path}"));

    [Test]
    public void Fake_has_each_operation_of_spec() =>
        Assert.That(ApiDocument.Embedded.Operations.Select(o => (o.Id, o.Method, o.Path)), Is.SupersetOf(s_spec.Operations.Select(o => (o.OperationId, o.Method, o.Path))));

    /// <summary>Both without any set-up and with things in the store, both a fresh answer and one that echoes all that can be said.</summary>
    [TestCaseSource(nameof(Operations))]
    public async Task Fake_valid_request_gets_valid_response(string operationId)
    {
        SpecOperation operation = s_spec.Operations.Single(o => o.OperationId == operationId);
        Type? type = ResponseType(operationId);
        var generator = new InstanceGenerator(s_spec, InstanceOptions.Valid);
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using var http = new HttpClient(server.CreateHandler());
        http.BaseAddress = server.BaseUrl;
        http.DefaultRequestHeaders.Authorization = new("Bearer", server.ApiKey);
        for (int seed = 0; seed < Instances; seed++)
        {
            JToken? body = operation.Request is null ? null : Acceptable(generator.Create(operation.Request, seed));
            using var request = new HttpRequestMessage(
                new HttpMethod(operation.Method),
                Target(ApiDocument.Embedded.Operations.Single(o => o.Method == operation.Method && o.Path == operation.Path), seed));
            request.Content = body is null ? null
                : operation.RequestMediaType == "multipart/form-data" ? Form(operation.Request!, (JObject)body)
                : new StringContent(body.ToString(Formatting.None), Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await http.SendAsync(request);
            string text = await response.Content.ReadAsStringAsync();
            string about = $"seed {seed}, {operation.Method} {request.RequestUri} {body?.ToString(Formatting.None)} → {(int)response.StatusCode} {text}";

            Assert.That(server.Requests[^1].Errors, Is.Empty, about);
            string expected = ((JObject)operation.Node["responses"]!).Properties().First(r => r.Name.StartsWith('2')).Name;
            Assert.That(((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(expected), about);
            Assert.That(server.Requests[^1].ResponseStatus, Is.EqualTo((int)response.StatusCode));
            if (operation.Response is null)
            {
                Assert.That(text, Is.Empty, about);
                continue;
            }

            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 512 };
            JToken answer = JToken.ReadFrom(reader);
            Assert.That(s_plain.Value.Errors(new($"{operationId} response", operation.Response), answer), Is.Empty, about);
            JsonEquivalence.AssertSame(text, RetellJson.Serialize(RetellJson.Deserialize(text, type!)), about);
        }
    }

    /// <summary>Of what the document no longer has there is no other judge than the fake's own.</summary>
    [TestCaseSource(nameof(RetainedOperations))]
    public async Task Fake_retained_operation_gets_valid_response(string method, string path)
    {
        FakeOperation operation = ApiDocument.Embedded.Operations.Single(o => o.Method == method && o.Path == path);
        var validator = new SchemaValidator(ApiDocument.Embedded);
        var samples = new SampleFactory(ApiDocument.Embedded, validator);
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using var http = new HttpClient(server.CreateHandler());
        http.DefaultRequestHeaders.Authorization = new("Bearer", server.ApiKey);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.BaseUrl, Target(operation, 1)));
        request.Content = operation.Body is null
            ? null
            : new StringContent(samples.Create(operation.Body, full: true).ToString(Formatting.None), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();

        Assert.That(server.Requests[0].Errors, Is.Empty);
        Assert.That((int)response.StatusCode, Is.EqualTo(operation.Status), text);
        if (operation.Response is not null)
        {
            var errors = new List<FakeRequestError>();
            validator.Check(operation.Response, JToken.Parse(text), "$", errors);
            Assert.That(errors, Is.Empty, text);
        }
    }

    /// <summary>
    /// NJsonSchema judges random instances of all requests and responses, valid and broken ones, by the document as published. The validator of the
    /// fake must come to the same result.
    /// </summary>
    [TestCaseSource(nameof(Operations))]
    public void Validator_agrees_with_NJsonSchema(string operationId)
    {
        SpecOperation operation = s_spec.Operations.Single(o => o.OperationId == operationId);
        FakeOperation own = ApiDocument.Embedded.Operations.Single(o => o.Method == operation.Method && o.Path == operation.Path);
        var validator = new SchemaValidator(ApiDocument.Embedded, allowUnknownMembers: true);
        InstanceOptions broken = InstanceOptions.Valid with { NullForRequired = true, MissingRequired = true, WrongTypes = true, UnknownEnumValues = true, UnknownVariants = true };
        (string Part, JObject? Schema, JObject? Own)[] parts =
            [("request", operation.RequestMediaType == "multipart/form-data" ? null : operation.Request, own.Body), ("response", operation.Response, own.Response)];
        foreach ((string part, JObject? schema, JObject? ownSchema) in parts.Where(p => p.Schema is not null))
        {
            foreach (InstanceOptions options in new[] { InstanceOptions.Valid, broken })
            {
                var generator = new InstanceGenerator(s_spec, options);
                for (int seed = 0; seed < Instances * 2; seed++)
                {
                    JToken instance = WithWholeNumbers(generator.Create(schema!, seed));
                    IReadOnlyList<string> theirs = s_plain.Value.Errors(new($"{operationId} {part}", schema!), instance);
                    var ours = new List<FakeRequestError>();
                    validator.Check(ownSchema!, instance, "$", ours);
                    if (ours.Count == 0 != (theirs.Count == 0) && !IsAcceptedDifference(ours, theirs))
                    {
                        Assert.Fail($"{part}, seed {seed}\nNJsonSchema: {string.Join("; ", theirs.Take(8))}\nthe fake: {string.Join("; ", ours.Take(8))}\n{instance}");
                    }
                }
            }
        }
    }

    /// <summary>
    /// The reasons why the two may differ. The fake counts the length of a text in characters, as JSON Schema says, NJsonSchema in UTF-16 code units.
    /// Where only members tell the variants of a union apart, the fake requires one of them. Where an allOf has several parts, the document as
    /// published allows null only if all parts do; the SDK reads null if one of them does, and so does the fake.
    /// </summary>
    private static bool IsAcceptedDifference(List<FakeRequestError> ours, IReadOnlyList<string> theirs) => ours.Count > 0
        ? ours.TrueForAll(error => error.Message.Contains(" character", StringComparison.Ordinal) || error.Message.StartsWith("must have the member ", StringComparison.Ordinal))
        : theirs.Any(error => error.EndsWith("StringTooLong", StringComparison.Ordinal))
            || (theirs.Any(error => error.EndsWith("Expected", StringComparison.Ordinal)) && theirs.All(error => error.Contains("version", StringComparison.Ordinal)));

    /// <summary>The names of the members, or of lists, whose schema says so; the overlay has its say too.</summary>
    private static HashSet<string> MembersThatAre(string keyword, string value) =>
    [
        .. from schema in ApiDocument.Embedded.Schemas
           from property in (schema["properties"] as JObject)?.Properties() ?? []
           where (string?)property.Value[keyword] == value || (string?)property.Value["items"]?[keyword] == value
           select property.Name,
    ];

    /// <summary>The overlay says of many a number that it is a whole one.</summary>
    private static JToken WithWholeNumbers(JToken body)
    {
        IEnumerable<JProperty> members = ((body as JContainer)?.DescendantsAndSelf() ?? []).OfType<JProperty>().Where(m => s_wholeNumbers.Contains(m.Name));
        foreach (JToken number in members.SelectMany(m => m.Value is JArray list ? list.AsEnumerable() : [m.Value]).Where(v => v.Type == JTokenType.Float).ToList())
        {
            number.Replace(Math.Abs((double)number) < 1e18 ? (long)Math.Ceiling((double)number) : 1);
        }

        return body;
    }

    /// <summary>What paging and forms forbid but the document does not say.</summary>
    private static JToken Acceptable(JToken body)
    {
        if (body is JObject members)
        {
            members.Remove("pagination_key");
            if (members.ContainsKey("limit"))
            {
                members["limit"] = 2;
            }

            // A form has no way to say that a list of files is empty.
            foreach (JArray files in s_fileMembers.Select(name => members[name]).OfType<JArray>().Where(f => f.Count == 0))
            {
                files.Add("a file");
            }

            // What is read may be null only where all parts of an allOf say so; the SDK's document is content with one.
            if (members["version"] is { Type: JTokenType.Null })
            {
                members.Remove("version");
            }
        }

        return WithWholeNumbers(body);
    }

    private static string Target(FakeOperation operation, int seed)
    {
        string path = operation.Parameters.Where(p => !p.IsQuery).Aggregate(operation.Path, (text, p) => text.Replace($"{{{p.Name}}}", Uri.EscapeDataString($"ü/{seed} +")));
        IEnumerable<string> query = operation.Parameters.Where(
            p => p.IsQuery && (p.IsRequired || seed % 2 == 1) && p.Name != "pagination_key").Select(p => $"{p.Name}={Sample(p)}");
        return path + "?" + string.Join('&', query);

        string Sample(FakeParameter parameter) =>
            (string?)ApiDocument.Embedded.Resolve(parameter.Schema)["enum"]?[0] ?? ((string?)parameter.Schema["type"] == "boolean" ? "true" : "1");
    }

    private static HttpContent Form(JObject schema, JObject body)
    {
        if (!body.HasValues)
        {
            return new StringContent("--x--\r\n") { Headers = { ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } } } };
        }

        var form = new MultipartFormDataContent();
        SchemaView view = SchemaView.Of(s_spec, schema);
        foreach (JProperty member in body.Properties())
        {
            bool isFiles = s_fileMembers.Contains(member.Name);
            foreach (JToken value in isFiles && member.Value is JArray list ? list.ToArray() : [member.Value])
            {
                string text = value.Type == JTokenType.String ? (string)value! : value.ToString(Formatting.None);
                var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
                if (isFiles)
                {
                    form.Add(content, member.Name, "a.txt");
                }
                else
                {
                    form.Add(content, member.Name);
                }
            }
        }

        Assert.That(view.Properties.Keys, Is.SupersetOf(body.Properties().Select(p => p.Name)));
        return form;
    }

    /// <summary>What the method of the operation client returns.</summary>
    private static Type? ResponseType(string operationId) => typeof(OpenApiOperationAttribute).Assembly.GetTypes()
        .SelectMany(t => t.GetMethods())
        .Single(m => m.GetCustomAttribute<OpenApiOperationAttribute>()?.OperationId == operationId)
        .ReturnType.GetGenericArguments().FirstOrDefault();
}
