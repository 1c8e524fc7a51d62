using System.Reflection;
using System.Runtime.Loader;
using Retell.Tests.Support;

namespace Retell.Tests.Build;

/// <summary>
/// Operations, lists and a resource that a revision of the spec adds reach the facade, the command line and the fake
/// without a line of code: built from a copy of the spec and called over a socket.
/// </summary>
[Category("Build")]
[Parallelizable]
public class NewOperationTests
{
    private const string Added = """
          /get-widget/{widget_id}:
            get:
              operationId: getWidget
              parameters:
                - { in: path, name: widget_id, required: true, schema: { type: string } }
                - { in: query, name: verbose, schema: { type: boolean } }
              responses: { "200": { description: A widget., content: { application/json: { schema: { $ref: "#/components/schemas/Widget" } } } } }
          /get-widget-sound/{widget_id}:
            get:
              operationId: getWidgetSound
              x-retell-sdk-resource: widget
              x-retell-sdk-method: getSound
              parameters:
                - { in: path, name: widget_id, required: true, schema: { type: string } }
                - { in: header, name: X-Quality, schema: { type: integer } }
              responses: { "200": { description: A sound., content: { audio/mpeg: { schema: { type: string, format: binary } } } } }
          /stream-widgets:
            post:
              operationId: streamWidgets
              x-retell-sdk-resource: widget
              x-retell-sdk-method: stream
              requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, properties: { colour: { type: string } } } } } }
              responses: { "200": { description: Events., content: { text/event-stream: { schema: { type: string } } } } }
          /create-widget:
            post:
              operationId: createWidget
              requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/WidgetRequest" } } } }
              responses: { "201": { description: The widget., content: { application/json: { schema: { $ref: "#/components/schemas/Widget" } } } } }
          /update-widget/{widget_id}:
            patch:
              operationId: updateWidget
              parameters:
                - { in: path, name: widget_id, required: true, schema: { type: string } }
              requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/WidgetRequest" } } } }
              responses: { "200": { description: The widget., content: { application/json: { schema: { $ref: "#/components/schemas/Widget" } } } } }
          /delete-widget/{widget_id}:
            delete:
              operationId: deleteWidget
              parameters:
                - { in: path, name: widget_id, required: true, schema: { type: string } }
              responses: { "204": { description: Gone. } }
          /list-widgets:
            get:
              operationId: listWidgets
              parameters:
                - { in: query, name: limit, schema: { type: integer } }
                - { in: query, name: pagination_key, schema: { type: string } }
              responses: { "200": { description: A page., content: { application/json: { schema: { $ref: "#/components/schemas/WidgetPage" } } } } }
          /search-widgets:
            post:
              operationId: searchWidgets
              x-retell-sdk-method: listMatching
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      properties: { colour: { type: string }, limit: { type: integer }, skip: { type: integer }, pagination_key: { type: string } }
              responses: { "200": { description: A page., content: { application/json: { schema: { $ref: "#/components/schemas/WidgetPage" } } } } }
          /list-old-widgets:
            get:
              operationId: listOldWidgets
              x-retell-sdk-resource: widget
              x-retell-sdk-method: listOld
              parameters:
                - { in: query, name: limit, schema: { type: integer } }
                - { in: query, name: pagination_key, schema: { type: string } }
                - { in: query, name: pagination_key_version, schema: { type: integer } }
              responses: { "200": { description: All., content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Widget" } } } } } }
          /list-all-widgets:
            get:
              operationId: listAllWidgets
              x-retell-sdk-resource: widget
              x-retell-sdk-method: listAll
              responses: { "200": { description: All., content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Widget" } } } } } }
          /get-call-summary/{call_id}:
            get:
              operationId: getCallSummary
              x-retell-sdk-resource: call
              x-retell-sdk-method: getSummary
              parameters:
                - { in: path, name: call_id, required: true, schema: { type: string } }
              responses: { "200": { description: The summary., content: { application/json: { schema: { type: object, required: [text], properties: { text: { type: string } } } } } } }

        """;

    private const string Schemas = """
            Widget:
              type: object
              required: [widget_id, version]
              properties: { widget_id: { type: string, example: widget_1 }, version: { type: integer }, colour: { type: string } }
            WidgetRequest:
              type: object
              properties: { colour: { type: string, nullable: true } }
            WidgetPage:
              type: object
              properties: { items: { type: array, items: { $ref: "#/components/schemas/Widget" } }, pagination_key: { type: string }, has_more: { type: boolean }, total: { type: integer } }

        """;

    private TempFolder _folder = null!;
    private string _output = "";
    private Assembly _sdk = null!;

    [OneTimeSetUp]
    public void BuildEverythingFromACopyOfTheSpec()
    {
        _folder = new TempFolder();
        string spec = File.ReadAllText(Repository.PathOf("openapi", "retell.yaml"))
            .Replace("\npaths:\n", "\npaths:\n" + Added, StringComparison.Ordinal)
            .Replace("\n  schemas:\n", "\n  schemas:\n" + Schemas, StringComparison.Ordinal);
        string names = _folder.Write("names.yaml", File.ReadAllText(Repository.PathOf("openapi", "names.lock.yaml")));
        BuildRun.Build(
            Repository.Root,
            "src/Retell.Cli",

            [
                "--artifacts-path",
                _folder.PathOf("artifacts"),
                "-p:RunAnalyzers=false",
                $"-p:RetellSpec={_folder.Write("api.yaml", spec)}",
                $"-p:RetellNames={names}",
            ]).AssertSucceeded();
        _output = _folder.PathOf("artifacts", "bin", "Retell.Cli", "debug");
        _sdk = new OutputContext(_output).LoadFromAssemblyName(new AssemblyName("Retell"));
    }

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void New_resource_in_spec_gets_class_and_client_property()
    {
        PropertyInfo widgets = _sdk.GetType("Retell.RetellClient", throwOnError: true)!.GetProperty("Widgets")!;

        Assert.That(widgets.PropertyType.FullName, Is.EqualTo("Retell.WidgetsResource"));
        Assert.That(widgets.PropertyType.BaseType!.FullName, Is.EqualTo("Retell.RetellResource"));
        Assert.That(
            Methods(widgets.PropertyType),
            Is.EquivalentTo(new[]
            {
                "Task<Widget> CreateAsync(WidgetRequest request)",
                "Task DeleteAsync(String widgetId)",
                "Task<Widget> GetAsync(String widgetId, Boolean? verbose)",
                "Task<Widget> UpdateAsync(String widgetId, Action<WidgetRequest> change)",
                "Task<Widget> UpdateAsync(String widgetId, WidgetRequest request)",
                "Pager<Widget> ListAsync(Int64? pageSize)",
                "Pager<Widget> ListMatchingAsync(SearchWidgetsRequest request, Int64? pageSize)",
                "Pager<Widget> ListOldAsync(Int64? pageSize)",
                "Pager<Widget> ListAllAsync()",
                "Task<RetellStream> GetSoundAsync(String widgetId, Int64? xQuality)",
                "IAsyncEnumerable<SseItem<String>> StreamAsync(StreamWidgetsRequest request)",
            }));
    }

    [Test]
    public void New_operation_of_existing_resource_becomes_method_of_its_class() =>
        Assert.That(Methods(_sdk.GetType("Retell.CallsResource", throwOnError: true)!), Does.Contain("Task<GetCallSummaryResponse> GetSummaryAsync(String callId)"));

    [Test]
    public async Task New_operations_work_against_FakeRetellServer_over_socket()
    {
        await using var fake = await Fake();
        dynamic client = fake.Client;

        dynamic made = await client.Widgets.CreateAsync((dynamic)New("WidgetRequest", ("Colour", "red")));
        dynamic read = await client.Widgets.GetAsync((string)made.WidgetId, true);
        await client.Widgets.DeleteAsync((string)made.WidgetId);

        Assert.That((string)made.Colour, Is.EqualTo("red"));
        Assert.That((string)read.WidgetId, Is.EqualTo((string)made.WidgetId));
        Assert.That(() => client.Widgets.GetAsync(""), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("widgetId"));
        Assert.That(fake.Requests, Is.EqualTo(new[] { "POST /create-widget", $"GET /get-widget/{made.WidgetId}?verbose=true", $"DELETE /delete-widget/{made.WidgetId}" }));
    }

    [Test]
    public async Task New_list_operations_in_each_paging_style_return_all_items()
    {
        await using var fake = await Fake();
        dynamic client = fake.Client;
        for (int i = 0; i < 5; i++)
        {
            await client.Widgets.CreateAsync((dynamic)New("WidgetRequest"));
        }

        fake.Clear();
        Assert.That(await Count(client.Widgets.ListAsync(2L)), Is.EqualTo(5));
        Assert.That(await Count(client.Widgets.ListMatchingAsync((dynamic)New("SearchWidgetsRequest", ("Limit", 3L)))), Is.EqualTo(5));
        Assert.That(await Count(client.Widgets.ListOldAsync(4L)), Is.EqualTo(5));
        Assert.That(await Count(client.Widgets.ListAllAsync()), Is.EqualTo(5));
        Assert.That(fake.Requests.Select(request => request.Split('?')[0]), Is.EqualTo(new[]
        {
            "GET /list-widgets", "GET /list-widgets", "GET /list-widgets", "POST /search-widgets", "POST /search-widgets",
            "GET /list-old-widgets", "GET /list-old-widgets", "GET /list-all-widgets",
        }));
        Assert.That(fake.Requests[6], Does.Contain("pagination_key=").And.Contain("pagination_key_version="), "the page after the last item, by its id and version");
        Assert.That(() => client.Widgets.ListAsync(0L), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void New_operations_get_commands_in_cli()
    {
        CommandResult help = Run("widgets", "--help");
        CommandResult request = Run("widgets", "get", "widget_1", "--get-verbose", "--dry-run");
        CommandResult summary = Run("calls", "get-summary", "call_1", "--dry-run");

        Assert.That(help.Output, Does.Contain("list-matching").And.Contain("update"));
        Assert.That(request.Everything, Does.Contain("/get-widget/widget_1?verbose=true"));
        Assert.That(summary.Everything, Does.Contain("/get-call-summary/call_1"));
    }

    [Test]
    public async Task New_download_and_event_stream_operations_print_in_cli()
    {
        await using var fake = await Fake();

        fake.Seed("Widget", new { widget_id = "widget_1" });
        CommandResult sound = Run(fake.Url, "widgets", "get-sound", "widget_1", "--x-quality", "3");
        CommandResult events = Run(fake.Url, "widgets", "stream", "--set", "colour=red", "--output", "json");

        Assert.That((sound.ExitCode, sound.Output.Trim()), Is.EqualTo((0, "(getWidgetSound)")), sound.Everything);
        Assert.That(events.ExitCode, Is.Zero, events.Everything);
        Assert.That(events.Output, Does.Contain("\"event\": \"message\"").And.Contain("\"data\": \"{}\""));
        Assert.That(fake.Requests, Is.EqualTo(new[] { "GET /get-widget-sound/widget_1", "POST /stream-widgets" }));
    }

    private CommandResult Run(Uri fake, params string[] arguments) =>
        CommandResult.Dotnet(_output, [Path.Combine(_output, "Retell.Cli.dll"), .. arguments], ("RETELL_API_KEY", "key_for_the_fake"), ("RETELL_BASE_URL", fake.ToString()));

    private CommandResult Run(params string[] arguments) =>
        CommandResult.Dotnet(_output, [Path.Combine(_output, "Retell.Cli.dll"), .. arguments], ("RETELL_API_KEY", "key_test"));

    private static IEnumerable<string> Methods(Type type) => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Select(method => $"{Name(method.ReturnType)} {method.Name}({string.Join(", ", method.GetParameters().SkipLast(2).Select(p => $"{Name(p.ParameterType)} {p.Name}"))})");

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is Type value ? value.Name + "?"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    private Assembly Load(string name) => AssemblyLoadContext.GetLoadContext(_sdk)!.LoadFromAssemblyName(new AssemblyName(name));

    private object New(string model, params (string Name, object Value)[] members)
    {
        Assembly models = Load("Retell.Generated");
        object instance = Activator.CreateInstance(models.GetType("Retell.Models." + model, throwOnError: true)!)!;
        foreach ((string name, object value) in members)
        {
            instance.GetType().GetProperty(name)!.SetValue(instance, value);
        }

        return instance;
    }

    private static async Task<int> Count(object pager)
    {
        int count = 0;
        await foreach (object _ in (IAsyncEnumerable<object>)pager)
        {
            count++;
        }

        return count;
    }

    private async Task<RunningFake> Fake()
    {
        MethodInfo start = Load("Retell.Testing")
            .GetType("Retell.Testing.FakeRetellServer", throwOnError: true)!.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(method => method.Name == "StartAsync");
        dynamic server = await (dynamic)start.Invoke(null, [.. start.GetParameters().Select(p => p.HasDefaultValue ? Type.Missing : null)])!;
        return new RunningFake(server);
    }

    /// <summary>What was built from the copy, apart from the SDK that the tests themselves run with.</summary>
    private sealed class OutputContext(string folder) : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            Path.Combine(folder, assemblyName.Name + ".dll") is var file && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }

    /// <summary>The fake that was built from the copy, and a client of it.</summary>
    private sealed class RunningFake(dynamic server) : IAsyncDisposable
    {
        private int _seen;

        public dynamic Client { get; } = server.CreateClient();

        public Uri Url { get; } = server.BaseUrl;

        public void Seed(string kind, object item) => server.Seed(kind, item);

        public IReadOnlyList<string> Requests
        {
            get
            {
                var requests = new List<string>();
                foreach (dynamic request in server.Requests)
                {
                    requests.Add($"{request.Method} {request.Path}{(((string)request.RawQuery) is { Length: > 0 } query ? "?" + query.TrimStart('?') : "")}");
                }

                return [.. requests.Skip(_seen)];
            }
        }

        public void Clear() => _seen += Requests.Count;

        public async ValueTask DisposeAsync()
        {
            ((IDisposable)Client).Dispose();
            await ((IAsyncDisposable)server).DisposeAsync();
        }
    }
}
