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
/// The parts of a multipart/form-data body. Each file of a list is a part with the same name, scalars are plain text, and other lists and
/// objects are JSON. Null and absent members have no part.
/// </summary>
internal sealed class FormBody : IDisposable
{
    private readonly List<FormPart> _parts = [];

    public FormBody(RetellObject body)
        : this(form => form.AddMembers(body))
    {
    }

    /// <summary>Creates a form with named parts.</summary>
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

    /// <summary>Creates a body that is the content of one file.</summary>
    public static FormBody OfFile(RetellFile file, string contentType) => new(file, contentType);

    public static FormBody Of(object body) => body switch
    {
        RetellObject known => new FormBody(known),
        JObject json => new FormBody(json.Properties().Select(member => new KeyValuePair<string, object?>(member.Name, member.Value))),
        _ => new FormBody((IEnumerable<KeyValuePair<string, object?>>)body),
    };

    public string Boundary { get; } = "retell-" + Guid.NewGuid().ToString("N");

    public IReadOnlyList<FormPart> Parts => _parts;

    /// <summary>Gets the media type of the body.</summary>
    public MediaTypeHeaderValue MediaType { get; }

    /// <summary>Gets the bytes after each part.</summary>
    public byte[] Separator { get; }

    /// <summary>Gets the bytes at the end of the body.</summary>
    public byte[] Closing { get; }

    /// <summary>Gets a value indicating whether the form contains a stream that cannot be read again.</summary>
    public bool CanBeReadOnce => _parts.Any(part => part.File is { IsRepeatable: false });

    /// <summary>Gets or sets a value indicating whether an attempt has started to read a stream that cannot be read again.</summary>
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

    /// <summary>Encodes a value as browsers do: UTF-8, in which only the characters that would end the value are escaped.</summary>
    private static string Quote(string name, string value) =>
        $"{name}=\"{value.Replace("\"", "%22").Replace("\r", "%0D").Replace("\n", "%0A")}\"";

    private static string Clean(string contentType) => new([.. contentType.Where(c => !char.IsControl(c))]);
}

/// <summary>A part of a form: its header, and its text or file.</summary>
internal sealed record FormPart(byte[] Header, PooledBuffer? Text, RetellFile? File)
{
    /// <summary>Gets the size of the content in bytes, or null if it is not known in advance.</summary>
    public long? Length => File is null ? Text!.Length : File.Length;
}
