namespace Retell.SpecTool;

/// <summary>Finds the files of the repository from any folder inside it.</summary>
internal static class Repository
{
    public static FileInfo File(string path)
    {
        for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "nswag.json")))
            {
                return new FileInfo(Path.Combine(folder.FullName, path));
            }
        }

        return new FileInfo(path);
    }
}
