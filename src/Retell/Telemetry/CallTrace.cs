using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Retell.Http;

namespace Retell.Telemetry;

/// <summary>What monitoring gets to see of one call: a span, its measurements and its log lines. Never a key, never a value of the path or a body.</summary>
internal sealed class CallTrace : IDisposable
{
    private readonly ApiCall _call;
    private readonly ILogger _log;
    private readonly Activity? _span;
    private int? _status;
    private Exception? _failure;

    public CallTrace(ApiCall call, ILogger log)
    {
        _call = call;
        _log = log;
        _span = RetellTelemetry.Source.StartActivity(call.Operation.Id, ActivityKind.Client);
        if (_span is { IsAllDataRequested: true })
        {
            _span.SetTag("retell.operation", call.Operation.Id);
            _span.SetTag("http.request.method", call.Operation.Method);
            _span.SetTag("url.template", call.Operation.Path);
            _span.SetTag("server.address", call.Uri.Host);
            _span.SetTag("server.port", call.Uri.Port);
        }
    }

    public void Answered(ApiResponse answer)
    {
        _status = (int)answer.StatusCode;
        if (_call.LogsBodies && _log.IsEnabled(LogLevel.Trace))
        {
            using TextReader received = answer.OpenText();
            CallLog.Bodies(_log, _call.Operation.Id, _call.Mask.Apply(CallLog.Text(_call.Json)), _call.Mask.Apply(received.ReadToEnd()));
        }
    }

    public void Failed(Exception failure) => _failure = failure;

    public void Dispose()
    {
        double seconds = _call.Elapsed.TotalSeconds;
        int retries = Math.Max(0, _call.Attempts - 1);
        string? error = _failure is null ? null : _status is >= 400 ? _status.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : _failure.GetType().FullName;
        TagList tags = new() { { "retell.operation", _call.Operation.Id }, { "http.request.method", _call.Operation.Method }, { "server.address", _call.Uri.Host } };
        if (retries > 0)
        {
            RetellTelemetry.Retries.Add(retries, tags);
        }

        if (_status is int status)
        {
            tags.Add("http.response.status_code", status);
            _span?.SetTag("http.response.status_code", status);
        }

        if (error is not null)
        {
            tags.Add("error.type", error);
            RetellTelemetry.Errors.Add(1, tags);
            _span?.SetTag("error.type", error);
            _span?.SetStatus(ActivityStatusCode.Error, _failure!.Message);
            CallLog.Failed(_log, _call.Operation.Id, _call.Operation.Method, _call.Operation.Path, seconds * 1000, _call.Attempts, _failure!.Message);
        }
        else
        {
            CallLog.Completed(_log, _call.Operation.Id, _call.Operation.Method, _call.Operation.Path, _status ?? 0, seconds * 1000, _call.Attempts);
        }

        RetellTelemetry.Duration.Record(seconds, tags);
        if (retries > 0)
        {
            _span?.SetTag("http.request.resend_count", retries);
        }

        _span?.Dispose();
    }
}
