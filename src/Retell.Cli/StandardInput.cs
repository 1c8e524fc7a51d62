using System.Runtime.InteropServices;

namespace Retell.Cli;

/// <summary>The standard input as the process got it.</summary>
internal static partial class StandardInput
{
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;

    /// <summary>
    /// Whether there is none. Where descriptor 0 was closed, as by <c>&lt;&amp;-</c>, the runtime takes it for a pipe of its
    /// own, and reading from that would never end. Its own ones are closed on exec; one that came from outside cannot be.
    /// </summary>
    public static bool IsClosed => !OperatingSystem.IsWindows() && Flags(0, GetFlags) is var flags && (flags < 0 || (flags & CloseOnExec) != 0);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flags(int descriptor, int command);
}
