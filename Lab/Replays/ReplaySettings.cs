using System.Collections.Immutable;
using System.Globalization;

namespace Squelch.Lab;

/// <summary>
/// All that a replay's result depends on, besides the trace, the policy and the code. Whoever keeps results files them under <see cref="Identity"/>, which
/// covers every property of this type, so that a new setting cannot be forgotten.
/// </summary>
public record ReplaySettings
{
    /// <summary>The cache's budget in bytes.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Gives bytes and FLOPs, unless the trace has a model of its own.</summary>
    public ModelShape Model { get; init; } = ModelShape.PaperHybrid;

    /// <summary>Seed of the feature <c>draw</c>.</summary>
    public ulong Seed { get; init; }

    /// <summary>Tunables by name; naming the one that the policy's bootstrap tuner would find fixes it.</summary>
    public IReadOnlyDictionary<string, double> Tunables { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>The bootstrap tuner's window multiplier; null for the policy's own.</summary>
    public int? BootstrapMultiplier { get; init; }

    /// <summary>What drives the cache's clock.</summary>
    public ReplayClock Clock { get; init; }

    /// <summary>Errors of the feature <c>nextUse</c>; none by default.</summary>
    public OracleNoise Noise { get; init; }

    /// <summary>What <see cref="ReplayResult.Ttft"/> is estimated by.</summary>
    public TtftMap Ttft { get; init; } = TtftMap.Paper;

    /// <summary>The settings as text: two are alike where their texts are. Not for keeping longer than one build.</summary>
    public string Identity()
        => string.Join('\n', typeof(ReplaySettings).GetProperties().OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => $"{property.Name}={Text(property.GetValue(this))}"));

    private static string Text(object? value) => value switch
    {
        null => "",
        IReadOnlyDictionary<string, double> numbers => string.Join(';', numbers.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Text(pair.Value)}")),
        ModelShape model => string.Join(';', model.Name, model.CheckpointBytes, model.KvBytes(1), model.Flops(1), model.Flops(1000)),
        OracleNoise noise => $"{Text(noise.Sigma)};{noise.Seed}",
        TtftMap map => map.Name,
        Enum member => member.ToString(),
        IFormattable number => number.ToString(value is double ? "R" : null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A setting of type {value.GetType().Name} has no text: say in {nameof(ReplaySettings)} how it is written."),
    };
}
