using System.Collections;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Http;

/// <summary>
/// The parts of a multipart/form-data body. A list of files is one part a file, all of the same name; scalars are plain
/// text; every other list or object is one part that holds JSON. What is null or absent has no part.
/// </summary>
internal sealed class FormBody : IDisposable
{
    private readonly List<FormPart> _parts = [];

    public FormBody(RetellObject body)
        : this(form => form.AddMembers(body))
    {
    }

    /// <summary>A form whose parts are named here.</summary>
    public FormBody(IEnumerable<KeyValuePair<string, object?>> parts)
        : this(form =>
        {
            foreach (KeyValuePair<string, object?> part in parts)
            {
                form.AddPart(part.Key, part.Value);
            }
        })
    {
    }

    private FormBody(Action<FormBody> fill)
    {
        try
        {
            fill(this);
        }
        catch
        {
            Dispose();
            throw;
        }

        Closing = Encoding.UTF8.GetBytes($"--{Boundary}--\r\n");
        Separator = [(byte)'\r', (byte)'\n'];
        MediaType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new NameValueHeaderValue("boundary", Boundary) } };
    }

    private FormBody(RetellFile file, string contentType)
    {
        _parts.Add(new([], null, file));
        (Closing, Separator) = ([], []);
        MediaType = MediaTypeHeaderValue.Parse(contentType.Contains('*') ? file.ContentType : contentType);
    }

    /// <summary>A file alone: the body is its content.</summary>
    public static FormBody OfFile(RetellFile file, string contentType) => new(file, contentType);

    public static FormBody Of(object body) => body switch
    {
        RetellObject known => new FormBody(known),
        JObject json => new FormBody(json.Properties().Select(member => new KeyValuePair<string, object?>(member.Name, member.Value))),
        _ => new FormBody((IEnumerable<KeyValuePair<string, object?>>)body),
    };

    public string Boundary { get; } = "retell-" + Guid.NewGuid().ToString("N");

    public IReadOnlyList<FormPart> Parts => _parts;

    /// <summary>The type of the whole.</summary>
    public MediaTypeHeaderValue MediaType { get; }

    /// <summary>What stands after each part.</summary>
    public byte[] Separator { get; }

    /// <summary>What ends the body.</summary>
    public byte[] Closing { get; }

    /// <summary>Whether it holds a stream that cannot be read again.</summary>
    public bool CanBeReadOnce => _parts.Any(part => part.File is { IsRepeatable: false });

    /// <summary>An attempt began to read a stream that cannot be read again.</summary>
    public bool IsSpent { get; set; }

    public void Dispose() => _parts.ForEach(part => part.Text?.Dispose());

    private void AddMembers(RetellObject body)
    {
        foreach (JsonMember member in body.Shape.Members.Where(member => member.HasValue(body)))
        {
            if (!AddFiles(member.Name, member.Get(body)))
            {
                using var writer = new JTokenWriter();
                member.Write(writer, body);
                Add(member.Name, body.DigitsOf(member.Index) ?? writer.Token);
            }
        }

        foreach (KeyValuePair<string, JToken> member in body.AdditionalPropertiesOrNull ?? Enumerable.Empty<KeyValuePair<string, JToken>>())
        {
            if (body.Shape.Find(member.Key)?.HasValue(body) != true)
            {
                Add(member.Key, member.Value);
            }
        }
    }

    private void AddPart(string name, object? value)
    {
        if (value is not null && !AddFiles(name, value))
        {
            Add(name, RetellJson.ToToken(value));
        }
    }

    private bool AddFiles(string name, object? value)
    {
        if (value is not (RetellFile or IEnumerable<RetellFile>))
        {
            return false;
        }

        foreach (RetellFile file in value as IEnumerable<RetellFile> ?? [(RetellFile)value])
        {
            Add(name, file);
        }

        return true;
    }

    private void Add(string name, RetellFile? file)
    {
        if (file is not null)
        {
            _parts.Add(new(Header($"{Quote("name", name)}; {Quote("filename", file.FileName)}", file.ContentType), null, file));
        }
    }

    private void Add(string name, JToken? value)
    {
        if (value is null or { Type: JTokenType.Null or JTokenType.Undefined })
        {
            return;
        }

        var buffer = new PooledBuffer();
        _parts.Add(new(Header(Quote("name", name), null), buffer, null));
        using var json = new Utf8Writer(buffer.OpenWrite());
        switch (value)
        {
            case JValue { Value: string plain }:
                json.WriteRaw(plain);
                break;
            case JValue { Value: bool flag }:
                json.WriteRaw(flag ? "true" : "false");
                break;
            case JValue number:
                json.WriteRaw(number.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                value.WriteTo(json);
                break;
        }

        json.Flush();
    }

    private byte[] Header(string disposition, string? contentType) => Encoding.UTF8.GetBytes(
        $"--{Boundary}\r\nContent-Disposition: form-data; {disposition}\r\n{(contentType is null ? "" : $"Content-Type: {Clean(contentType)}\r\n")}\r\n");

    /// <summary>As browsers write it: UTF-8 as it is, and only what would end the value is escaped.</summary>
    private static string Quote(string name, string value) =>
        $"{name}=\"{value.Replace("\"", "%22").Replace("\r", "%0D").Replace("\n", "%0A")}\"";

    private static string Clean(string contentType) => new([.. contentType.Where(c => !char.IsControl(c))]);
}

/// <summary>One part: its head, and its text or file.</summary>
internal sealed record FormPart(byte[] Header, PooledBuffer? Text, RetellFile? File)
{
    /// <summary>The size of the content; null when only reading the file will tell.</summary>
    public long? Length => File is null ? Text!.Length : File.Length;
}
