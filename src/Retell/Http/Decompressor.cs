using System.IO.Compression;

namespace Retell.Http;

/// <summary>Decompresses responses, for handlers of the application that do not.</summary>
internal static class Decompressor
{
    public static bool IsKnown(ICollection<string> encodings) => Last(encodings) is "gzip" or "x-gzip"
#if NET
        or "br" or "deflate"
#endif
        ;

    public static Stream Open(Stream raw, ICollection<string> encodings) => Last(encodings) switch
    {
        "gzip" or "x-gzip" => new GZipStream(raw, CompressionMode.Decompress),
#if NET
        "br" => new BrotliStream(raw, CompressionMode.Decompress),
        "deflate" => new ZLibStream(raw, CompressionMode.Decompress),
#endif
        _ => raw,
    };

    private static string? Last(ICollection<string> encodings) => encodings.Count == 0 ? null : encodings.Last().ToLowerInvariant();
}
