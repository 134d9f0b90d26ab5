namespace Squelch.Lab;

/// <summary>Makes traces: seeded, in order of arrival, a request at a time. Only the sessions under way are held in memory.</summary>
public static class TraceGenerator
{
    /// <summary>Streams the requests of a trace.</summary>
    /// <param name="recipe">What it is like.</param>
    /// <exception cref="SquelchException">A number of the recipe is out of its range.</exception>
    public static IEnumerable<Request> Generate(TraceRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        SessionTimes.Require(recipe.Sessions >= 1, "sessions", recipe.Sessions, "1 or more");
        return recipe.Times.Interleave(Enumerable.Range(0, recipe.Sessions).Select(number => new GeneratedSession(recipe.Family, number, recipe.Times.Seed)));
    }
}
