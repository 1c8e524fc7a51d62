using System.Net.Http.Headers;
using System.Reflection;
using Newtonsoft.Json;
using Retell.Generated;
using Retell.Models;

namespace Retell.Http;

/// <summary>One call of an operation, from its arguments to its last attempt: all that its attempts share.</summary>
internal sealed class ApiCall : IDisposable
{
    private static readonly string s_userAgent = "retell-dotnet/" + Version();

    private readonly RetellClientOptions _client;
    private readonly RequestOptions? _options;
    private readonly string _accept;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;
    private readonly PooledBuffer? _json;
    private readonly FormBody? _form;
    private readonly long _started;

    /// <exception cref="ArgumentException">A setting in <paramref name="options"/> is not valid.</exception>
    /// <exception cref="RetellSerializationException">The body cannot be written.</exception>
    public ApiCall(ApiRequest request, string accept, RequestOptions? options, RetellClientOptions client)
    {
        _client = client;
        _options = options;
        _accept = request.Operation.Accept ?? accept;
        _started = client.TimeProvider.GetTimestamp();
        Operation = request.Operation;
        IsRepeatable = options?.IsRepeatable ?? (options?.IdempotencyKey is not null || request.IsRepeatable);
        Timeout = OptionRules.Timeout(options?.Timeout, nameof(options)) ?? client.ChosenTimeout ?? Operation.Timeout ?? client.Timeout;
        MaxRetries = OptionRules.MaxRetries(options?.MaxRetries, nameof(options)) ?? client.MaxRetries;
        OptionRules.Headers(options?.Headers, nameof(options));
        foreach (KeyValuePair<string, string?> parameter in options?.Query ?? Enumerable.Empty<KeyValuePair<string, string?>>())
        {
            request.ReplaceQuery(parameter.Key, parameter.Value);
        }

        Uri = new Uri(Root(client.BaseUrl!, Operation.Server) + request.GetPathAndQuery());
        _headers = request.Headers;
        Mask = client.Mask.With(KeyMask.SecretsOf(options?.Headers));
        if (RequestBody.Complete(request, options) is not object body)
        {
            return;
        }

        try
        {
            if (Operation.IsMultipart)
            {
                _form = FormBody.Of(body);
            }
            else if (body is RetellFile file)
            {
                _form = FormBody.OfFile(file, Operation.ContentType);
            }
            else if (Operation.ContentType == ApiOperation.UrlEncoded)
            {
                _json = Write(writer => writer.Write(UrlEncodedBody.Of(body)));
            }
            else if (body is string text && !Operation.ContentType.Contains("json"))
            {
                _json = Write(writer => writer.Write(text));
            }
            else
            {
                _json = Write(writer => RetellJson.WriteTo(writer, body));
            }
        }
        catch (JsonException e)
        {
            string what = $"{Operation.Id}: the body ({RetellJson.Name(body.GetType())}) cannot be written as JSON";
            throw new RetellSerializationException(Mask.Apply(RetellSerializationException.Describe(what, e, null)), Mask.Apply(e))
            {
                OperationId = Operation.Id,
                JsonPath = RetellSerializationException.PathOf(e),
            };
        }
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

    public bool LogsBodies => _client.LogBodies;

    /// <summary>What is sent as JSON; null when there is none.</summary>
    public PooledBuffer? Json => _json;

    /// <summary>How long it has taken so far, by the client's clock.</summary>
    public TimeSpan Elapsed => _client.TimeProvider.GetElapsedTime(_started);

    /// <summary>How many attempts have begun.</summary>
    public int Attempts { get; set; }

    /// <summary>How long to wait before the next attempt.</summary>
    public TimeSpan NextWait { get; set; }

    /// <summary>False once an attempt began to read a stream that cannot be read again.</summary>
    public bool CanBeSentAgain => _form?.IsSpent != true;

    public string AttemptsText => Attempts == 1 ? "1 attempt" : $"{Attempts} attempts";

    /// <summary>The request of one attempt, which <paramref name="cancellationToken"/> ends.</summary>
    public HttpRequestMessage CreateMessage(CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(new HttpMethod(Operation.Method), Uri) { Content = CreateContent(cancellationToken) };
        RetellHttpRequest.Mark(message, IsRepeatable && CanBeSentAgain);
        if (!Operation.IsAnonymous)
        {
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _client.ApiKey);
        }

        message.Headers.TryAddWithoutValidation("Accept", _accept);
        message.Headers.TryAddWithoutValidation("User-Agent", s_userAgent);
        foreach (KeyValuePair<string, string> header in _headers.Concat(_client.DefaultHeaders).Concat(_options?.Headers ?? Enumerable.Empty<KeyValuePair<string, string>>()))
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

    private static PooledBuffer Write(Action<TextWriter> write)
    {
        var buffer = new PooledBuffer();
        try
        {
            using TextWriter text = RetellJson.OpenWriter(buffer.OpenWrite());
            write(text);
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

    private HttpContent? CreateContent(CancellationToken cancellationToken)
    {
        if (_form is not null)
        {
            return new FormContent(_form, cancellationToken);
        }

        if (_json is not null)
        {
            return new BufferContent(_json, cancellationToken) { Headers = { ContentType = ContentType(Operation.ContentType) } };
        }

        // .NET's handlers silently send a request again when an idle connection turns out to be dead and there is no body
        // to spoil: an empty one keeps them from it. Nothing of it shows on the wire but "Content-Length: 0".
        return Operation.Method == "GET" || (IsRepeatable && Operation.Method == "DELETE") ? null : new BufferContent(null, cancellationToken);
    }
}
