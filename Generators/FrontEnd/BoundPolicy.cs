using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <summary>A policy's declaration, or why it is none.</summary>
/// <param name="Model">Null where there is a problem.</param>
/// <param name="Shell">What an invalid policy needs so that the rest compiles; null where the type is not partial.</param>
/// <param name="Problems">All that was found.</param>
internal sealed record BoundPolicy(PolicyModel? Model, PolicyShell? Shell, IReadOnlyList<Problem> Problems);

/// <summary>The names of a policy type.</summary>
/// <param name="Declaration">Declares a part of it, e.g. "partial struct Lru".</param>
internal sealed record PolicyShell(string Namespace, string Name, EquatableArray<string> Containers, string HintName, string Declaration);
