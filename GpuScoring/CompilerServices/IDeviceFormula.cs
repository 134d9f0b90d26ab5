using System.ComponentModel;

namespace Squelch.GpuScoring.CompilerServices;

/// <summary>
/// A policy's formula as plain data and two functions, so that a kernel can carry it to a device. The policy compiler writes it. Nothing in it
/// may throw or allocate, and every number has the bits of the policy's scalar form (see GpuScoring/README.md).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceFormula
{
    /// <summary>The value of a term that is scaled over the candidates, before it is scaled.</summary>
    /// <param name="term">Counts the scaled terms from 0.</param>
    /// <param name="row">The node.</param>
    double Term(int term, DeviceRow row);

    /// <summary>A score of a node.</summary>
    /// <param name="order">0 for the first score, 1 for the one that decides between equal ones, and so on.</param>
    /// <param name="row">The node.</param>
    /// <param name="scales">Extremes of the scaled terms.</param>
    /// <remarks>A formula with bounds gives the upper bound of its first score.</remarks>
    double Score(int order, DeviceRow row, DeviceScales scales);

    /// <summary>The lower bound of the first score; the score itself where it is exact.</summary>
    /// <param name="row">The node.</param>
    /// <param name="scales">Extremes of the scaled terms.</param>
    double Low(DeviceRow row, DeviceScales scales);

    /// <summary>A number that the first score of no candidate of the block is below; NaN where nothing is known. 0 where blocks are not summarised.</summary>
    /// <param name="block">The block.</param>
    /// <param name="scales">Extremes of the scaled terms.</param>
    double Bound(DeviceBlock block, DeviceScales scales);
}

/// <summary>A selector whose formula can run on a device. The policy compiler writes it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceScored
{
    /// <summary>What the kernels need to know besides the formula.</summary>
    DeviceShape DeviceShape { get; }

    /// <summary>The formula as the driver takes it; null where a score is known between bounds only.</summary>
    DevicePtx? Ptx { get; }

    /// <summary>Writes the bits of what the formula reads besides rows and extremes, at a time, under the tunables and states of now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="uniforms">Room for <see cref="DevicePtx.Uniforms"/>.</param>
    void WriteUniforms(double now, Span<ulong> uniforms);

    /// <summary>Calls the visitor with the formula's type.</summary>
    TResult Visit<TResult>(IDeviceScoredVisitor<TResult> visitor);
}

/// <summary>A selector with the formula of one moment.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceScored<out TFormula> : IDeviceScored
    where TFormula : unmanaged, IDeviceFormula
{
    /// <summary>The formula at a time, under the tunables and states of now.</summary>
    TFormula FormulaAt(double now);
}

/// <summary>Receives the type of a formula.</summary>
/// <typeparam name="TResult">What it makes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceScoredVisitor<out TResult>
{
    /// <summary>Receives the selector with the type of its formula.</summary>
    TResult Visit<TFormula>(IDeviceScored<TFormula> selector)
        where TFormula : unmanaged, IDeviceFormula;
}
