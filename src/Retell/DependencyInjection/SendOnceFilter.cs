using Microsoft.Extensions.Http;
using Retell.Resilience;

namespace Retell.DependencyInjection;

/// <summary>Puts the guard of the SDK below all handlers of its own HTTP clients, after the application has added its own.</summary>
internal sealed class SendOnceFilter : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (builder.AdditionalHandlers.Any(handler => handler is AttemptHandler))
        {
            // A primary handler may be a chain of its own.
            builder.PrimaryHandler = RetellSendOnceHandler.Guard(builder.PrimaryHandler);
        }
    };
}
