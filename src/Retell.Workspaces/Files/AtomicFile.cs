using System.Text;

namespace Retell.Workspaces.Files;

/// <summary>Writes a file so that it has either the old or the new content, whenever the process ends.</summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(string path, string text) => Write(path, s_utf8.GetBytes(text));

    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Writes a file unless it has this content.</summary>
    public static bool WriteIfChanged(string path, string text)
    {
        byte[] content = s_utf8.GetBytes(text);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            return false;
        }

        Write(path, content);
        return true;
    }

    /// <summary>Reads a text as it is, including a byte order mark; null if there is no file.</summary>
    public static string? Read(string path) => File.Exists(path) ? s_utf8.GetString(File.ReadAllBytes(path)) : null;
}
