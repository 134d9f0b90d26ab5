using System.Collections.Immutable;
using System.ComponentModel;

namespace Squelch.GpuScoring.CompilerServices;

/// <summary>
/// A policy's formula in PTX, NVIDIA's assembly language, which the policy compiler writes at build time. Each text is a block in braces that leaves its result in
/// <c>%score</c>. It may read, of the row at hand, <c>%creation</c> (its creation number) and <c>%column0</c>, <c>%column1</c> and so on (its values, <c>f64</c>, or
/// <c>f32</c> in single precision; who runs it loads those that the text names); the parameter <c>uniforms</c>; and, where it scales, the shared array <c>scales</c>:
/// least and greatest value of each scaled term.
/// </summary>
/// <param name="uniforms">Numbers that are the same for all rows; <see cref="IDeviceScored.WriteUniforms"/> gives them.</param>
/// <param name="terms">The terms that are scaled over the candidates, before they are scaled.</param>
/// <param name="scores">The scores, the one that decides first before the others.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DevicePtx(int uniforms, ImmutableArray<string> terms, ImmutableArray<string> scores)
{
    /// <summary>Numbers that are the same for all rows.</summary>
    public int Uniforms => uniforms;

    /// <summary>The terms that are scaled over the candidates.</summary>
    public ImmutableArray<string> Terms => terms;

    /// <summary>The scores, the one that decides first before the others.</summary>
    public ImmutableArray<string> Scores => scores;
}
