using Spectre.Console;

namespace Retell.Cli.Output;

/// <summary>Reports on the error stream how far long work is: one line that changes on a terminal, otherwise a line for each report.</summary>
/// <param name="error">The error stream.</param>
/// <param name="isTerminal">Whether a line can change.</param>
/// <param name="hasColors">Whether it may have colors.</param>
internal sealed class ProgressLine(TextWriter error, bool isTerminal, bool hasColors) : IAsyncDisposable
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _display;
    private volatile StatusContext? _context;
    private string? _last;

    public void Report(string text)
    {
        if (text == _last || _end.Task.IsCompleted)
        {
            return;
        }

        _last = text;
        if (!isTerminal)
        {
            error.WriteLine(text);
        }
        else if (_display is null)
        {
            _display = DisplayAsync(text);
        }
        else if (_context is StatusContext context)
        {
            context.Status = Markup.Escape(text);
        }
    }

    /// <summary>Removes the line, before something else is printed.</summary>
    public async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        if (_display is not null)
        {
            await _display.ConfigureAwait(false);
        }
    }

    private Task DisplayAsync(string text) => Consoles.Create(error, hasAnsi: true, hasColors).Status().StartAsync(Markup.Escape(text), context =>
    {
        _context = context;
        return _end.Task;
    });
}
