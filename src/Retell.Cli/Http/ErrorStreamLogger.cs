using Microsoft.Extensions.Logging;

namespace Retell.Cli.Http;

/// <summary>Writes the log of the SDK to the error stream, a line each.</summary>
internal sealed class ErrorStreamLogger(TextWriter error) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            error.WriteLine($"{Names.Kebab(logLevel.ToString())}: {formatter(state, exception)}");
        }
    }

    public void Dispose()
    {
    }
}
