using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;

namespace Retell.Testing;

/// <summary>
/// A multipart/form-data body. A list of files repeats the same part name, any other list or object is one part with JSON, and booleans and numbers
/// are plain text.
/// </summary>
internal sealed class MultipartForm(ApiDocument document, SchemaValidator validator)
{
    public static async Task<List<FakeRequestPart>> ReadAsync(string boundary, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(body.ToArray());
        var reader = new MultipartReader(boundary, stream) { BodyLengthLimit = null, HeadersCountLimit = int.MaxValue, HeadersLengthLimit = int.MaxValue };
        var parts = new List<FakeRequestPart>();
        while (await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } section)
        {
            ContentDispositionHeaderValue? disposition = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var parsed) ? parsed : null;
            using var content = new MemoryStream();
            await section.Body.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
            string? fileName = disposition?.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(disposition?.FileName ?? default).Value;
            parts.Add(new(HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value ?? "", fileName, section.ContentType, content.ToArray()));
        }

        return parts;
    }

    /// <summary>Reads the parts as one object; a file is represented by its name.</summary>
    public JObject Read(JObject schema, IReadOnlyList<FakeRequestPart> parts, List<FakeRequestError> errors)
    {
        var body = new JObject();
        var properties = (JObject)document.Resolve(schema)["properties"]!;
        foreach (IGrouping<string, FakeRequestPart> field in parts.GroupBy(p => p.Name))
        {
            string path = SchemaValidator.Member("$", field.Key);
            if (field.Key.Length == 0)
            {
                errors.Add(new("$", "has a part without a name"));
            }
            else if (properties[field.Key] is not JObject property)
            {
                string bare = field.Key.Split('[')[0];
                bool isBracketed = bare != field.Key && properties.ContainsKey(bare);
                if (isBracketed)
                {
                    errors.Add(new(path, $"must be named {bare}, without brackets, in every part"));
                }
                else
                {
                    // The validation of the object says whether that is an error.
                    body[field.Key] = field.First().Text;
                }
            }
            else if (Value(property, [.. field], path, errors) is JToken value)
            {
                body[field.Key] = value;
            }
        }

        var more = new List<FakeRequestError>();
        validator.Check(schema, body, "$", more);

        // A member that could not be read is not missing as well.
        more.RemoveAll(e => errors.Any(first => first.Where == e.Where));
        errors.AddRange(more);
        return body;
    }

    private JToken? Value(JObject property, List<FakeRequestPart> parts, string path, List<FakeRequestError> errors)
    {
        bool isFiles = IsFile(property["items"]);
        if (isFiles || IsFile(property))
        {
            foreach (int index in Enumerable.Range(0, parts.Count).Where(i => parts[i].FileName is null))
            {
                errors.Add(new(isFiles ? $"{path}[{index}]" : path, "must be a file with a file name"));
            }

            return isFiles ? new JArray(parts.Select(p => p.FileName ?? "")) : One(property, parts, path, errors) is { FileName: string name } ? name : null;
        }

        if (One(property, parts, path, errors) is not { } part)
        {
            return null;
        }

        if (part.FileName is not null)
        {
            errors.Add(new(path, "must not be a file"));
            return null;
        }

        return Text.Parse(validator, property, part.Text, out JToken? value) ? value : Fail();

        JToken? Fail()
        {
            string? type = validator.JsonType(property);
            errors.Add(new(path, type is "object" or "array"
                ? $"must be one part that contains the JSON of an {type}, but contains {Text.Quote(part.Text)}"
                : $"must be {(type == "integer" ? "an" : "a")} {type}, but is {Text.Quote(part.Text)}"));
            return null;
        }
    }

    private FakeRequestPart? One(JObject property, List<FakeRequestPart> parts, string path, List<FakeRequestError> errors)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        string? type = validator.JsonType(property);
        errors.Add(new(path, $"must be one part{(type is "array" or "object" ? $" that contains the JSON of an {type}" : "")}, but is {parts.Count}"));
        return null;
    }

    private static bool IsFile(JToken? schema) => (string?)schema?["format"] == "binary";
}
