namespace Squelch.Documentation.Tests;

/// <summary>Something that C# has, of which the policy compiler says whether the language has it.</summary>
/// <param name="What">In words.</param>
/// <param name="Instead">What to write where the language lacks it; "" where it has it.</param>
/// <param name="Examples">Bodies of a score; the first few are shown.</param>
internal sealed record Construct(string What, string Instead, params string[] Examples);
