using System.Net;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Json;

namespace Retell.Http;

/// <summary>The content of an error response, without the API key.</summary>
internal sealed class ApiFailure
{
    private const int LongestQuote = 500;

    private ApiFailure(ApiResponse response, DateTimeOffset now)
    {
        ApiCall call = response.Call;
        StatusCode = response.StatusCode;
        Headers = response.GetHeaders();
        OperationId = call.Operation.Id;
        Method = call.Operation.Method;
        Path = call.Mask.Apply(call.Uri.AbsolutePath);
        Attempts = call.Attempts;
        RetryAfter = response.GetRequestedWait(now);

        string body;
        using (TextReader text = response.OpenText())
        {
            body = text.ReadToEnd();
        }

        RawBody = call.Mask.Apply(body);
        ErrorMessage = call.Mask.ApplyOrNull(FindMessage(body));
        string status = $"{(int)StatusCode} {response.ReasonPhrase}".TrimEnd();
        string said = ErrorMessage ?? Describe(body, response.MediaType, call.Uri);
        string advice = Advice();
        string end = advice.Length > 0 && char.IsLetterOrDigit(said[said.Length - 1]) ? "." : "";
        Message = call.Mask.Apply($"{call.Operation.Id} failed with {status}: {said}{end}{advice} ({call.Operation.Method} {call.Operation.Path}, {call.AttemptsText}).");
    }

    public string Message { get; }

    public HttpStatusCode StatusCode { get; }

    public string? ErrorMessage { get; }

    public string RawBody { get; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; }

    public string OperationId { get; }

    public string Method { get; }

    public string Path { get; }

    public int Attempts { get; }

    public TimeSpan? RetryAfter { get; }

    public static RetellApiException ToException(ApiResponse response, DateTimeOffset now) => RetellApiException.Create(new ApiFailure(response, now));

    internal static bool IsHtml(string body, string? mediaType)
    {
        string start = body.TrimStart();
        return mediaType?.IndexOf("html", StringComparison.OrdinalIgnoreCase) >= 0
            || start.StartsWith("<!", StringComparison.Ordinal)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    internal static string HtmlPage(string title, Uri uri) =>
        $"an HTML page{title} instead of JSON (it may come from a proxy in front of {uri.GetLeftPart(UriPartial.Authority)}, or the base URL is wrong)";

    private static string? FindMessage(string body)
    {
        JToken? json;
        try
        {
            using JsonTextReader reader = NewtonsoftJson.OpenJson(new StringReader(body));
            json = JToken.Load(reader);
        }
        catch (JsonException)
        {
            return null;
        }

        return json is JObject error ? TextOf(error["message"]) ?? TextOf(error["error_message"]) ?? TextOf(error["error"]) : null;
    }

    private static string? TextOf(JToken? token) => token switch
    {
        JValue { Type: JTokenType.String } text => string.IsNullOrWhiteSpace((string?)text) ? null : (string?)text,
        JArray list => string.Join("; ", list.Select(TextOf).Where(text => text is not null)) is { Length: > 0 } all ? all : null,
        JObject error => TextOf(error["message"]),
        _ => null,
    };

    private static string Describe(string body, string? mediaType, Uri uri)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return "the response has no body.";
        }

        if (IsHtml(body, mediaType))
        {
            return $"the response is {HtmlPage(Title(body), uri)}.";
        }

        return $"the response is not in the error format of the API: {Shorten(body)}";
    }

    private static string Title(string html)
    {
        int start = html.IndexOf("<title>", StringComparison.OrdinalIgnoreCase) + "<title>".Length;
        int end = start < "<title>".Length ? -1 : html.IndexOf("</title>", start, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? "" : $" (\"{Shorten(html.Substring(start, end - start))}\")";
    }

    private static string Shorten(string text)
    {
        text = text.Trim();
        return text.Length <= LongestQuote ? text : $"{text.Substring(0, LongestQuote)}…";
    }

    private string Advice() => (int)StatusCode switch
    {
        401 => " Check the API key (RETELL_API_KEY).",
        402 => " Check the plan and the payment method in the dashboard.",
        403 => " Check the permissions of the API key in the dashboard.",
        412 => " Read the object again, and then retry the change.",
        429 when RetryAfter is TimeSpan wait => FormattableString.Invariant($" Wait {wait.TotalSeconds:0.###} s before the next request."),
        >= 300 and < 400 => " The SDK does not follow redirects. Check the base URL.",
        _ => "",
    };
}
