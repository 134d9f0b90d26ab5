namespace Squelch.Lab;

/// <summary>A range that holds a number with a confidence of 95 %.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct ConfidenceRange(double Low, double High);
