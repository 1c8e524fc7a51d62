using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Retell.Cli;

/// <summary>The environment of a run. A test supplies its own.</summary>
internal sealed record CliEnvironment(TextReader Input, TextWriter Output, TextWriter Error)
{
    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Sends the requests; null for the network.</summary>
    public HttpMessageHandler? Handler { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether a person types the input.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether the process was started without a standard input.</summary>
    public bool IsInputClosed { get; init; }

    /// <summary>Whether a person reads the output.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Whether a person reads the errors and the progress.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>The number of characters on a line of the output.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Whether escape sequences may change colors and styles on a terminal: see https://no-color.org.</summary>
    public bool HasColors => string.IsNullOrEmpty(Variable("NO_COLOR")) && !IsDumb;

    /// <summary>Whether the terminal understands no escape sequences.</summary>
    public bool IsDumb => Variable("TERM") == "dumb";

    public static CliEnvironment OfProcess()
    {
        // What goes to or comes from other programs is UTF-8 on every system; to them it is written in large pieces.
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        TextReader input = Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput(), utf8) : Console.In;
        TextWriter output = Console.IsOutputRedirected ? new StreamWriter(OpenOutput(), utf8) : Console.Out;
        var environment = new CliEnvironment(input, output, Console.Error)
        {
            IsInputTerminal = !Console.IsInputRedirected,
            IsInputClosed = StandardInput.IsClosed,
            IsOutputTerminal = !Console.IsOutputRedirected,
            IsErrorTerminal = !Console.IsErrorRedirected,
        };
        return environment.IsOutputTerminal && Console.WindowWidth > 0 ? environment with { Width = Console.WindowWidth } : environment;
    }

    /// <summary>
    /// The console's own stream does not tell when the reader of a pipe is gone, and a long list would be fetched in vain.
    /// A file is written by that stream nevertheless, because the next program continues where it stops.
    /// </summary>
    private static Stream OpenOutput()
    {
        if (!OperatingSystem.IsWindows())
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                return pipe;
            }
        }

        return Console.OpenStandardOutput();
    }
}
