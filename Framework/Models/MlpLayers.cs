namespace Squelch;

/// <summary>
/// MLPs, dense or mixtures of experts. Two matrices and an intermediate dimension of 4 D give the Marconi paper's 16 L D^2 (table 1).
/// </summary>
/// <param name="Count">Layers.</param>
/// <param name="Hidden">Model dimension D.</param>
/// <param name="Intermediate">Intermediate dimension of one expert, or of the dense MLP.</param>
public sealed record MlpLayers(int Count, int Hidden, int Intermediate) : LayerGroup(Count)
{
    /// <summary>True where a third matrix gates the intermediate (SwiGLU).</summary>
    public bool Gated { get; init; }

    /// <summary>Experts a token runs through, shared ones included; 1 for a dense MLP.</summary>
    public int ActiveExperts { get; init; } = 1;

    /// <summary>Experts a router chooses from; 0 for a dense MLP.</summary>
    public int RoutedExperts { get; init; }

    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.Mlp;

    /// <summary>2 or 3 matrices of D x intermediate per active expert, and the router. FLOPs per token.</summary>
    public override long LinearFlops => checked((2L * (Gated ? 3 : 2) * Hidden * Intermediate * ActiveExperts) + (2L * Hidden * RoutedExperts));

    internal override IEnumerable<(string Name, int Value)> Sizes
        => [("count", Count), ("hidden", Hidden), ("intermediate", Intermediate), ("activeExperts", ActiveExperts)];

    internal override IEnumerable<(string Name, int Value)> OptionalSizes => [("routedExperts", RoutedExperts)];
}
