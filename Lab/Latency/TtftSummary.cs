namespace Squelch.Lab;

/// <summary>A distribution of times to first token, in milliseconds.</summary>
public readonly record struct TtftSummary(double Mean, double P5, double P50, double P95, double P99);
