namespace Squelch;

/// <summary>Makes traces: seeded, in order of arrival, a request at a time. Only the sessions under way are held in memory.</summary>
public static class TraceGenerator
{
    private const double LogNormalShape = 1.25;

    /// <summary>Streams the requests of a trace.</summary>
    /// <param name="recipe">What it is like.</param>
    /// <exception cref="SquelchException">A number of the recipe is out of its range.</exception>
    public static IEnumerable<Request> Generate(TraceRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        recipe.Check();
        return Requests(recipe);
    }

    private static IEnumerable<Request> Requests(TraceRecipe recipe)
    {
        var arrivals = new SeededDraws(recipe.Seed);
        var thoughts = new SeededDraws(~recipe.Seed);
        var underWay = new PriorityQueue<GeneratedSession, (double Time, int Number)>();
        double begins = 0;
        for (int begun = 0; begun < recipe.Sessions || underWay.Count > 0;)
        {
            if (begun < recipe.Sessions && (!underWay.TryPeek(out _, out (double Time, int) next) || begins <= next.Time))
            {
                underWay.Enqueue(new(recipe.Family, begun, recipe.Seed), (begins, begun));
                begun++;
                begins += arrivals.Exponential(1 / recipe.SessionsPerSecond);
                continue;
            }

            underWay.TryDequeue(out GeneratedSession? session, out (double Time, int Number) now);
            yield return session!.Next(now.Time);
            if (!session.IsOver)
            {
                underWay.Enqueue(session, (now.Time + Gap(recipe, thoughts), now.Number));
            }
        }
    }

    private static double Gap(TraceRecipe recipe, SeededDraws draws) => recipe.Think switch
    {
        ThinkTime.Poisson => draws.Poisson(recipe.ThinkSeconds),
        ThinkTime.Exponential => draws.Exponential(recipe.ThinkSeconds),
        _ => draws.LogNormal(recipe.ThinkSeconds, LogNormalShape),
    };
}
