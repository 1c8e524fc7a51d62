using System.Collections;
using System.Globalization;
using System.Text;
using Retell.Models;

namespace Retell.Generated;

/// <summary>One call of an operation: its path and query values and its body.</summary>
internal sealed class ApiRequest(ApiOperation operation)
{
    private readonly List<KeyValuePair<string, string>> _path = [];
    private readonly List<KeyValuePair<string, string>> _query = [];

    public ApiOperation Operation { get; } = operation;

    /// <summary>An object of the API, or null for no body.</summary>
    public object? Body { get; private set; }

    /// <summary>Whether it may be sent again when nobody knows if the server carried it out.</summary>
    public bool IsRepeatable => Operation.IsRepeatable
        || (Operation.IdempotencyKey is string key && Body is RetellObject body && body.Shape.Find(key)?.HasValue(body) == true);

    public ApiRequest WithPath(string name, object? value)
    {
        string text = Format(value) ?? throw new ArgumentNullException(name, $"{Operation.Id} needs {name}, but it is null.");
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentException($"{Operation.Id} needs {name}, but it is empty.", name);
        }

        // A dot segment would be folded away by every URL parser and reach another operation.
        if (text is "." or "..")
        {
            throw new ArgumentException($"{Operation.Id}: \"{text}\" is no valid {name}.", name);
        }

        _path.Add(new(name, text));
        return this;
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
        else if (Format(value) is string text)
        {
            _query.Add(new(name, text));
        }

        return this;
    }

    /// <summary>Takes the place of the query parameters of this name; null leaves them out.</summary>
    public ApiRequest ReplaceQuery(string name, string? value)
    {
        _query.RemoveAll(parameter => parameter.Key == name);
        return WithQuery(name, value);
    }

    public ApiRequest WithBody(object? body)
    {
        Body = body;
        return this;
    }

    /// <summary>The path with its values and the query, percent-encoded, without the host.</summary>
    public string GetPathAndQuery()
    {
        var url = new StringBuilder(Operation.Path);
        foreach (KeyValuePair<string, string> value in _path)
        {
            url.Replace("{" + value.Key + "}", Uri.EscapeDataString(value.Value));
        }

        char separator = Operation.Path.IndexOf('?') < 0 ? '?' : '&';
        foreach (KeyValuePair<string, string> value in _query)
        {
            url.Append(separator).Append(Uri.EscapeDataString(value.Key)).Append('=').Append(Uri.EscapeDataString(value.Value));
            separator = '&';
        }

        return url.ToString();
    }

    private static string? Format(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
