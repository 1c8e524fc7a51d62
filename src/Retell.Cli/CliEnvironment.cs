using System.Text;

namespace Retell.Cli;

/// <summary>What a run of the command sees of the world; a test gives its own.</summary>
internal sealed record CliEnvironment(TextReader Input, TextWriter Output, TextWriter Error)
{
    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>What sends the requests; null for the network.</summary>
    public HttpMessageHandler? Handler { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether a person reads the output.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Whether a person reads the errors and the progress.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>How many characters a line of the output has.</summary>
    public int Width { get; init; } = 120;

    public static CliEnvironment OfProcess()
    {
        // What goes to or comes from other programs is UTF-8 on every system; to them it is written in large pieces.
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        TextReader input = Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput(), utf8) : Console.In;
        TextWriter output = Console.IsOutputRedirected ? new StreamWriter(Console.OpenStandardOutput(), utf8) : Console.Out;
        var environment = new CliEnvironment(input, output, Console.Error)
        {
            IsOutputTerminal = !Console.IsOutputRedirected,
            IsErrorTerminal = !Console.IsErrorRedirected,
        };
        return environment.IsOutputTerminal && Console.WindowWidth > 0 ? environment with { Width = Console.WindowWidth } : environment;
    }
}
