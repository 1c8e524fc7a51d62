using Microsoft.Extensions.Options;

namespace Retell.DependencyInjection;

/// <summary>Says at the start of the host what else the first call would say.</summary>
internal sealed class RetellOptionsValidation : IValidateOptions<RetellClientOptions>
{
    public ValidateOptionsResult Validate(string? name, RetellClientOptions options)
    {
        try
        {
            options.Complete();
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is RetellException or ArgumentException)
        {
            return ValidateOptionsResult.Fail(string.IsNullOrEmpty(name) ? e.Message : $"The client \"{name}\": {e.Message}");
        }
    }
}
