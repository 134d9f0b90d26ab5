namespace Squelch.Generators.Functions;

/// <summary>Why a formula has no vector form or no bound.</summary>
/// <param name="Why">As the end of a sentence.</param>
/// <param name="Remedy">What the author can do, or null where the policy is meant so.</param>
internal sealed record Obstacle(string Why, string? Remedy);
