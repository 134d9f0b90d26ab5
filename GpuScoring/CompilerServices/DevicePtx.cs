using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;

namespace Squelch.GpuScoring.CompilerServices;

/// <summary>
/// A policy's formula in PTX, NVIDIA's assembly language, which the policy compiler writes at build time. Each text is a block in braces that leaves its result in
/// <c>%score</c>. It may read, of the row at hand, <c>%creation</c> (its creation number) and <c>%column0</c>, <c>%column1</c> and so on (its values, <c>f64</c>, or
/// <c>f32</c> in single precision; who runs it loads those that the text names); the parameter <c>uniforms</c>; and, where it scales, the shared array <c>scales</c>:
/// least and greatest value of each scaled term. The bound reads, in place of a row's values, those of a block of rows: <c>%least0</c> is the least value of column 0,
/// <c>%most0</c> the greatest. Texts are added as bytes: as strings they would take twice the room in a library that is compiled ahead of time.
/// </summary>
/// <param name="uniforms">Numbers that are the same for all rows; <see cref="IDeviceScored.WriteUniforms"/> gives them.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DevicePtx(int uniforms)
{
    private readonly List<string> _terms = [];
    private readonly List<string> _scores = [];

    /// <summary>Numbers that are the same for all rows.</summary>
    public int Uniforms => uniforms;

    /// <summary>The terms that are scaled over the candidates, before they are scaled.</summary>
    public IReadOnlyList<string> Terms => _terms;

    /// <summary>The scores, the one that decides first before the others.</summary>
    public IReadOnlyList<string> Scores => _scores;

    /// <summary>A number that the first score of no candidate of a block is below; null where blocks are not summarised.</summary>
    public string? Bound { get; private set; }

    /// <summary>Adds the next of <see cref="Terms"/>.</summary>
    /// <param name="text">In ASCII.</param>
    /// <returns>This.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public DevicePtx AddTerm(ReadOnlySpan<byte> text)
    {
        _terms.Add(Text(text));
        return this;
    }

    /// <summary>Adds the next of <see cref="Scores"/>.</summary>
    /// <param name="text">In ASCII.</param>
    /// <returns>This.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public DevicePtx AddScore(ReadOnlySpan<byte> text)
    {
        _scores.Add(Text(text));
        return this;
    }

    /// <summary>Adds <see cref="Bound"/>.</summary>
    /// <param name="text">In ASCII.</param>
    /// <returns>This.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public DevicePtx AddBound(ReadOnlySpan<byte> text)
    {
        Bound = Text(text);
        return this;
    }

    private static string Text(ReadOnlySpan<byte> text) => Encoding.ASCII.GetString(text);
}
