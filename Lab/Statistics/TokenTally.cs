namespace Squelch.Lab;

/// <summary>Input tokens, and how many of them were reused.</summary>
/// <param name="Input">Input tokens.</param>
/// <param name="Hit">Reused.</param>
public readonly record struct TokenTally(long Input, long Hit);
