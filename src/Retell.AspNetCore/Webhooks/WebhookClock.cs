using Microsoft.Extensions.DependencyInjection;

namespace Retell.AspNetCore.Webhooks;

/// <summary>The clock of the application, or the system clock.</summary>
internal sealed class WebhookClock(IServiceProvider services)
{
    public TimeProvider Provider { get; } = services.GetService<TimeProvider>() ?? TimeProvider.System;
}
