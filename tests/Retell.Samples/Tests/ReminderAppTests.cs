using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OpenTelemetry.Trace;
using Retell.Models;
using Retell.Testing;
using Retell.Webhooks;
using Samples.Reminders;

namespace Samples.Tests;

/// <summary>The tests of the application, as its author would write them.</summary>
public sealed class ReminderAppTests
{
    private readonly List<Activity> _spans = [];
    private FakeRetellServer _retell = null!;
    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private Agent _agent = null!;

    private AppointmentBook Book => _app.Services.GetRequiredService<AppointmentBook>();

    [SetUp]
    public async Task StartAsync()
    {
        _spans.Clear();
        _retell = await FakeRetellServer.StartAsync();
        WebApplicationBuilder builder = ReminderApp.CreateBuilder(
            $"--Retell:ApiKey={_retell.ApiKey}", $"--Retell:BaseUrl={_retell.BaseUrl}", "--Reminders:FromNumber=+14157774444");
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(_spans));
        _app = ReminderApp.Build(builder);
        _app.Urls.Add("http://127.0.0.1:0");
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        Book["a1"] = new Appointment("a1", "Ada", "+12137774445", new DateTimeOffset(2030, 1, 2, 9, 0, 0, TimeSpan.Zero));
        _agent = await _app.Services.GetRequiredService<ReminderAgent>().CreateAsync(_http.BaseAddress);
    }

    [TearDown]
    public async Task StopAsync()
    {
        Assert.That(_retell.Requests.Invalid(), Is.Empty);
        _http.Dispose();
        await _app.DisposeAsync();
        await _retell.DisposeAsync();
    }

    [Test]
    public async Task Remind_dials_the_person_with_name_and_time()
    {
        await RemindAsync("a1");

        CreatePhoneCallRequest sent = _retell.Requests.Only("createPhoneCall").Read<CreatePhoneCallRequest>()!;
        Assert.That(sent.ToNumber, Is.EqualTo("+12137774445"));
        Assert.That(sent.RetellLlmDynamicVariables!["name"], Is.EqualTo("Ada"));
        Assert.That(sent.IdempotencyKey, Is.EqualTo("appointment-a1"));
    }

    [Test]
    public async Task Remind_of_an_unknown_appointment_is_not_found()
    {
        using HttpResponseMessage response = await RemindAsync("a2");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(_retell.Requests.For("createPhoneCall"), Is.Empty);
    }

    [Test]
    public async Task Webhook_after_the_analysis_records_the_outcome([Values] bool confirmed)
    {
        await RemindAsync("a1");

        await _retell.Calls.Last().AnalyzeAsync(new { custom_analysis_data = new { confirmed } });

        Assert.That(Book["a1"].Confirmed, Is.EqualTo(confirmed));
    }

    [Test]
    public async Task Function_moves_the_appointment()
    {
        await RemindAsync("a1");

        using HttpResponseMessage response = await CallFunctionAsync(_retell.ApiKey);

        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("The appointment is now on"));
        Assert.That(Book["a1"].Time, Is.EqualTo(new DateTimeOffset(2030, 1, 3, 15, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task Function_with_a_signature_of_another_key_is_unauthorized()
    {
        await RemindAsync("a1");

        using HttpResponseMessage response = await CallFunctionAsync("another-key");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(Book["a1"].Time.Day, Is.EqualTo(2));
    }

    [Test]
    public async Task Export_has_one_line_for_each_call_of_the_agent()
    {
        await RemindAsync("a1");
        await _retell.Calls.Last().EndAsync("user_hangup");
        _retell.Seed(nameof(PhoneCall), new { call_id = "call_of_another_agent", call_status = "ended" });

        string csv = await _http.GetStringAsync(new Uri($"/calls.csv?agent={_agent.AgentId}&since=2020-01-01T00:00:00Z", UriKind.Relative));

        Assert.That(csv.TrimEnd().Split('\n')[1..], Is.EqualTo(new[] { csv.TrimEnd().Split('\n')[^1] }));
        Assert.That(csv, Does.Contain(_retell.Calls.First().Id).And.Contain("user_hangup").And.Not.Contain("call_of_another_agent"));
    }

    [Test]
    public async Task Trace_has_a_span_for_each_operation()
    {
        await RemindAsync("a1");

        _app.Services.GetRequiredService<TracerProvider>().ForceFlush();

        Assert.That(_spans.Select(span => span.DisplayName), Does.Contain("POST /v2/create-phone-call"));
    }

    private Task<HttpResponseMessage> RemindAsync(string appointment) => _http.PostAsync(new Uri($"/reminders/{appointment}?agent={_agent.AgentId}", UriKind.Relative), null);

    private async Task<HttpResponseMessage> CallFunctionAsync(string key)
    {
        string body = $$$"""{"name":"reschedule","call":{{{_retell.Calls.Last().Json}}},"args":{"time":"2030-01-03T15:00:00Z"}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/retell/reschedule") { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add(RetellWebhook.SignatureHeader, RetellWebhook.Sign(body, key));
        return await _http.SendAsync(request);
    }
}
