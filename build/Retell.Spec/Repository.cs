namespace Retell.Spec;

/// <summary>Finds the files of the repository from any folder inside it.</summary>
internal static class Repository
{
    /// <summary>The folder of nswag.json, at or above the current one; else the current one.</summary>
    public static string Root
    {
        get
        {
            for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
            {
                if (System.IO.File.Exists(Path.Combine(folder.FullName, "nswag.json")))
                {
                    return folder.FullName;
                }
            }

            return Directory.GetCurrentDirectory();
        }
    }

    public static FileInfo File(string path) => new(Path.Combine(Root, path));
}
