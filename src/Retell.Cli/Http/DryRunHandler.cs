using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Cli.Http;

/// <summary>Prints a request in place of sending it.</summary>
internal sealed class DryRunHandler(TextWriter output) : HttpMessageHandler
{
    /// <summary>In place of the key, which is never printed.</summary>
    public const string Key = "RETELL_API_KEY";

    private const int LargestForm = 16 * 1024 * 1024;

    /// <exception cref="DryRunException">Always, once the request is printed.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"{request.Method} {request.RequestUri!.AbsoluteUri}").ConfigureAwait(false);
        foreach ((string name, IEnumerable<string> values) in request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []))
        {
            bool isSecret = string.Equals(name, "Authorization", StringComparison.OrdinalIgnoreCase);
            await output.WriteLineAsync($"{name}: {(isSecret ? $"Bearer ${Key}" : string.Join(", ", values))}").ConfigureAwait(false);
        }

        if (request.Content is HttpContent content && content.Headers.ContentLength != 0)
        {
            await output.WriteLineAsync().ConfigureAwait(false);
            await output.WriteLineAsync(await TextOfAsync(content, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        throw new DryRunException();
    }

    private static async Task<string> TextOfAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType == "multipart/form-data")
        {
            return content.Headers.ContentLength is <= LargestForm
                ? FormText.Of(await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), content.Headers.ContentType)
                : "<a large form>";
        }

        string json = await content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return RetellJson.Deserialize<JToken>(json)?.ToString(Formatting.Indented) ?? json;
    }
}
