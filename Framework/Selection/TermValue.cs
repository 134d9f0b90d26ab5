namespace Squelch;

/// <summary>What one term adds to a node's score.</summary>
/// <param name="Name">The term.</param>
/// <param name="Raw">Its value.</param>
/// <param name="Normalized">Its value scaled over the candidates; the raw one where it is not scaled.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Contribution">Weight times normalised value.</param>
public readonly record struct TermValue(string Name, double Raw, double Normalized, double Weight, double Contribution);
