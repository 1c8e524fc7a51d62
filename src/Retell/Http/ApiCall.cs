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

/// <summary>The state of one operation that its attempts share, from the arguments to the last attempt.</summary>
internal sealed class ApiCall : IDisposable
{
    /// <summary>The key of the call in the context of a resilience pipeline.</summary>
    public static readonly ResiliencePropertyKey<ApiCall> ContextKey = new("Retell.Call");

    private static readonly string s_userAgent = "retell-dotnet/" + Version();

    /// <summary>The call whose request is being sent, for handlers that receive a clone of the request without it.</summary>
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
    /// <exception cref="RetellSerializationException">The body cannot be written as JSON.</exception>
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

    /// <summary>Gets a value indicating whether the request can be sent again when it is unknown whether the API processed it.</summary>
    public bool IsRepeatable { get; }

    public Uri Uri { get; }

    public TimeSpan Timeout { get; }

    public int MaxRetries { get; }

    public KeyMask Mask { get; }

    /// <summary>Gets a value indicating whether the caller reads the content of a successful response.</summary>
    public bool IsStreamed { get; init; }

    public TimeProvider Clock => _settings.Options.TimeProvider!;

    public long MaxResponseSize => _settings.Options.MaxResponseSize;

    public ILogger Log => _settings.Log;

    public bool LogsBodies => _settings.Options.LogBodies;

    /// <summary>Gets the pipeline of timeouts and retries.</summary>
    public ResiliencePipeline<HttpResponseMessage> Pipeline => _settings.Pipeline.For(MaxRetries);

    /// <summary>Gets the gate that counts what is sent.</summary>
    public SendGate Gate { get; }

    /// <summary>Gets a value indicating whether the request must not reach the API more than once.</summary>
    public bool IsSentOnce => !IsRepeatable || _form?.CanBeReadOnce == true;

    /// <summary>Gets a value indicating whether a handler below all others counts what is sent.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>Gets or sets a value indicating whether the current attempt has received a response, which may be incomplete.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Gets or sets a value indicating whether an attempt may have reached the API without a response.</summary>
    public bool WasResponseLost { get; set; }

    /// <summary>Gets or sets the reason why a file could not be read in the current attempt.</summary>
    public UploadFailure? UploadFailure { get; set; }

    /// <summary>Gets the time that is left for the operation, or null if there is no total timeout.</summary>
    public TimeSpan? RemainingTime => _settings.Options.TotalTimeout is TimeSpan total && total > TimeSpan.Zero ? total - Elapsed : null;

    /// <summary>Gets the request body as JSON, or null if there is none.</summary>
    public PooledBuffer? Json => _json;

    public TimeSpan Elapsed => Clock.GetElapsedTime(_started);

    /// <summary>Gets the number of attempts that have started.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Gets a value indicating whether the content can be read again. It is false after a stream without seeking was read.</summary>
    public bool CanBeSentAgain => _form?.IsSpent != true;

    public string AttemptsText => Attempts == 1 ? "1 attempt" : $"{Attempts} attempts";

    /// <summary>Gets or sets the call whose request is being sent in the current execution context, or null.</summary>
    public static ApiCall? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    public static ApiCall Of(ResilienceContext context) => context.Properties.GetValue(ContextKey, null!);

    /// <summary>Returns the call of a request, or null if the request does not belong to the SDK or has lost its options.</summary>
    public static ApiCall? Of(HttpRequestMessage request) => RetellHttpRequest.CallOf(request);

    public void BeginAttempt(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // An attempt that will be refused does not count.
        if (Gate.IsDone)
        {
            return;
        }

        IsAnswered = false;
        UploadFailure = null;
        Gate.Begin();
        if (Interlocked.Increment(ref _attempts) > 1 && request.Content is ApiContent used && CreateContent() is ApiContent content)
        {
            // A handler may have copied the content of the last attempt into memory and would resend it from there.
            content.Headers.Clear();
            HttpHeaderCopy.Add(used.Headers, content.Headers);
            request.Content = content;
        }

        (request.Content as ApiContent)?.AttemptToken = cancellationToken;
    }

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

    /// <summary>Passes the response to the caller that asked for it.</summary>
    public void Report(ApiResponse response) => _options?.ResponseReceived?.Invoke(
        new RetellResponse(Operation.Id, response.StatusCode, response.GetHeaders(), response.Body.ToArray(), Elapsed, Attempts));

    public void Dispose()
    {
        Gate.Dispose();
        _json?.Dispose();
        _form?.Dispose();
    }

    /// <summary>Returns the URL before the path. An operation can have its own server, unless the caller has set a base URL.</summary>
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

    /// <summary>Writes the request body as bytes or as the parts of a form.</summary>
    /// <exception cref="RetellSerializationException">The body cannot be written as JSON.</exception>
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

    /// <summary>Returns the media type of the body, with the character set for text.</summary>
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

        // The handlers of .NET silently resend a request without a body when an idle connection turns out to be closed. An empty
        // body prevents that; on the wire, only "Content-Length: 0" is added.
        return Operation.Method is "GET" or "HEAD" ? null : new BufferContent(this, null);
    }
}
