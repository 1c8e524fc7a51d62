using Microsoft.AspNetCore.Http;

namespace Retell.AspNetCore.Http;

/// <summary>Reads a request body as the bytes that were signed.</summary>
internal static class RequestBody
{
    private const int ChunkSize = 16 * 1024;

    /// <summary>Reads the whole body.</summary>
    /// <returns>The body and 200, or an empty body and the status of the response.</returns>
    public static async Task<(ReadOnlyMemory<byte> Body, int Status)> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
        {
            return (default, StatusCodes.Status413PayloadTooLarge);
        }

        // Not all of what a request announces, which could be the limit, before the bytes are there.
        var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, ChunkSize));
        byte[] chunk = new byte[ChunkSize];
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0)
            {
                body.Write(chunk, 0, read);
                if (body.Length > limit)
                {
                    return (default, StatusCodes.Status413PayloadTooLarge);
                }
            }
        }
        catch (BadHttpRequestException e)
        {
            return (default, e.StatusCode);
        }

        return (body.GetBuffer().AsMemory(0, (int)body.Length), StatusCodes.Status200OK);
    }
}
