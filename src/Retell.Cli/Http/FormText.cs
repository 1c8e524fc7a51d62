using System.Net.Http.Headers;
using System.Text;

namespace Retell.Cli.Http;

/// <summary>A form as text: the fields in full, of the files their names and sizes.</summary>
internal static class FormText
{
    public static string Of(byte[] form, MediaTypeHeaderValue type)
    {
        string boundary = type.Parameters.First(parameter => parameter.Name == "boundary").Value!.Trim('"');

        // One character a byte, so that binary files keep their sizes.
        string[] parts = Encoding.Latin1.GetString(form).Split($"--{boundary}", StringSplitOptions.RemoveEmptyEntries);
        return string.Join("\n\n", parts.Where(part => part.StartsWith("\r\n", StringComparison.Ordinal)).Select(PartText));
    }

    private static string PartText(string part)
    {
        int end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string header = Utf8(part[2..end]);
        string body = part[(end + 4)..^2];
        string text = header.Contains("filename=", StringComparison.OrdinalIgnoreCase) ? $"<{body.Length} bytes>" : Utf8(body);
        return header.ReplaceLineEndings("\n") + "\n" + text;
    }

    private static string Utf8(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));
}
