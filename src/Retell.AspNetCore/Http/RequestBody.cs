using Microsoft.AspNetCore.Http;

namespace Retell.AspNetCore.Http;

/// <summary>Reads a request body as the bytes that were signed.</summary>
internal static class RequestBody
{
    private const int ChunkSize = 16 * 1024;

    /// <summary>Reads the whole body.</summary>
    /// <returns>The body, or null if it cannot be read. The response then has its status.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int limit)
    {
        HttpRequest request = context.Request;
        if (request.ContentLength > limit)
        {
            return Rejected(context, StatusCodes.Status413PayloadTooLarge);
        }

        // Not all of what a request announces, which could be the limit, before the bytes are there.
        var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, ChunkSize));
        byte[] chunk = new byte[ChunkSize];
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(chunk, context.RequestAborted).ConfigureAwait(false)) > 0)
            {
                body.Write(chunk, 0, read);
                if (body.Length > limit)
                {
                    return Rejected(context, StatusCodes.Status413PayloadTooLarge);
                }
            }
        }
        catch (BadHttpRequestException e)
        {
            return Rejected(context, e.StatusCode);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static ReadOnlyMemory<byte>? Rejected(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return null;
    }
}
