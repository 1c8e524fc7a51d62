using Microsoft.Extensions.Options;

namespace Retell.AspNetCore.DependencyInjection;

/// <summary>Validates the options when the host starts.</summary>
internal sealed class WebhookOptionsValidation : IValidateOptions<RetellWebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, RetellWebhookOptions options) => Find(options) is string setting
        ? ValidateOptionsResult.Fail($"{nameof(RetellWebhookOptions)}.{setting} is not valid. Use a value greater than 0.")
        : ValidateOptionsResult.Success;

    private static string? Find(RetellWebhookOptions options) => options switch
    {
        { MaxBodySize: <= 0 } => nameof(options.MaxBodySize),
        { QueueCapacity: <= 0 } => nameof(options.QueueCapacity),
        { QueueConcurrency: <= 0 } => nameof(options.QueueConcurrency),
        { DuplicateCapacity: <= 0 } => nameof(options.DuplicateCapacity),
        _ when options.DuplicateWindow <= TimeSpan.Zero => nameof(options.DuplicateWindow),
        _ => null,
    };
}
