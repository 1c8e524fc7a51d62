using System.Diagnostics;
using Retell.Tests.Support;

namespace Retell.Tests.Build;

/// <summary>
/// The compiler server that the builds of one test run share. A compiler that starts anew for each project spends most of
/// its time warming up. The server ends with the test run, however that ends.
/// </summary>
internal static class CompilerServer
{
    private static readonly Lazy<string?> s_pipe = new(Start);

    // Its standard input stays open as long as this process lives.
    private static Process? s_shell;

    /// <summary>Gets the environment variables that make a build use the server, where there is one.</summary>
    public static (string Name, string? Value)[] Variables =>
        s_pipe.Value is { } pipe ? [("UseSharedCompilation", "true"), ("SharedCompilationId", pipe)] : [];

    private static string? Start()
    {
        // The shell below stops the server when the test run is gone, and removes its socket.
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        CommandResult roslyn = CommandResult.Dotnet(Repository.Root, ["msbuild", "build/Retell.SpecTool", "-getProperty:RoslynTargetsPath"]);
        string server = Path.Combine(roslyn.Output.Trim(), "bincore", "VBCSCompiler.dll");
        if (roslyn.ExitCode != 0 || !File.Exists(server))
        {
            return null;
        }

        string pipe = $"retell-tests-{Guid.NewGuid():N}";
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo("sh", ["-c", "\"$0\" \"$1\" \"-pipename:$2\" >/dev/null 2>&1 & read -r _; kill $!; rm -f \"/tmp/$2\"", dotnet, server, pipe])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        start.Environment["DOTNET_TieredPGO"] = "0";
        s_shell = Process.Start(start);
        return s_shell is null ? null : pipe;
    }
}
