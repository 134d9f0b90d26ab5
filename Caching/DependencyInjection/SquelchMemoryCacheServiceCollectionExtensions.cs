using System.Diagnostics.Metrics;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

using Squelch;
using Squelch.Caching;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes a cache under a policy the <see cref="IMemoryCache"/> of an application.</summary>
public static class SquelchMemoryCacheServiceCollectionExtensions
{
    private const string DefaultName = "default";

    /// <summary>The application's <see cref="IMemoryCache"/>, in place of any other, and so the first level of HybridCache: one that evicts by a policy; and the same as its own type for metrics and tunables. Options are checked when the application starts.</summary>
    /// <typeparam name="TPolicy">The policy.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options.</param>
    public static IServiceCollection AddSquelchMemoryCache<TPolicy>(this IServiceCollection services, Action<PolicyMemoryCacheOptions>? configure = null)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        ArgumentNullException.ThrowIfNull(services);
        Configured<TPolicy>(services, string.Empty).Configure(configure ?? (static _ => { }));
        return AddDefault<TPolicy>(services);
    }

    /// <summary>The application's <see cref="IMemoryCache"/>, set up by a section of the configuration.</summary>
    /// <typeparam name="TPolicy">The policy.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="section">Names and values of options, as <c>Capacity</c> and <c>Tunables:Alpha</c>; a name that is none of an option is refused.</param>
    public static IServiceCollection AddSquelchMemoryCache<TPolicy>(this IServiceCollection services, IConfiguration section)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        Configured<TPolicy>(services, string.Empty).Bind(section, static binder => binder.ErrorOnUnknownConfiguration = true);
        return AddDefault<TPolicy>(services);
    }

    /// <summary>One of several caches: a keyed <see cref="IMemoryCache"/>, and the same as its own type for metrics and tunables.</summary>
    /// <typeparam name="TPolicy">The policy.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the service, and the name of its options.</param>
    /// <param name="configure">Sets options.</param>
    public static IServiceCollection AddKeyedSquelchMemoryCache<TPolicy>(this IServiceCollection services, string name, Action<PolicyMemoryCacheOptions>? configure = null)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Configured<TPolicy>(services, name).Configure(configure ?? (static _ => { }));
        return AddKeyed<TPolicy>(services, name);
    }

    /// <summary>One of several caches, set up by a section of the configuration.</summary>
    /// <typeparam name="TPolicy">The policy.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the service, and the name of its options.</param>
    /// <param name="section">Names and values of options, as <c>Capacity</c> and <c>Tunables:Alpha</c>; a name that is none of an option is refused.</param>
    public static IServiceCollection AddKeyedSquelchMemoryCache<TPolicy>(this IServiceCollection services, string name, IConfiguration section)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(section);
        Configured<TPolicy>(services, name).Bind(section, static binder => binder.ErrorOnUnknownConfiguration = true);
        return AddKeyed<TPolicy>(services, name);
    }

    private static IServiceCollection AddDefault<TPolicy>(IServiceCollection services)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        services.AddSingleton(static provider => Create<TPolicy>(provider, string.Empty));
        return services.Replace(ServiceDescriptor.Singleton<IMemoryCache>(static provider => provider.GetRequiredService<PolicyMemoryCache<TPolicy>>()));
    }

    private static IServiceCollection AddKeyed<TPolicy>(IServiceCollection services, string name)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => services.AddKeyedSingleton(name, (provider, _) => Create<TPolicy>(provider, name))
            .AddKeyedSingleton<IMemoryCache>(name, static (provider, key) => provider.GetRequiredKeyedService<PolicyMemoryCache<TPolicy>>(key));

    private static OptionsBuilder<PolicyMemoryCacheOptions> Configured<TPolicy>(IServiceCollection services, string name)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        services.AddSingleton<IValidateOptions<PolicyMemoryCacheOptions>>(new PolicyMemoryCacheValidation<TPolicy>(name));
        return services.AddOptions<PolicyMemoryCacheOptions>(name)
            .PostConfigure<IServiceProvider>((options, provider) =>
            {
                options.Name ??= name.Length == 0 ? DefaultName : name;
                options.TimeProvider ??= provider.GetService<TimeProvider>();
            })
            .ValidateOnStart();
    }

    private static PolicyMemoryCache<TPolicy> Create<TPolicy>(IServiceProvider provider, string name)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => new(provider.GetRequiredService<IOptionsMonitor<PolicyMemoryCacheOptions>>().Get(name), provider.GetService<IMeterFactory>());
}
