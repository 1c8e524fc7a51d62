using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Retell;
using Retell.Models;
using Retell.Webhooks;

namespace Samples.Reminders;

/// <summary>The settings of the application, from the section <c>Reminders</c>.</summary>
public sealed record ReminderSettings(string FromNumber);

/// <summary>The arguments of the function <c>reschedule</c>, and the request of which they are a part.</summary>
public sealed record Reschedule(DateTimeOffset Time);

/// <inheritdoc cref="Reschedule"/>
public sealed record FunctionRequest<T>(string Name, ICall? Call, T Args);

/// <summary>A web application that reminds people of their appointments by phone.</summary>
public static class ReminderApp
{
    public static WebApplicationBuilder CreateBuilder(params string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRetell(builder.Configuration.GetSection("Retell"));
        builder.Services.AddSingleton(_ => builder.Configuration.GetRequiredSection("Reminders").Get<ReminderSettings>()!);
        builder.Services.AddSingleton<AppointmentBook>().AddSingleton<ReminderAgent>();
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource("Microsoft.AspNetCore", RetellTelemetry.ActivitySourceName).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(RetellTelemetry.MeterName).AddOtlpExporter());
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        WebApplication app = builder.Build();
        app.Use(RequireSignatureAsync);
        app.MapPost("/reminders/{appointment}", RemindAsync);
        app.MapPost("/retell/webhook", ReceiveAsync);
        app.MapPost("/retell/reschedule", (FunctionRequest<Reschedule> request, AppointmentBook book) => new { result = Move(request, book) });
        app.MapGet("/calls.csv", ExportAsync);
        return app;
    }

    /// <summary>Refuses what comes to <c>/retell</c> from somebody else.</summary>
    private static async Task RequireSignatureAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/retell"))
        {
            context.Request.EnableBuffering();
            using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
            string body = await reader.ReadToEndAsync(context.RequestAborted);
            context.Request.Body.Position = 0;
            if (!context.RequestServices.GetRequiredService<RetellClient>().VerifyWebhook(body, context.Request.Headers[RetellWebhook.SignatureHeader]))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }
        }

        await next(context);
    }

    private static async Task<IResult> RemindAsync(string appointment, string agent, AppointmentBook book, ReminderAgent reminders, CancellationToken cancellationToken) =>
        book.Find(appointment) is Appointment found
            ? Results.Ok(new { call = (await reminders.CallAsync(found, agent, cancellationToken)).CallId })
            : Results.NotFound();

    // A webhook that is delivered twice writes the same once more.
    private static async Task<IResult> ReceiveAsync(HttpRequest request, AppointmentBook book, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        WebhookEvent webhook = RetellWebhook.Parse(await reader.ReadToEndAsync(cancellationToken));
        if (webhook is CallAnalyzedEvent { Call: PhoneCall call } && AppointmentOf(call, book) is Appointment appointment)
        {
            book[appointment.Id] = appointment with { Confirmed = (bool?)call.CallAnalysis?.CustomAnalysisData?["confirmed"] };
        }

        return Results.NoContent();
    }

    private static string Move(FunctionRequest<Reschedule> request, AppointmentBook book)
    {
        if (AppointmentOf(request.Call, book) is not Appointment appointment)
        {
            return "There is no such appointment.";
        }

        book[appointment.Id] = appointment with { Time = request.Args.Time };
        return $"The appointment is now on {book[appointment.Id].When}.";
    }

    private static async Task<IResult> ExportAsync(string agent, DateTimeOffset since, ReminderAgent reminders, CancellationToken cancellationToken)
    {
        var csv = new StringBuilder("call_id,start,seconds,reason\n");
        await foreach (ICallSummary call in reminders.CallsSince(since, agent).WithCancellation(cancellationToken))
        {
            csv.Append(CultureInfo.InvariantCulture, $"{call.CallId},{call.StartTime:u},{call.Duration?.TotalSeconds},{call.DisconnectionReason}\n");
        }

        return Results.Text(csv.ToString(), "text/csv");
    }

    private static Appointment? AppointmentOf(ICall? call, AppointmentBook book) => book.Find((string?)call?.Metadata?["appointment"]);
}
