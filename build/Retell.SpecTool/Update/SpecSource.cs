using Retell.Spec;

namespace Retell.SpecTool.Update;

/// <summary>Gets a spec from a file or a URL.</summary>
internal static class SpecSource
{
    public static async Task<string> ReadAsync(string source, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            try
            {
                return await File.ReadAllTextAsync(source, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new SpecError(source, "$", $"The file cannot be read: {exception.Message}", "Check the path.");
            }
        }

        try
        {
            using var http = new HttpClient();
            using HttpResponseMessage response = await http.GetAsync(url, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)
                : throw new SpecError(source, "$", $"The server answers {(int)response.StatusCode} {response.ReasonPhrase}.", "Check the URL.");
        }
        catch (HttpRequestException exception)
        {
            throw new SpecError(source, "$", $"The document cannot be fetched: {exception.Message}", "Check the URL and the network.");
        }
    }
}
