namespace Retell.Tests.Build;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    // Resolved: the folder for temporary files may be a link, and MSBuild compares paths as text.
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Directory.CreateTempSubdirectory("retell-").FullName));

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TestContext.Out.WriteLine($"{Root} stays behind: {exception.Message}");
        }
    }
}
