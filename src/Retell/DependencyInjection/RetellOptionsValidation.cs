using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Retell.Resilience;

namespace Retell.DependencyInjection;

/// <summary>Reports at the start of the host what the first operation would report otherwise.</summary>
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
