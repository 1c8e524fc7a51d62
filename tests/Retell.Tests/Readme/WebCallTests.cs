using Retell.Tests.Build;
using Retell.Tests.Support;

namespace Retell.Tests.Readme;

/// <summary>The sample with a page, in a browser: the page asks for a token and starts the SDK of the vendor with it.</summary>
[Category("Browser")]
[Parallelizable]
internal sealed class WebCallTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.Playwright" Version="1.64.1" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using Microsoft.Playwright;

        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = args[1],
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        IPage page = await browser.NewPageAsync();
        page.Request += (_, request) => Console.WriteLine($"request {request.Method} {request.Url}");
        page.PageError += (_, error) => Console.WriteLine($"error {error}");

        // Nothing of the page leaves this machine.
        var socket = new TaskCompletionSource<string>();
        await page.RouteWebSocketAsync("**/*", route => socket.TrySetResult(route.Url));
        await page.RouteAsync(url => !url.StartsWith(args[0]), route => route.AbortAsync());

        await page.GotoAsync(args[0]);
        ILocator log = page.Locator("#log");
        await Assertions.Expect(log).ToContainTextAsync("ready", new() { Timeout = 120_000 });
        await page.Locator("#start").ClickAsync();
        await Assertions.Expect(log).ToContainTextAsync("token for", new() { Timeout = 120_000 });
        Console.WriteLine($"socket {await socket.Task.WaitAsync(TimeSpan.FromMinutes(2))}");
        Console.WriteLine("log " + (await log.TextContentAsync())!.ReplaceLineEndings("|"));
        """;

    private static string? OnPath(params string[] programs) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => programs.Select(program => Path.Combine(folder, program))).FirstOrDefault(File.Exists);

    [Test]
    public async Task Page_in_a_browser_asks_for_a_token_and_starts_the_SDK()
    {
        if (OnPath("chromium", "chromium-browser", "google-chrome") is not string browser || OnPath("npm") is not string npm)
        {
            Assert.Ignore("There is no chromium or no npm on the PATH. Install them to run the web call sample in a browser: apt-get install chromium npm");
            return;
        }

        using var folder = new TempFolder();
        File.Copy(Repository.PathOf("tests", "Retell.Samples", "WebCall", "package.json"), Path.Combine(folder.Root, "package.json"));
        File.WriteAllText(Path.Combine(folder.Root, "Browser.csproj"), Project);
        File.WriteAllText(Path.Combine(folder.Root, "Program.cs"), Program);
        CommandResult install = CommandResult.Run(npm, folder.Root, ["install", "--no-audit", "--no-fund", "--no-package-lock"]);
        CommandResult build = CommandResult.Dotnet(folder.Root, ["build", "-nologo", "-nodeReuse:false", "--tl:off", "-v:minimal"]);
        if (install.ExitCode != 0 || (build.ExitCode != 0 && build.Everything.Contains("error NU", StringComparison.Ordinal)))
        {
            Assert.Ignore($"No package source has the browser SDK or Playwright: {install.Error}{build.Output}");
        }

        Assert.That(build.ExitCode, Is.Zero, build.Everything);
        using ServedSample sample = await ServedSample.StartAsync("web-call", "--sdk", Path.Combine(folder.Root, "node_modules"));

        CommandResult run = CommandResult.Dotnet(folder.Root, [Path.Combine("bin", "Debug", "net10.0", "Browser.dll"), sample.Url, browser]);

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        Assert.That(run.Output, Does.Contain($"request POST {sample.Url}/web-call").And.Contain("log ready|token for call_").And.Not.Contain("error "));
        Assert.That(run.Output, Does.Match(@"socket wss://\S+access_token=eyJ"), "the SDK was started with the token");
    }
}
