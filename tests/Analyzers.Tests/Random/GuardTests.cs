namespace Squelch.Analyzers.Tests.RandomPolicies;

/// <summary>What an author does in spite of a warning neither throws in an engine nor makes a score that is no number.</summary>
public class GuardTests
{
    [Theory]
    [InlineData("[Score] static double S(double now, double lastAccess, long hits) => (now - lastAccess) * (100 / (hits - 2));")]
    [InlineData("[Score] static double S(double now, double lastAccess, long hits) => (now - lastAccess) * (100 % (hits - 2));")]
    [InlineData("[Score] static double S(double now, double lastAccess, long hits) => hits != 2 && 10 / (hits - 2) > 3 ? now - lastAccess : 10 / (hits == 2 ? 1 : hits - 2) + (hits > 2 ? 10 / (hits - 2) : 0);")]
    [InlineData("[Score] static double S(double now, long hits, long tokens) => now > 5 && hits > 1 ? tokens / (hits - 1) : now;")]
    [InlineData("[Score] static double S(long hits, long tokens) => hits != 2 ? tokens / (hits - 2) : 0;")]
    [InlineData("[Score] static double S(double now, double hits, double tokens) => Math.Clamp(now, tokens, hits);")]
    [InlineData("[Score] static double S(double now, double lastAccess) => Math.Sign(Math.Sqrt(lastAccess - now)) * now;")]
    [InlineData("[Score] static double S(double lastAccess, long hits) => lastAccess / (100 / (hits - 2));")]
    [InlineData("[Score] static double S(double now, double lastAccess) => Math.Sqrt(now - lastAccess - 1000);")]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double T(double nextUse) => nextUse; [Term] static double U(double now, double hits) => hits / now;")]
    [InlineData("[PolicyState] double Age { get; init; } [OnEvict(nameof(Age))] static double R(double victimScore) => Math.Log(-1 - victimScore); [Score] static double S(double hits, double age, double now) => age + now / hits;")]
    [InlineData("[Feature][OnInsert, OnHit] static double F(double tokens, long hits) => Math.Sqrt(hits - tokens) + 10 / (hits - 1); [Score] static double S(double f, double hits) => f + hits;")]
    public void NothingThrowsAndEveryScoreIsANumber(string body)
        => typeof(GuardTests).GetMethod(nameof(Run), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
            .MakeGenericMethod(Compiled.Load(Compiled.Policy(body)).GetType("N.P", throwOnError: true)!)
            .Invoke(null, null);

    private static void Run<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        var grove = new RandomGrove<TPolicy>();
        Assert.Equal(0, grove.Allocated());
        Assert.DoesNotContain(grove.Scores(), double.IsNaN);
    }
}
