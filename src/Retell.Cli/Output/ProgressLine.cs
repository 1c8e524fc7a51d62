namespace Retell.Cli.Output;

/// <summary>Tells on the error stream how far long work is: one line that changes on a terminal, else a line each.</summary>
internal sealed class ProgressLine(TextWriter error, bool isTerminal) : IDisposable
{
    private bool _isOpen;
    private string? _last;

    public void Report(string text)
    {
        if (text == _last)
        {
            return;
        }

        _last = text;
        _isOpen = isTerminal;
        error.Write(isTerminal ? $"\r{text}\u001b[K" : text + Environment.NewLine);
    }

    public void Dispose()
    {
        if (_isOpen)
        {
            error.Write("\r\u001b[K");
        }
    }
}
