using System.Net.Http.Headers;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Polly;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Models;
using Retell.Resilience;

namespace Retell.Http;

/// <summary>One call of an operation, from its arguments to its last attempt: all that its attempts share.</summary>
internal sealed class ApiCall : IDisposable
{
    /// <summary>Where the call stands in the context of a pipeline.</summary>
    public static readonly ResiliencePropertyKey<ApiCall> ContextKey = new("Retell.Call");

    private static readonly string s_userAgent = "retell-dotnet/" + Version();

    /// <summary>The call whose request is being sent, for a handler that meets a request without it: a clone.</summary>
    private static readonly AsyncLocal<ApiCall?> s_current = new();

    private readonly ClientSettings _settings;
    private readonly RequestOptions? _options;
    private readonly string _accept;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;
    private readonly PooledBuffer? _json;
    private readonly FormBody? _form;
    private readonly long _started;
    private int _attempts;

    /// <exception cref="ArgumentException">A setting in <paramref name="options"/> is not valid.</exception>
    /// <exception cref="RetellSerializationException">The body cannot be written.</exception>
    public ApiCall(ApiRequest request, string accept, RequestOptions? options, ClientSettings settings)
    {
        RetellClientOptions client = settings.Options;
        _settings = settings;
        _options = options;
        _accept = request.Operation.Accept ?? accept;
        _started = Clock.GetTimestamp();
        Operation = request.Operation;
        Timeout = OptionRules.Timeout(options?.Timeout, nameof(options)) ?? client.ChosenTimeout ?? Operation.Timeout ?? client.Timeout;
        MaxRetries = OptionRules.MaxRetries(options?.MaxRetries, nameof(options)) ?? client.MaxRetries;
        OptionRules.Headers(options?.Headers, nameof(options));
        foreach (KeyValuePair<string, string?> parameter in options?.Query ?? Enumerable.Empty<KeyValuePair<string, string?>>())
        {
            request.ReplaceQuery(parameter.Key, parameter.Value);
        }

        Uri = new Uri(Root(client.BaseUrl!, Operation.Server) + request.GetPathAndQuery());
        _headers = request.Headers;
        Mask = settings.Mask.With(KeyMask.SecretsOf(options?.Headers));
        if (RequestBody.Complete(request, options) is object body)
        {
            (_json, _form) = Write(body);
        }

        bool hasKey = IdempotencyKey.IsIn(_json, request, options);
        IsRepeatable = options?.IsRepeatable ?? (Operation.IsRepeatable || hasKey);
        Gate = new SendGate(this);
    }

    public ApiOperation Operation { get; }

    /// <summary>Whether it may be sent again when nobody knows if the server carried it out.</summary>
    public bool IsRepeatable { get; }

    public Uri Uri { get; }

    public TimeSpan Timeout { get; }

    public int MaxRetries { get; }

    public KeyMask Mask { get; }

    /// <summary>Whether the caller reads the content of a success itself.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>The clock of timeouts and waits.</summary>
    public TimeProvider Clock => _settings.Options.TimeProvider!;

    public long MaxResponseSize => _settings.Options.MaxResponseSize;

    public ILogger Log => _settings.Log;

    public bool LogsBodies => _settings.Options.LogBodies;

    /// <summary>What sends the request through timeouts and retries.</summary>
    public ResiliencePipeline<HttpResponseMessage> Pipeline => _settings.Pipeline.For(MaxRetries);

    /// <summary>Counts what goes out.</summary>
    public SendGate Gate { get; }

    /// <summary>Whether the request may reach the server once only.</summary>
    public bool IsSentOnce => !IsRepeatable || _form?.CanBeReadOnce == true;

    /// <summary>Whether a handler below all others counts what goes out.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>Whether the present attempt has been answered, though perhaps not to the end.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Whether an attempt may have reached the server, but no response came back.</summary>
    public bool WasResponseLost { get; set; }

    /// <summary>Why the upload of the present attempt could not be read.</summary>
    public UploadFailure? UploadFailure { get; set; }

    /// <summary>How much time is left for all attempts; null where there is no limit.</summary>
    public TimeSpan? RemainingTime => _settings.Options.TotalTimeout is TimeSpan total && total > TimeSpan.Zero ? total - Elapsed : null;

    /// <summary>What is sent as JSON; null when there is none.</summary>
    public PooledBuffer? Json => _json;

    /// <summary>How long it has taken so far, by the client's clock.</summary>
    public TimeSpan Elapsed => Clock.GetElapsedTime(_started);

    /// <summary>How many attempts have begun.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>False once an attempt began to read a stream that cannot be read again.</summary>
    public bool CanBeSentAgain => _form?.IsSpent != true;

    public string AttemptsText => Attempts == 1 ? "1 attempt" : $"{Attempts} attempts";

    /// <summary>The call whose request is being sent by the present code, or null.</summary>
    public static ApiCall? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    public static ApiCall Of(ResilienceContext context) => context.Properties.GetValue(ContextKey, null!);

    /// <summary>The call that a request belongs to; null for one that is not the SDK's, or lost what it carried.</summary>
    public static ApiCall? Of(HttpRequestMessage request) => RetellHttpRequest.CallOf(request);

    public void BeginAttempt(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // One that is about to be refused does not count.
        if (Gate.IsDone)
        {
            return;
        }

        IsAnswered = false;
        UploadFailure = null;
        Gate.Begin();
        if (Interlocked.Increment(ref _attempts) > 1 && request.Content is ApiContent used && CreateContent() is ApiContent content)
        {
            // A handler may have copied the content of the last attempt into memory, from where it would be sent again.
            content.Headers.Clear();
            HttpHeaderCopy.Add(used.Headers, content.Headers);
            request.Content = content;
        }

        (request.Content as ApiContent)?.AttemptToken = cancellationToken;
    }

    /// <summary>Creates the request.</summary>
    public HttpRequestMessage CreateMessage()
    {
        RetellClientOptions client = _settings.Options;
        var message = new HttpRequestMessage(new HttpMethod(Operation.Method), Uri) { Content = CreateContent() };
        RetellHttpRequest.Mark(message, this);
        if (!Operation.IsAnonymous)
        {
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + client.ApiKey);
        }

        message.Headers.TryAddWithoutValidation("Accept", _accept);
        message.Headers.TryAddWithoutValidation("User-Agent", s_userAgent);
        foreach (KeyValuePair<string, string> header in _headers.Concat(client.DefaultHeaders).Concat(_options?.Headers ?? Enumerable.Empty<KeyValuePair<string, string>>()))
        {
            HttpHeaders? headers = OptionRules.IsContentHeader(header.Key) ? message.Content?.Headers : message.Headers;
            headers?.Remove(header.Key);
            if (header.Value is not null)
            {
                headers?.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return message;
    }

    /// <summary>Hands the answer to whoever asked for it.</summary>
    public void Report(ApiResponse answer) => _options?.ResponseReceived?.Invoke(
        new RetellResponse(Operation.Id, answer.StatusCode, answer.GetHeaders(), answer.Body.ToArray(), Elapsed, Attempts));

    public void Dispose()
    {
        Gate.Dispose();
        _json?.Dispose();
        _form?.Dispose();
    }

    /// <summary>The URL that the path comes after: an operation may have a server of its own, unless the caller chose another one for all.</summary>
    private static string Root(Uri baseUrl, string? server)
    {
        if (server is null)
        {
            return baseUrl.AbsoluteUri.TrimEnd('/');
        }

        bool isOwn = Uri.TryCreate(server, UriKind.Absolute, out Uri? own) && own.Scheme is "http" or "https";
        return isOwn && baseUrl == new Uri(RetellClientOptions.DefaultBaseUrl) ? own!.AbsoluteUri.TrimEnd('/')
            : baseUrl.AbsoluteUri.TrimEnd('/') + (isOwn ? own!.AbsolutePath : server[0] == '/' ? server : "/" + server).TrimEnd('/');
    }

    /// <summary>The bytes of a body, or the parts of a form.</summary>
    /// <exception cref="RetellSerializationException">It cannot be written.</exception>
    private (PooledBuffer? Buffer, FormBody? Form) Write(object body)
    {
        try
        {
            return body switch
            {
                _ when Operation.IsMultipart => (null, FormBody.Of(body)),
                RetellFile file => (null, FormBody.OfFile(file, Operation.ContentType)),
                _ when Operation.ContentType == ApiOperation.UrlEncoded => (Write(json => json.WriteRaw(UrlEncodedBody.Of(body))), null),
                string text when !Operation.ContentType.Contains("json") => (Write(json => json.WriteRaw(text)), null),
                _ => (Write(json => RetellJson.WriteTo(json, body)), null),
            };
        }
        catch (JsonException e)
        {
            throw CallErrors.NotWritable(this, body, e);
        }
    }

    private static PooledBuffer Write(Action<Utf8Writer> write)
    {
        var buffer = new PooledBuffer();
        try
        {
            using var writer = new Utf8Writer(buffer.OpenWrite());
            write(writer);
            writer.Flush();
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static string Version() =>
        typeof(ApiCall).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>The media type of a body; of text it says in which character set it is sent.</summary>
    private static MediaTypeHeaderValue ContentType(string type)
    {
        MediaTypeHeaderValue header = MediaTypeHeaderValue.Parse(type);
        if (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
        {
            header.CharSet = "utf-8";
        }

        return header;
    }

    private ApiContent? CreateContent()
    {
        if (_form is not null)
        {
            return new FormContent(this, _form);
        }

        if (_json is not null)
        {
            return new BufferContent(this, _json) { Headers = { ContentType = ContentType(Operation.ContentType) } };
        }

        // .NET's handlers silently send a request again when an idle connection turns out to be dead and there is no body
        // to spoil: an empty one keeps them from it. Nothing of it shows on the wire but "Content-Length: 0".
        return Operation.Method is "GET" or "HEAD" ? null : new BufferContent(this, null);
    }
}
