using System.Collections;
using System.Diagnostics;
using System.Text;

namespace Retell.Tests.Build;

/// <summary>What a program that was run said and how it ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>What the test run sets for itself would change what a build does.</summary>
    private static readonly string[] s_foreign =
    [
        "MSBUILD",
        "DOTNET_CLI",
        "DOTNET_HOST_PATH",
        "DOTNET_STARTUP_HOOKS",
        "VSTEST",
        "TESTINGPLATFORM",
        "CORECLR_",
        "COR_",
        "RETELL",
        "NSWAG",
    ];

    public string Everything => Output + Error;

    /// <summary>Runs dotnet, as a person would in a terminal of their own.</summary>
    public static CommandResult Dotnet(string folder, IEnumerable<string> arguments, params (string Name, string? Value)[] environment) =>
        Run(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", folder, arguments, environment);

    public static CommandResult Run(string program, string folder, IEnumerable<string> arguments, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string name in Environment.GetEnvironmentVariables()
                .Keys.Cast<string>()
                .Where(name => s_foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))))
        {
            start.Environment.Remove(name);
        }

        (string Name, string? Value)[] quiet =
        [
            ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_CLI_UI_LANGUAGE", "en"), ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"),
            ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"), ("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"), ("DOTNET_TieredPGO", "0"),
        ];
        foreach ((string name, string? value) in quiet.Concat(environment))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();

        // What a program leaves running may keep its output open.
        if (!process.WaitForExit(TimeSpan.FromMinutes(30)) || !Task.WaitAll([output, error], TimeSpan.FromMinutes(1)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', start.ArgumentList)} did not end within 30 minutes.");
        }

        return new CommandResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
