using Microsoft.Extensions.Options;

namespace Squelch.Caching;

/// <summary>Checks the options of one cache.</summary>
/// <param name="name">The name of its options.</param>
internal sealed class PolicyMemoryCacheValidation<TPolicy>(string name) : IValidateOptions<PolicyMemoryCacheOptions>
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    public ValidateOptionsResult Validate(string? optionsName, PolicyMemoryCacheOptions options)
    {
        if (optionsName != name)
        {
            return ValidateOptionsResult.Skip;
        }

        try
        {
            options.Policy<TPolicy>();
            return ValidateOptionsResult.Success;
        }
        catch (SquelchException fault)
        {
            return ValidateOptionsResult.Fail(name == Options.DefaultName ? fault.Message : $"Cache '{name}': {fault.Message}");
        }
    }
}
