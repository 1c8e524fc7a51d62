namespace Retell.Spec;

/// <summary>Where an update keeps what it needs to begin again, should it be interrupted: a folder beside the spec.</summary>
internal static class PendingUpdate
{
    public static string Folder(string spec) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(spec))!, ".update");

    /// <summary>The file that is there from before the first file is replaced until after the last one is.</summary>
    public static string Marker(string spec) => Path.Combine(Folder(spec), "pending.json");

    /// <summary>Refuses files of which some may be old and some new.</summary>
    public static void Refuse(string spec)
    {
        if (File.Exists(Marker(spec)))
        {
            throw new SpecError(
                spec,
                "$",
                "An update was interrupted: some files are of the old revision and some of the new one.",
                "Run the update again. It restores the old files first.");
        }
    }
}
