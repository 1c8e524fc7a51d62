namespace Retell.Tests.Build;

/// <summary>The places where the build looks for NSwag, as a test wants them: nothing outside of them is found.</summary>
internal sealed class NSwagFolders(TempFolder folder)
{
    private const string Version = "14.7.1";

    public string Package => folder.PathOf("packages", "nswag.msbuild", Version, "tools", "Net100", "dotnet-nswag.dll");

    public string Npm => folder.PathOf("node_modules", "nswag", "bin", "binaries", "Net100", "dotnet-nswag.dll");

    public string[] Arguments =>
    [
        $"-p:NSwagPackageRoot={folder.PathOf("packages")}",
        $"-p:NSwagPackageSource={Directory.CreateDirectory(folder.PathOf("source")).FullName}",
        $"-p:NSwagNodeModules={folder.PathOf("node_modules")}",
        "-p:NSwagNpm=no-such-npm",
    ];

    /// <summary>Puts NSwag where a restore of NSwag.MSBuild puts it.</summary>
    public void AddPackage(string dll) => Copy(Path.GetDirectoryName(dll)!, Path.GetDirectoryName(Package)!);

    /// <summary>Puts NSwag where npm puts it.</summary>
    public void AddNodeModule(string dll, string version = Version)
    {
        Copy(Path.GetDirectoryName(dll)!, Path.GetDirectoryName(Npm)!);
        folder.Write(Path.Combine("node_modules", "nswag", "package.json"), $"{{\n  \"name\": \"nswag\",\n  \"version\": \"{version}\"\n}}\n");
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
