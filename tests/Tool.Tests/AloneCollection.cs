namespace Squelch.Tool.Tests;

/// <summary>Tests that measure the process run while no others do.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
