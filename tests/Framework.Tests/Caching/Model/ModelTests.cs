using System.Globalization;
using CsCheck;

namespace Squelch.Tests.Caching.Model;

/// <summary>
/// The cache under random operations against the mirror of an engine: 10^5 of them with the tests, more by SQUELCH_OPERATIONS, and a failure by a short
/// run of its seed.
/// </summary>
public sealed class ModelTests
{
    private const int Steps = 200;

    private static long Operations => long.TryParse(Environment.GetEnvironmentVariable("SQUELCH_OPERATIONS"), NumberStyles.Float, CultureInfo.InvariantCulture, out long given) ? given : 100_000;

    [Fact]
    public void CacheAndEngineAgreeUnderRandomOperations()
    {
        ModelSetting[] settings = [.. ModelSetting.All()];
        long runs = Math.Max(settings.Length, Operations / Steps);
        long operations = 0;
        long victims = 0;
        Parallel.For(0L, runs, run =>
        {
            ModelSetting setting = settings[run % settings.Length];
            int seed = (int)(run / settings.Length);
            var model = new ModelRun(setting, seed);
            int step = 0;
            try
            {
                for (; step < Steps; step++)
                {
                    model.Step();
                }
            }
            catch (Exception exception)
            {
                throw new Xunit.Sdk.XunitException($"{setting}, seed {seed}, step {step}: {exception.Message}", exception);
            }

            Interlocked.Add(ref operations, model.Operations);
            Interlocked.Add(ref victims, model.Victims);
        });
        Assert.True(victims > operations / 20, $"{victims} victims in {operations} operations: nothing is tried");
    }

    /// <summary>The same, chosen and shrunk by CsCheck.</summary>
    [Fact]
    public void TheShortestRunThatFailsIsFound()
    {
        ModelSetting[] settings = [.. ModelSetting.All()];
        Gen.Select(Gen.Int[0, settings.Length - 1], Gen.Int[1000, 100_000], Gen.Int[1, 60]).Sample(
            (setting, seed, steps) =>
            {
                var model = new ModelRun(settings[setting], seed);
                for (int step = 0; step < steps; step++)
                {
                    model.Step();
                }
            },
            iter: 300);
    }
}
