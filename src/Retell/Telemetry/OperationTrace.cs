using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using Retell.Http;

namespace Retell.Telemetry;

/// <summary>Reports an operation as a span, measurements and log messages, without the API key and the values of paths, queries and bodies.</summary>
internal sealed class OperationTrace : IDisposable
{
    private readonly ApiCall _call;
    private readonly Activity? _span;
    private int? _status;
    private Exception? _failure;

    public OperationTrace(ApiCall call)
    {
        _call = call;
        if (Instruments.Source.HasListeners())
        {
            string name = call.Operation.Template is string template ? $"{call.Operation.Method} {template}" : call.Operation.Method;
            _span = Instruments.Source.StartActivity(name, ActivityKind.Client);
        }

        if (_span is { IsAllDataRequested: true })
        {
            foreach (KeyValuePair<string, object?> tag in Tags())
            {
                _span.SetTag(tag.Key, tag.Value);
            }
        }
    }

    public void Answered(ApiResponse response)
    {
        _status = (int)response.StatusCode;
        if (_call.LogsBodies && _call.Log.IsEnabled(LogLevel.Trace))
        {
            OperationLog.Bodies(_call.Log, _call.Operation.Name, _call.Mask.Apply(OperationLog.Text(_call.Json)), _call.Mask.Apply(OperationLog.Text(response.Body)));
        }
    }

    public void Failed(Exception failure) => _failure = failure;

    /// <summary>Records that the connection was made into a WebSocket.</summary>
    public void Upgraded() => _status = (int)HttpStatusCode.SwitchingProtocols;

    /// <summary>Makes the span the current one until the asynchronous method that calls this returns. An iterator loses it with each item.</summary>
    public void Enter() => Activity.Current = _span ?? Activity.Current;

    public void Dispose()
    {
        TimeSpan elapsed = _call.Elapsed;
        int retries = Math.Max(0, _call.Attempts - 1);
        TagList tags = Tags();
        if (retries > 0)
        {
            Instruments.Retries.Add(retries, tags);
            _span?.SetTag("http.request.resend_count", retries);
        }

        if (_status is int status)
        {
            tags.Add("http.response.status_code", status);
            _span?.SetTag("http.response.status_code", status);
        }

        if (Error() is string error)
        {
            tags.Add("error.type", error);
            Instruments.Errors.Add(1, tags);
            _span?.SetTag("error.type", error);
            _span?.SetStatus(ActivityStatusCode.Error);
        }

        Instruments.Duration.Record(elapsed.TotalSeconds, tags);
        Log(elapsed.TotalMilliseconds);
        _span?.Dispose();
    }

    private void Log(double milliseconds)
    {
        (ILogger log, string operation, int attempts) = (_call.Log, _call.Operation.Name, _call.Attempts);
        switch (_failure)
        {
            case null:
                OperationLog.Completed(log, operation, _status ?? 0, milliseconds, attempts);
                break;
            case OperationCanceledException:
                OperationLog.Cancelled(log, operation, milliseconds, attempts);
                break;
            default:
                OperationLog.Failed(log, operation, _status is int status and >= 300 ? OperationLog.Status(status) : _failure.GetType().Name, milliseconds, attempts);
                break;
        }
    }

    private string? Error() => _failure is null ? null
        : _status is int status and >= 300 ? status.ToString(CultureInfo.InvariantCulture)
        : _failure.GetType().FullName;

    private TagList Tags()
    {
        TagList tags = new() { { "retell.operation", _call.Operation.Name }, { "http.request.method", _call.Operation.Method } };
        if (_call.Operation.Template is string template)
        {
            tags.Add("url.template", template);
        }

        tags.Add("server.address", _call.Uri.Host);
        tags.Add("server.port", _call.Uri.Port);
        return tags;
    }
}
