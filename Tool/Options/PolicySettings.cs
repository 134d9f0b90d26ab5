using System.Collections.Immutable;
using System.Globalization;
using Squelch.Policies;

namespace Squelch.Tool;

/// <summary>A policy and what the command line sets on it.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Tunables">Values by tunable name.</param>
/// <param name="BootstrapMultiplier">The tuner's window multiplier, or null for the policy's own.</param>
internal sealed record PolicySettings(RegisteredPolicy Policy, ImmutableSortedDictionary<string, double> Tunables, int? BootstrapMultiplier)
{
    /// <summary>The word of <c>--set</c> for the tuner's window multiplier.</summary>
    public const string BootstrapMultiplierName = "BootstrapMultiplier";

    /// <summary>True where a tuner looks for a value during the replay.</summary>
    public bool IsTuned => !Policy.Descriptor.TunedTunables.IsEmpty && !Policy.Descriptor.TunedTunables.Any(Tunables.ContainsKey);

    /// <summary>True where both replay alike.</summary>
    public bool Same(PolicySettings other)
        => Policy == other.Policy && BootstrapMultiplier == other.BootstrapMultiplier && Tunables.SequenceEqual(other.Tunables);

    /// <summary>Replays a trace. What a policy throws that did not come with Squelch is that policy's fault.</summary>
    public ReplayResult Replay(Trace trace, ReplayOptions options)
    {
        try
        {
            return Policy.Replay(trace, options);
        }
        catch (Exception exception) when (exception is SquelchException and not ToolException)
        {
            throw new ToolException(ExitCode.Policy, exception.Message, exception);
        }
        catch (Exception exception) when (exception is not (ToolException or OperationCanceledException or OutOfMemoryException) && Policy.Type.Assembly != typeof(Lru).Assembly)
        {
            throw new ToolException(ExitCode.Policy, $"the policy {Policy.Descriptor.Name} of {Policy.Type.Assembly.GetName().Name} failed in the replay of {trace.Name}: {exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    /// <summary>The policy with nothing set.</summary>
    public static PolicySettings Of(RegisteredPolicy policy) => new(policy, ImmutableSortedDictionary<string, double>.Empty, null);

    /// <summary>With the tunable at the value.</summary>
    /// <exception cref="SquelchException">The policy has no such tunable, or the value is out of its range.</exception>
    public PolicySettings With(string tunable, double value)
    {
        PolicyDescriptor descriptor = Policy.Descriptor;
        if (descriptor.BootstrapTunable is not null && tunable.Equals(BootstrapMultiplierName, StringComparison.OrdinalIgnoreCase))
        {
            return value is >= 1 and <= int.MaxValue && value == Math.Floor(value)
                ? this with { BootstrapMultiplier = (int)value }
                : throw new SquelchException(Invariant($"{descriptor.Name}.{BootstrapMultiplierName} counts windows: give a whole number of at least 1, not {value}"));
        }

        int index = descriptor.BootstrapTunable is null ? descriptor.TunableIndex(tunable) : descriptor.TunableIndex(tunable, BootstrapMultiplierName);
        TunableDescriptor known = descriptor.Tunables[index];
        known.Check(descriptor.Name, value);
        return this with { Tunables = Tunables.SetItem(known.Name, value) };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
