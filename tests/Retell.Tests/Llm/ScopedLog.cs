using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Retell.Tests.Llm;

/// <summary>Keeps what an application logs, with the scopes that a provider with IncludeScopes would write.</summary>
internal sealed class ScopedLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<(string Category, string Line)> _lines = [];
    private IExternalScopeProvider? _scopes;

    public string Of(string category) => string.Join('\n', _lines.Where(line => line.Category.StartsWith(category, StringComparison.Ordinal)).Select(line => line.Line));

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(ScopedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string line = $"{logLevel} {formatter(state, exception)} {exception}";
            log._scopes?.ForEachScope((scope, _) => line += $" => {scope}", state);
            log._lines.Enqueue((category, line));
        }
    }
}
