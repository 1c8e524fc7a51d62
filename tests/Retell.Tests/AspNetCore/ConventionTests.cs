using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Newtonsoft.Json.Linq;
using Retell.Webhooks;

namespace Retell.Tests.AspNetCore;

/// <summary>What ASP.NET Core offers for endpoints, on these endpoints.</summary>
internal sealed class ConventionTests
{
    private static readonly byte[] s_body = Encoding.UTF8.GetBytes(WebhookApplication.Ended("call_1"));

    [Test]
    public async Task Endpoint_with_a_fallback_policy_rejects_unless_anonymous_or_authorized()
    {
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks => webhooks.OnUnhandled((_, _, _) => Task.CompletedTask),
            map =>
            {
                map.UseAuthentication();
                map.UseAuthorization();
                map.MapRetellWebhooks("/anonymous").AllowAnonymous();
                map.MapRetellWebhooks("/network").RequireAuthorization("network");
                map.MapRetellFunction<JObject>("/function", (_, _) => Task.FromResult<object?>("done")).AllowAnonymous();
            },
            services: services =>
            {
                services.AddAuthentication("Header").AddScheme<AuthenticationSchemeOptions, HeaderScheme>("Header", null);
                services.AddAuthorizationBuilder()
                    .SetFallbackPolicy(new(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder("Header").RequireAuthenticatedUser().Build().Requirements, ["Header"]))
                    .AddPolicy("network", policy => policy.RequireAssertion(context => ((HttpContext)context.Resource!).Connection.RemoteIpAddress!.Equals(IPAddress.Loopback)));
            });

        Assert.That((await app.SendAsync(HttpMethod.Post, "/hook", s_body)).Status, Is.EqualTo(401));
        Assert.That((await app.SendAsync(HttpMethod.Post, "/anonymous", s_body)).Status, Is.EqualTo(204));
        Assert.That((await app.SendAsync(HttpMethod.Post, "/network", s_body)).Status, Is.EqualTo(204));
        Assert.That(await app.SendAsync(HttpMethod.Post, "/function", "{}"u8.ToArray()), Is.EqualTo((200, "done")));
    }

    [Test]
    public async Task Endpoint_over_HTTP_2_handles_the_event()
    {
        var handled = new TaskCompletionSource<string>();
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            webhooks => webhooks.On<CallEndedEvent>((webhook, services, _) =>
            {
                handled.SetResult(webhook.Call.CallId!);
                return Task.CompletedTask;
            }),
            services: services => services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2)));
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, app.App.Urls.Single() + "/hook")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(s_body),
        };
        request.Headers.Add(RetellWebhook.SignatureHeader, RetellWebhook.Sign(s_body, WebhookApplication.Key));

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.That((response.StatusCode, response.Version), Is.EqualTo((HttpStatusCode.NoContent, HttpVersion.Version20)));
        Assert.That(await handled.Task, Is.EqualTo("call_1"));
    }

    [Test]
    public async Task Endpoint_is_described_for_OpenAPI_and_takes_any_content_type()
    {
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            _ => { },
            map =>
            {
                map.MapRetellFunction<Booking>("/book", (_, _) => Task.FromResult<object?>("done"));
                map.MapRetellFunction<JObject>("/free", (_, _) => Task.FromResult<object?>("done"));
            },
            services: services => services.AddEndpointsApiExplorer());

        ApiDescription[] all = [.. app.App.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items.SelectMany(group => group.Items)];
        ApiDescription hook = all.Single(operation => operation.RelativePath == "hook");
        ApiDescription book = all.Single(operation => operation is { RelativePath: "book", HttpMethod: "POST" });

        Assert.That(all.Select(operation => operation.RelativePath).Distinct(), Is.EquivalentTo(new[] { "hook", "book", "free" }));
        Assert.That(hook.HttpMethod, Is.EqualTo("POST"));
        Assert.That(hook.SupportedResponseTypes.Select(type => type.StatusCode), Is.EqualTo(new[] { 200, 204, 400, 401, 413, 500, 503 }));
        Assert.That(hook.ActionDescriptor.EndpointMetadata.OfType<Microsoft.AspNetCore.Http.Metadata.ITagsMetadata>().Single().Tags, Is.EqualTo(new[] { "Retell" }));
        Assert.That(book.ParameterDescriptions.Select(parameter => (parameter.Type, parameter.Source)), Is.EqualTo(new[] { (typeof(Booking), BindingSource.Body) }));
        Assert.That(await app.SendAsync(HttpMethod.Post, "/book", "{}"u8.ToArray(), contentType: "text/xml"), Is.EqualTo((200, "done")));
    }

    [Test]
    public void MapRetellWebhooks_without_services_says_what_to_call()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        WebApplication app = builder.Build();

        Assert.That(() => app.MapRetellWebhooks("/hook"), Throws.InvalidOperationException.With.Message.Contain("services.AddRetellWebhooks()"));
    }

    private sealed class Booking
    {
        public int Guests { get; set; }
    }

    private sealed class HeaderScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers.ContainsKey("X-User")
            ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity("Header")), "Header"))
            : AuthenticateResult.NoResult());
    }
}
