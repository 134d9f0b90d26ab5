using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>The memory that the steps of a selection share.</summary>
internal readonly struct Scratch(
    ArrayView<ulong> answer,
    ArrayView<ulong> partials,
    ArrayView<int> histogram,
    ArrayView<ulong> keys,
    ArrayView<ulong> otherKeys,
    ArrayView<int> rows,
    ArrayView<int> otherRows)
{
    /// <summary>See <see cref="Squelch.GpuScoring.Answer"/>.</summary>
    public readonly ArrayView<ulong> Answer = answer;

    /// <summary>Two numbers per group, and per scaled term where there are more of those.</summary>
    public readonly ArrayView<ulong> Partials = partials;

    /// <summary>Rows per bin.</summary>
    public readonly ArrayView<int> Histogram = histogram;

    /// <summary>Keys of the active rows.</summary>
    public readonly ArrayView<ulong> Keys = keys;

    /// <summary>Keys of the rows that stay active.</summary>
    public readonly ArrayView<ulong> OtherKeys = otherKeys;

    /// <summary>The active rows.</summary>
    public readonly ArrayView<int> Rows = rows;

    /// <summary>The rows that stay active.</summary>
    public readonly ArrayView<int> OtherRows = otherRows;

    /// <summary>The extremes within the answer.</summary>
    public DeviceScales Scales(int terms) => new(Answer.SubView(GpuScoring.Answer.Header, 2 * terms));
}
