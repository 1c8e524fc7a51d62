using System.Collections;
using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Generated;

/// <summary>The arguments of one operation: path and query values, headers and body.</summary>
internal sealed class ApiRequest(ApiOperation operation)
{
    private readonly List<KeyValuePair<string, string>> _path = [];
    private readonly List<QueryValue> _query = [];
    private List<KeyValuePair<string, string>>? _headers;

    public ApiOperation Operation { get; } = operation;

    /// <summary>Gets the body: an object of the API, JSON, a text or a file, or null for none.</summary>
    public object? Body { get; private set; }

    /// <summary>Gets the headers that are arguments of the operation, including cookies.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => (IReadOnlyList<KeyValuePair<string, string>>?)_headers ?? [];

    /// <param name="name">The name of the path parameter.</param>
    /// <param name="value">The value.</param>
    /// <param name="argument">The argument of the public method, or null if it has the same name.</param>
    public ApiRequest WithPath(string name, object? value, string? argument = null)
    {
        string text = ParameterText.Of(value) ?? throw IsNull(name, argument);
        return WithPathText(name, text, Uri.EscapeDataString(text), argument);
    }

    /// <summary>Adds a list or an object to the path.</summary>
    public ApiRequest WithPath<T>(string name, T value, JsonCodec<T> codec, ParameterStyle style, bool explode, bool allowReserved = false, string? argument = null)
    {
        if (value is null)
        {
            throw IsNull(name, argument);
        }

        string text = ParameterText.InPath(name, ParameterText.ToJson(value, codec), style, explode);
        return WithPathText(name, text.Trim('.', ';'), allowReserved ? Uri.UnescapeDataString(text) : text, argument);
    }

    public ApiRequest WithQuery(string name, object? value)
    {
        if (value is not string and IEnumerable items)
        {
            foreach (object? item in items)
            {
                WithQuery(name, item);
            }
        }
        else if (ParameterText.Of(value) is string text)
        {
            _query.Add(new(name, Uri.EscapeDataString(name), Uri.EscapeDataString(text)));
        }

        return this;
    }

    /// <summary>Adds a list or an object to the query.</summary>
    public ApiRequest WithQuery<T>(string name, T? value, JsonCodec<T> codec, ParameterStyle style, bool explode, bool allowReserved = false)
        where T : class
    {
        if (value is not null)
        {
            IEnumerable<KeyValuePair<string, string>> parts = ParameterText.InQuery(
                name,
                ParameterText.ToJson(value, codec),
                style,
                explode,
                allowReserved ? EscapeAllButReserved : Uri.EscapeDataString);
            _query.AddRange(parts.Select(part => new QueryValue(name, part.Key, part.Value)));
        }

        return this;
    }

    /// <inheritdoc cref="WithQuery{T}(string, T, JsonCodec{T}, ParameterStyle, bool, bool)"/>
    public ApiRequest WithQuery<T>(string name, T? value, JsonCodec<T> codec, ParameterStyle style, bool explode, bool allowReserved = false)
        where T : struct =>
        value is T present && !codec.IsNoValue(present) ? WithQuery(name, ParameterText.ToJson(present, codec), Codec.Any, style, explode, allowReserved) : this;

    /// <summary>Replaces the query parameters with this name. Null removes them.</summary>
    public ApiRequest ReplaceQuery(string name, string? value)
    {
        _query.RemoveAll(parameter => parameter.Name == name);
        return WithQuery(name, value);
    }

    /// <inheritdoc cref="WithPath(string, object, string)"/>
    public ApiRequest WithHeader(string name, object? value, string? argument = null) => ParameterText.Of(value) is string text ? AddHeader(name, text, argument) : this;

    /// <summary>Adds a list or an object to a header.</summary>
    public ApiRequest WithHeader<T>(string name, T? value, JsonCodec<T> codec, ParameterStyle style, bool explode, bool allowReserved = false, string? argument = null)
        where T : class =>
        value is null ? this : AddHeader(name, ParameterText.InHeader(ParameterText.ToJson(value, codec), style, explode), argument);

    /// <inheritdoc cref="WithHeader{T}(string, T, JsonCodec{T}, ParameterStyle, bool, bool, string)"/>
    public ApiRequest WithHeader<T>(string name, T? value, JsonCodec<T> codec, ParameterStyle style, bool explode, bool allowReserved = false, string? argument = null)
        where T : struct =>
        value is T present && !codec.IsNoValue(present) ? AddHeader(name, ParameterText.InHeader(ParameterText.ToJson(present, codec), style, explode), argument) : this;

    public ApiRequest WithCookie(string name, object? value) =>
        ParameterText.Of(value) is string text ? AddCookies([new(name, Uri.EscapeDataString(text))]) : this;

    /// <summary>Adds a list or an object as cookies.</summary>
    public ApiRequest WithCookie<T>(string name, T? value, JsonCodec<T> codec, ParameterStyle style, bool explode, bool allowReserved = false)
        where T : class =>
        value is null ? this : AddCookies(ParameterText.InQuery(name, ParameterText.ToJson(value, codec), style, explode, Uri.EscapeDataString));

    /// <inheritdoc cref="WithCookie{T}(string, T, JsonCodec{T}, ParameterStyle, bool, bool)"/>
    public ApiRequest WithCookie<T>(string name, T? value, JsonCodec<T> codec, ParameterStyle style, bool explode, bool allowReserved = false)
        where T : struct =>
        value is T present && !codec.IsNoValue(present) ? WithCookie(name, ParameterText.ToJson(present, codec), Codec.Any, style, explode, allowReserved) : this;

    public ApiRequest WithBody(object? body)
    {
        Body = body;
        return this;
    }

    /// <summary>Sets a body that is not an object of the API: a list, a text or a number.</summary>
    public ApiRequest WithBody<T>(T? body, JsonCodec<T> codec)
        where T : class => WithBody(body is null ? null : ParameterText.ToJson(body, codec));

    /// <inheritdoc cref="WithBody{T}(T, JsonCodec{T})"/>
    public ApiRequest WithBody<T>(T? body, JsonCodec<T> codec)
        where T : struct => WithBody(body is T present && !codec.IsNoValue(present) ? ParameterText.ToJson(present, codec) : null);

    /// <summary>Returns the path with its values and the query, percent-encoded, without the host.</summary>
    public string GetPathAndQuery()
    {
        var url = new StringBuilder(Operation.Path);
        foreach (KeyValuePair<string, string> value in _path)
        {
            url.Replace("{" + value.Key + "}", value.Value);
        }

        char separator = Operation.Path.IndexOf('?') < 0 ? '?' : '&';
        foreach (QueryValue value in _query)
        {
            url.Append(separator).Append(value.Key).Append('=').Append(value.Text);
            separator = '&';
        }

        return url.ToString();
    }

    /// <summary>Encodes a text, except for reserved characters that do not end a parameter.</summary>
    private static string EscapeAllButReserved(string text) =>
        ":/?@!$'()*,;[]".Select(c => c.ToString()).Aggregate(Uri.EscapeDataString(text), (encoded, kept) => encoded.Replace(Uri.EscapeDataString(kept), kept));

    private ArgumentNullException IsNull(string name, string? argument) => new(argument ?? name, $"{Operation.Id} requires {name}, but it is null.");

    private ApiRequest WithPathText(string name, string text, string encoded, string? argument)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentException($"{Operation.Id} requires {name}, but it is empty.", argument ?? name);
        }

        // URL parsers remove a dot segment, so that the request would reach another operation.
        if (text is "." or "..")
        {
            throw new ArgumentException($"{Operation.Id}: \"{text}\" is not a valid {name}, because it has a special meaning in a URL path.", argument ?? name);
        }

        _path.Add(new(name, encoded));
        return this;
    }

    private ApiRequest AddHeader(string name, string value, string? argument = null)
    {
        if (value.Any(c => c is < ' ' or > '~'))
        {
            throw new ArgumentException(
                $"{Operation.Id}: the value of the header \"{name}\" contains a character that is not allowed. Use printable ASCII characters.",
                argument ?? name);
        }

        (_headers ??= []).Add(new(name, value));
        return this;
    }

    /// <summary>Adds cookies to the one header for all of them.</summary>
    private ApiRequest AddCookies(IEnumerable<KeyValuePair<string, string>> cookies)
    {
        _headers ??= [];
        int known = _headers.FindIndex(header => header.Key == "Cookie");
        string text = string.Join("; ", (known < 0 ? [] : new[] { _headers[known].Value }).Concat(cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (known >= 0)
        {
            _headers.RemoveAt(known);
        }

        return text.Length == 0 ? this : AddHeader("Cookie", text);
    }

    /// <summary>An encoded query parameter, and the name of its argument.</summary>
    private readonly record struct QueryValue(string Name, string Key, string Text);
}
