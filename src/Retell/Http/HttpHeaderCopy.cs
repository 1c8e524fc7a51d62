using System.Net.Http.Headers;

namespace Retell.Http;

/// <summary>Copies headers without validation.</summary>
internal static class HttpHeaderCopy
{
    public static void Add(HttpHeaders source, HttpHeaders target, Func<string, bool>? leaveOut = null)
    {
#if NET
        foreach (KeyValuePair<string, HeaderStringValues> header in source.NonValidated)
        {
            if (leaveOut?.Invoke(header.Key) != true)
            {
                target.TryAddWithoutValidation(header.Key, header.Value);
            }
        }
#else
        foreach (KeyValuePair<string, IEnumerable<string>> header in source)
        {
            if (leaveOut?.Invoke(header.Key) != true)
            {
                target.TryAddWithoutValidation(header.Key, header.Value);
            }
        }
#endif
    }
}
