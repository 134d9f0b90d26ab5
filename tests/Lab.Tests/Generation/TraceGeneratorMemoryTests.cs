namespace Squelch.Lab.Tests;

/// <summary>Tests that watch the memory of the whole process, and so run while no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class TraceGeneratorMemoryTests
{
    /// <summary>A million sessions, of which about 45 are under way at a time: what is held does not grow with those that are over.</summary>
    [Fact]
    public void OnlySessionsUnderWayAreHeld()
    {
        var recipe = new TraceRecipe { Family = TraceFamily.FewShot, Sessions = 1_000_000, Times = new() { SessionsPerSecond = 10 } };
        long early = 0;
        long most = 0;
        int seen = 0;
        foreach (Request request in TraceGenerator.Generate(recipe))
        {
            if (++seen % 5_000 == 0)
            {
                long held = GC.GetTotalMemory(forceFullCollection: true);
                early = early == 0 ? held : early;
                most = Math.Max(most, held);
                if (seen >= 60_000)
                {
                    break;
                }
            }
        }

        Assert.True(most - early < 2_000_000, $"{early:N0} bytes early, {most:N0} at most");
    }
}
