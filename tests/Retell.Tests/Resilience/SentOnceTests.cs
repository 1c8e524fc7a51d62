using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Models;
using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Resilience;

/// <summary>Whatever an application stacks on the client: what must not be repeated reaches the server once, and a call has one key.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SentOnceTests
{
    private static readonly Dictionary<string, Func<RetellClient, Task>> s_operations = new()
    {
        ["SMS"] = client => client.Chats.CreateSmsAsync(new CreateSmsChatRequest { FromNumber = "+14157774444", ToNumber = "+12137774445" }),
        ["batch call"] = client => client.BatchCalls.CreateAsync(new CreateBatchCallRequest { FromNumber = "+14157774444", Tasks = [new() { ToNumber = "+12137774445" }] }),
        ["analysis without a body"] = client => client.Calls.RerunAnalysisAsync("call_1"),
        ["upload of a stream that can be read once"] = client => client.Contacts.UploadImportFileAsync(RetellFile.FromStream(new OnceStream("a,b"), "contacts.csv")),
        ["phone call"] = client => client.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445"),
    };

    /// <summary>What a busy machine needs.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(1);

    private static IEnumerable<TestCaseData> Cases =>
        from application in Application.Guarded.Select(row => (row.Key, row.Value, true)).Concat(Application.Unguarded.Select(row => (row.Key, row.Value, false)))
        select new TestCaseData(application.Value, application.Item3).SetArgDisplayNames(application.Key);

    [TestCaseSource(nameof(Cases))]
    public async Task NonRepeatable_request_below_retrying_handlers_is_sent_once(object create, bool isGuarded)
    {
        IEnumerable<Task<string?>> cases = from fault in Fault.All
                                           from operation in s_operations
                                           select FindProblemAsync(
            (Func<Site, Application>)create,
            isGuarded,
            fault,
            operation.Key);

        Assert.That((await Task.WhenAll(cases)).OfType<string>(), Is.Empty);
    }

    [Test]
    public async Task Attempts_blocked_by_retry_guard_are_not_counted([Values("defaults with a retrying handler", "standard handler")] string application)
    {
        using var server = RawServer.Answering(RawServer.Response(500, "{}", "Connection: close\r\n"));
        using Application running = Application.Guarded[application](new(server.Url, s_patience));

        RetellServerException error = (await Assert.ThrowsAsync<RetellServerException>(() => s_operations["SMS"](running.Client)))!;

        Assert.That(error.Attempts, Is.EqualTo(1));
        Assert.That(error.Message, Does.Contain("1 attempt)"));
    }

    /// <summary>A 429 and a refused connection prove that nothing was processed.</summary>
    [Test]
    public async Task CreateSmsChat_after_429_is_retried_by_any_handler(
        [Values("AddRetell", "standard handler", "hedging", "cloning handler", "retries in the message handler")] string application)
    {
        using var server = new RawServer(async (number, _, stream, token) =>
        {
            await RawServer.WriteAsync(
                stream,
                number == 1 ? RawServer.Response(429, "{}", "retry-after-ms: 5\r\nConnection: close\r\n") : RawServer.Response(201, """{"chat_id":"chat_1"}"""),
                token);
            return false;
        });
        using Application running = Application.Guarded[application](new(server.Url, s_patience));

        Chat chat = await running.Client.Chats.CreateSmsAsync(new CreateSmsChatRequest { FromNumber = "+14157774444", ToNumber = "+12137774445" });

        Assert.That(chat.ChatId, Is.EqualTo("chat_1"));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    /// <summary>A hedged attempt waits for the first one, whose response is the caller's.</summary>
    [Test]
    public async Task CreateSmsChat_with_late_response_is_not_hedged([Values("hedging", "defaults with hedging")] string application)
    {
        using var server = new RawServer(async (_, _, stream, token) =>
        {
            await Task.Delay(300, token);
            await RawServer.WriteAsync(stream, RawServer.Response(201, """{"chat_id":"chat_1"}"""), token);
            return false;
        });
        using Application running = Application.Guarded[application](new(server.Url, s_patience));

        Chat chat = await running.Client.Chats.CreateSmsAsync(new CreateSmsChatRequest { FromNumber = "+14157774444", ToNumber = "+12137774445" });

        Assert.That(chat.ChatId, Is.EqualTo("chat_1"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CreateSmsChat_after_redirect_is_not_sent_again([Values(307, 308)] int status, [Values] bool isInjected)
    {
        using var server = new RawServer(async (_, _, stream, token) =>
        {
            await RawServer.WriteAsync(stream, RawServer.Response(status, "{}", "Location: /elsewhere\r\n"), token);
            return true;
        });
        using var redirecting = new SocketsHttpHandler { AllowAutoRedirect = true };
        using var http = new HttpClient(redirecting);
        using var client = new RetellClient(new RetellClientOptions
        {
            ApiKey = "key_test",
            BaseUrl = server.Url,
            HttpClient = isInjected ? http : null,
            HttpMessageHandler = isInjected ? null : redirecting,
        });

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => s_operations["SMS"](client)))!;

        Assert.That(error.MayHaveBeenSent, Is.True);
        Assert.That(server.Requests.Count(request => request.Contains("+12137774445", StringComparison.Ordinal)), Is.EqualTo(1), "bodies that reached the server");
    }

    /// <summary>Every operation that the overlay calls not repeatable, below the handlers that repeat everything.</summary>
    [Test]
    public async Task NonRepeatable_operations_after_503_are_sent_once(
        [Values("defaults with the standard handler", "standard handler", "hedging", "cloning handler that loses the options")] string application)
    {
        using var server = RawServer.Answering(RawServer.Response(503, "{}", "Connection: close\r\n"));
        using Application running = Application.Guarded[application](new(server.Url, s_patience));
        ApiOperation[] operations =
        [
            .. typeof(RetellRaw).Assembly.GetTypes().Where(type => type.Name.EndsWith("Client", StringComparison.Ordinal))
                .SelectMany(type => type.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public))
                .Where(field => field.FieldType == typeof(ApiOperation)).Select(field => (ApiOperation)field.GetValue(null)!)
                .Where(operation => !operation.IsRepeatable),
        ];

        await Task.WhenAll(operations.Select(async operation =>
        {
            var request = new ApiRequest(operation);
            foreach (string name in operation.Path.Split('/').Where(step => step.StartsWith('{')))
            {
                request.WithPath(name.Trim('{', '}'), operation.Id);
            }

            object? body = operation.Method == "DELETE"
                ? null
                : operation.IsMultipart
                ? new Dictionary<string, object?> { ["file"] = operation.Id }
                : new JObject { ["marker"] = operation.Id };
            await Assert.ThatAsync(() => running.Client.Transport.InvokeAsync(request.WithBody(body), null, default), Throws.InstanceOf<RetellServerException>(), operation.Id);
        }));

        Assert.That(operations, Has.Length.GreaterThan(20));
        Assert.That(server.Requests, Has.Count.EqualTo(operations.Length));
    }

    private static async Task<string?> FindProblemAsync(Func<Site, Application> create, bool isGuarded, Fault fault, string operation)
    {
        using RawServer server = fault.Start();
        using Application application = create(new(server.Url, fault.Name == "hang" ? s_hang : s_patience));
        Exception? error = null;
        try
        {
            await s_operations[operation](application.Client).WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (Exception e)
        {
            error = e;
        }

        string[] sent = [.. server.Requests.Select(request => operation == "phone call" ? (string)JObject.Parse(request[request.IndexOf('{', StringComparison.Ordinal)..])["idempotency_key"]! : Guid.NewGuid().ToString())];
        return sent.Distinct().Count() != 1 ? $"{fault}, {operation}: sent {sent.Length} times, {error}"
            : error is not RetellException || (isGuarded && !fault.IsReported(error)) ? $"{fault}, {operation}: {error}"
            : null;
    }

    private sealed class OnceStream(string text) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))
    {
        public override bool CanSeek => false;
    }
}
