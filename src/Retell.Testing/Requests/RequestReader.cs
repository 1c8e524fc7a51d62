using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;

namespace Retell.Testing;

/// <summary>Finds the operation of a request, reads its body and validates it against the document.</summary>
internal sealed class RequestReader(ApiDocument document, SchemaValidator validator)
{
    private readonly MultipartForm _form = new(document, validator);

    /// <summary>Returns the methods of the operations at the path of a request.</summary>
    public IReadOnlyList<string> MethodsAt(FakeRequest request) => [.. At(request).Select(m => m.Operation.Method)];

    /// <summary>Reads what is known before the body is received.</summary>
    public void ReadHead(FakeRequest request)
    {
        (FakeOperation? operation, Dictionary<string, string>? values) = At(request).FirstOrDefault(m => m.Operation.Method == request.Method);
        if (operation is not null)
        {
            (request.Operation, request.PathValues) = (operation, values!);
            var errors = new List<FakeRequestError>();
            CheckParameters(operation, request, errors);
            request.Errors = errors;
        }
    }

    public async Task ReadBodyAsync(FakeRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is FakeOperation operation)
        {
            var errors = new List<FakeRequestError>(request.Errors);
            await ReadBodyAsync(operation, request, errors, cancellationToken).ConfigureAwait(false);
            request.Errors = errors;
        }
    }

    private IEnumerable<(FakeOperation Operation, Dictionary<string, string> Values)> At(FakeRequest request)
    {
        string[] segments = [.. request.RawPath.TrimStart('/').Split('/').Select(Uri.UnescapeDataString)];
        return (document.AtPlace(segments).Select(o => (o, o.Match(segments)!))).Where(m => m.Item2 is not null);
    }

    private void CheckParameters(FakeOperation operation, FakeRequest request, List<FakeRequestError> errors)
    {
        foreach (FakeParameter parameter in operation.Parameters)
        {
            string where = $"{parameter.In} {parameter.Name}";
            string[] values = parameter.In switch
            {
                "query" => [.. request.QueryValues(parameter.Name)],
                "path" => [request.PathValues[parameter.Name]],
                "header" when request.Headers.TryGetValue(parameter.Name, out string? header) => [header],
                _ => [],
            };
            if (!parameter.IsPlain(validator) || parameter.In == "cookie")
            {
                // One text stands for several values.
                continue;
            }

            bool isList = validator.JsonType(parameter.Schema) == "array";
            if (values.Length == 0)
            {
                if (parameter.IsRequired)
                {
                    errors.Add(new(where, "is missing"));
                }
            }
            else if (values.Length > 1 && !isList)
            {
                errors.Add(new(where, $"occurs {values.Length} times"));
            }
            else if (isList)
            {
                var item = (JObject)parameter.Schema["items"]!;
                validator.Check(parameter.Schema, new JArray(values.Select(v => Text.Parse(validator, item, v, out JToken? read) ? read : v)), where, errors);
            }
            else
            {
                validator.Check(parameter.Schema, Text.Parse(validator, parameter.Schema, values[0], out JToken? value) ? value! : values[0], where, errors);
            }
        }

        IEnumerable<string> unknown = request.Query.Select(q => q.Key).Distinct().Where(name => !operation.Parameters.Any(p => p.Owns(name, validator)));
        errors.AddRange(validator.AllowsUnknown ? [] : unknown.Select(name => new FakeRequestError($"query {name}", "is not a known parameter")));
    }

    private async Task ReadBodyAsync(FakeOperation operation, FakeRequest request, List<FakeRequestError> errors, CancellationToken cancellationToken)
    {
        if (request.Body.IsEmpty)
        {
            if (operation.IsBodyRequired)
            {
                errors.Add(new("$", "is missing: the operation requires a body"));
            }

            return;
        }

        if (operation.BodyType is null)
        {
            errors.Add(new("$", $"has {request.Body.Length} bytes, but the operation has no request body"));
            return;
        }

        string expected = operation.BodyType.Split(';')[0].TrimEnd();
        string? sent = request.Headers.GetValueOrDefault("Content-Type");
        if (!MediaTypeHeaderValue.TryParse(sent, out MediaTypeHeaderValue? type) || !expected.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            string fault = string.IsNullOrEmpty(sent) ? "is missing, it" : $"is {Text.Quote(sent)}, but";
            errors.Add(new("header Content-Type", $"{fault} must be {expected}"));
            return;
        }

        if (operation.Body is null)
        {
            return;
        }

        if (operation.IsMultipart)
        {
            await ReadFormAsync(operation.Body, type, request, errors, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            request.JsonBody = Text.ParseJson(request.Body);
            validator.Check(operation.Body, request.JsonBody, "$", errors);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            errors.Add(new("$", $"is not valid JSON: {e.Message}"));
        }
    }

    private async Task ReadFormAsync(
        JObject schema, MediaTypeHeaderValue type, FakeRequest request, List<FakeRequestError> errors, CancellationToken cancellationToken)
    {
        NameValueHeaderValue? parameter = type.Parameters.FirstOrDefault(p => p.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase));
        if (parameter?.Value?.Trim('"') is not { Length: > 0 } boundary)
        {
            errors.Add(new("header Content-Type", "has no boundary"));
            return;
        }

        try
        {
            request.Parts = await MultipartForm.ReadAsync(boundary, request.Body, cancellationToken).ConfigureAwait(false);
            request.JsonBody = _form.Read(schema, request.Parts, errors);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            errors.Add(new("$", $"is not valid multipart/form-data: {e.Message}"));
        }
    }
}
