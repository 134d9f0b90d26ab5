using System.Globalization;

namespace Squelch.Tool;

/// <summary>A model of the paper's figure 12, and its number there.</summary>
/// <param name="Label">On the axis.</param>
/// <param name="Model">By the paper's formulas, D 4096.</param>
internal sealed record LayerMix(string Label, ModelShape Model)
{
    private const int Hidden = 4096;
    private const int State = 128;

    /// <summary>Recurrent and attention layers, one MLP each (figure 12a).</summary>
    public static IReadOnlyList<LayerMix> Mixes { get; } = [Mix(32, 4), Mix(30, 5), Mix(28, 7), Mix(24, 12), Mix(0, 36)];

    /// <summary>State dimensions of the 7B hybrid (figure 12b).</summary>
    public static IReadOnlyList<LayerMix> States { get; } = [new("128", ModelShape.PaperHybrid), Of(64), Of(32), Of(16)];

    private static LayerMix Mix(int recurrent, int attention)
    {
        string label = string.Create(CultureInfo.InvariantCulture, $"{recurrent}:{attention}");
        return new(label, ModelShape.Paper($"paper-{recurrent}-{attention}", recurrent, attention, recurrent + attention, Hidden, State));
    }

    private static LayerMix Of(int state)
        => new(state.ToString(CultureInfo.InvariantCulture), ModelShape.Paper($"marconi-7b-n{state}", recurrent: 24, attention: 4, mlp: 28, Hidden, state));
}
