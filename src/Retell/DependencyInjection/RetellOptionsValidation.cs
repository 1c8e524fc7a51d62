using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Retell.Resilience;

namespace Retell.DependencyInjection;

/// <summary>Validates the options when the host starts, instead of at the first operation.</summary>
internal sealed class RetellOptionsValidation : IValidateOptions<RetellClientOptions>
{
    public ValidateOptionsResult Validate(string? name, RetellClientOptions options)
    {
        try
        {
            _ = new RetellPipeline(options.Complete(), NullLogger.Instance);
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is RetellException or ArgumentException)
        {
            return ValidateOptionsResult.Fail(string.IsNullOrEmpty(name) ? e.Message : $"The client \"{name}\": {e.Message}");
        }
    }
}
