using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;

namespace Retell.SpecTool.Update;

/// <summary>A revision that was fetched.</summary>
/// <param name="Source">The file or the URL that it is from.</param>
/// <param name="Text">What openapi/retell.yaml is to hold.</param>
/// <param name="Document">The same, read.</param>
/// <param name="Notes">What a person should know.</param>
internal sealed record FetchedSpec(string Source, string Text, JObject Document, IReadOnlyList<string> Notes);

/// <summary>How much is fetched of a document, and how long.</summary>
internal sealed record FetchLimits(int Bytes, TimeSpan Time)
{
    public static FetchLimits Default { get; } = new(64 * 1024 * 1024, TimeSpan.FromSeconds(60));
}

/// <summary>Gets a revision of the spec from the first of several files and URLs that has one.</summary>
internal static class SpecSource
{
    /// <summary>Reads the sources in order. Why one failed is written to <paramref name="errors"/>.</summary>
    public static async Task<FetchedSpec> ReadAsync(IReadOnlyList<string> sources, string spec, TextWriter errors, CancellationToken cancellationToken, FetchLimits? limits = null)
    {
        List<SpecError> failures = [];
        foreach (string source in sources)
        {
            try
            {
                return Parse(await FetchAsync(source, limits ?? FetchLimits.Default, cancellationToken).ConfigureAwait(false), source, spec);
            }
            catch (SpecError error) when (sources.Count > 1)
            {
                failures.Add(error);
                await errors.WriteLineAsync("not taken: " + error.Message).ConfigureAwait(false);
            }
        }

        throw new SpecError(
            string.Join(", ", sources),
            "$",
            $"None of the {sources.Count} sources has an OpenAPI document.",
            "Check the URLs and the network:" + string.Concat(failures.Select(failure => "\n  " + failure.Message)));
    }

    private static FetchedSpec Parse(string text, string source, string spec)
    {
        ReadOnlySpan<char> start = text.AsSpan().TrimStart();
        if (start.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
                || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                || start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
        {
            throw new SpecError(source, "$", "This is an HTML or XML page and no OpenAPI document.", "Check the URL: the document is YAML or JSON.");
        }

        if (DocumentationPage.IsPage(text, source))
        {
            return DocumentationPage.Read(text, source).TakeOver(spec);
        }

        JObject document = YamlFile.ParseObject(text, source);
        return document["openapi"] is null
            ? throw new SpecError(source, "$.openapi", "This is not an OpenAPI 3 document.", "Check that the file is the published spec.")
            : new FetchedSpec(source, text, document, []);
    }

    private static async Task<string> FetchAsync(string source, FetchLimits limits, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            return ReadFile(source, limits);
        }

        try
        {
            using var http = new HttpClient { Timeout = limits.Time, MaxResponseContentBufferSize = limits.Bytes };
            using HttpResponseMessage response = await http.GetAsync(url, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new SpecError(source, "$", $"The server answers {(int)response.StatusCode} {response.ReasonPhrase}.", "Check the URL.");
            }

            // YAML and JSON are UTF-8, whatever a server says.
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), Encoding.UTF8);
            return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw TooLarge(source, limits);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new SpecError(source, "$", $"The document cannot be fetched: {exception.Message}", "Check the URL and the network.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SpecError(
                source,
                "$",
                $"The document was not there within {limits.Time.TotalSeconds} seconds.",
                "Check the URL and the network, or fetch the document to a file.");
        }
    }

    private static string ReadFile(string source, FetchLimits limits)
    {
        try
        {
            return new FileInfo(source).Length <= limits.Bytes ? File.ReadAllText(source) : throw TooLarge(source, limits);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SpecError(source, "$", $"The file cannot be read: {exception.Message}", "Check the path.");
        }
    }

    private static SpecError TooLarge(string source, FetchLimits limits) =>
        new(source, "$", $"The document is larger than {limits.Bytes / 1024 / 1024} MB.", "Check that it is the right file.");
}
