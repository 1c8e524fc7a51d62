namespace Retell.Spec.Model;

/// <summary>The media types of bodies and responses, by what a client does with them.</summary>
internal static class MediaType
{
    public const string Json = "application/json";
    public const string Form = "multipart/form-data";
    public const string UrlEncoded = "application/x-www-form-urlencoded";
    public const string Events = "text/event-stream";

    /// <summary>The type in small letters and without its parameters, such as a charset.</summary>
    public static string Bare(string type) => type.Split(';')[0].Trim().ToLowerInvariant();

    public static bool IsJson(string type) => Bare(type) is "application/json" or "text/json" or "*/*" or "application/*" || Bare(type).EndsWith("+json", StringComparison.Ordinal);

    public static bool IsText(string type) => Bare(type).StartsWith("text/", StringComparison.Ordinal) && !IsJson(type) && Bare(type) is not ("text/xml" or Events);

    /// <summary>Which of several types a client uses: the lower, the better. The order in which a document has them means nothing.</summary>
    public static int Rank(string type) => Bare(type) switch
    {
        Json => 0,
        var bare when IsJson(bare) && !bare.Contains('*', StringComparison.Ordinal) => 1,
        Form => 2,
        UrlEncoded => 3,
        Events => 4,
        var bare when IsText(bare) => 6,
        var bare when IsJson(bare) => 7,
        _ => 5,
    };
}
