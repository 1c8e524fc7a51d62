using Microsoft.Extensions.Http;
using Retell.Resilience;

namespace Retell.DependencyInjection;

/// <summary>Inserts the guard below all handlers of the HTTP clients of the SDK, after the application has added its own.</summary>
internal sealed class SendOnceFilter : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (builder.AdditionalHandlers.Any(handler => handler is AttemptHandler))
        {
            // The primary handler can itself be a chain.
            builder.PrimaryHandler = RetellSendOnceHandler.Guard(builder.PrimaryHandler);
        }
    };
}
