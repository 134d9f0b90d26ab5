namespace Squelch.Tests.CompilerServices;

/// <summary>What a reuse table makes of the ages at which nodes were hit or evicted.</summary>
public class ReuseTableTests
{
    /// <summary>Of one octave of ages there are eight, so what is read lies about 6 % around what was counted.</summary>
    private const double Blur = 0.13;

    [Theory]
    [InlineData(ReuseMeasure.HitDensity)]
    [InlineData(ReuseMeasure.Hazard)]
    [InlineData(ReuseMeasure.Survival)]
    [InlineData(ReuseMeasure.ReuseChance)]
    public void BeforeAnythingIsLearntTheYoungerIsWorthMore(ReuseMeasure measure)
    {
        var table = new ReuseTable<double>(4);
        ReuseStatistic<double> statistic = table.Keep(measure);
        for (int round = 0; round < 2; round++)
        {
            double[] ages = [0, 1e-3, 1, 2, 2.0001, 3, 1000, 1001, 1e9, 1e12, 9e15];
            double[] values = [.. ages.Select(age => statistic.At(round, age))];
            Assert.Equal(values.OrderDescending(), values);
            Assert.Equal(ages.Length, values.Distinct().Count());
            table.Hit(0, 5000);
        }
    }

    /// <summary>A hundred lives of class 1: 60 are hit at 10 ticks, 20 at 100, and 20 are evicted at 1,000; those of class 2 are all evicted.</summary>
    [Fact]
    public void CountsByHand()
    {
        var table = new ReuseTable<double>(3);
        ReuseStatistic<double> density = table.Keep(ReuseMeasure.HitDensity);
        ReuseStatistic<double> hazard = table.Keep(ReuseMeasure.Hazard);
        ReuseStatistic<double> survival = table.Keep(ReuseMeasure.Survival);
        ReuseStatistic<double> chance = table.Keep(ReuseMeasure.ReuseChance);
        for (int life = 0; life < 30_000; life++)
        {
            if (life % 100 < 80)
            {
                table.Hit(1, life % 100 < 60 ? 10 : 100);
            }
            else
            {
                table.Evicting(1, 1000);
            }

            table.Evicting(2, 1000);
        }

        // 60 · 10 + 20 · 100 + 20 · 1,000 ticks for 80 hits; from 100 ticks on, 40 · 100 of them are past.
        Near(80 / 22_600.0, density.At(1, 1));
        Near(20 / 18_000.0, density.At(1, 100));
        Near(0.8, chance.At(1, 1));
        Near(0.5, chance.At(1, 50));
        Near(0, chance.At(1, 500));
        Near(1, survival.At(1, 1));
        Near(0.4, survival.At(1, 50));
        Near(0.2, survival.At(1, 500));
        Near(0, hazard.At(1, 50));

        // The bucket of 10 has ages up to 11: 60 of the 100 that are there for a tick.
        Near(0.6, hazard.At(1, 10));
        Near(0, density.At(2, 1));
        Near(0, chance.At(2, 1));

        // Nobody was of class 0: it reads what all have.
        Near(0.4, chance.At(0, 1));
    }

    /// <summary>Seconds with fractions, ticks, and nanoseconds give the same, in their own unit.</summary>
    [Fact]
    public void AnyClockWillDo()
    {
        double[] chances = [.. new[] { 1.0 / 256, 1, 1 << 30 }.Select(tick =>
        {
            var table = new ReuseTable<double>(1);
            ReuseStatistic<double> chance = table.Keep(ReuseMeasure.ReuseChance);
            var random = new Random(5);
            for (int life = 0; life < 5000; life++)
            {
                double age = tick * random.Next(1, 10_000);
                if (random.Next(3) > 0)
                {
                    table.Hit(0, age / 10);
                }
                else
                {
                    table.Evicting(0, age);
                }
            }

            return chance.At(0, tick * 500);
        })];
        Assert.InRange(chances[0], 0.2, 0.7);
        Assert.Equal(chances[0], chances[1], 6);
        Assert.Equal(chances[0], chances[2], 6);
    }

    [Fact]
    public void OldCountsFade()
    {
        var table = new ReuseTable<double>(1);
        ReuseStatistic<double> chance = table.Keep(ReuseMeasure.ReuseChance);
        for (int life = 0; life < 5000; life++)
        {
            table.Hit(0, 10);
        }

        Near(1, chance.At(0, 5));
        for (int life = 0; life < 2_000_000; life++)
        {
            table.Evicting(0, 10);
        }

        // Evictions are counted at once and learnt from at the next hit or insert.
        table.Insert();
        Assert.InRange(chance.At(0, 5), 0, 0.01);
    }

    [Fact]
    public void OddNumbersCountNothingOrAsTheNearestClass()
    {
        var table = new ReuseTable<double>(2);
        ReuseStatistic<double> chance = table.Keep(ReuseMeasure.ReuseChance);
        double before = chance.At(0, 7);
        for (int life = 0; life < 1000; life++)
        {
            table.Hit(0, double.NaN);
            table.Hit(0, -1);
            table.Evicting(0, double.PositiveInfinity);
        }

        Assert.Equal(before, chance.At(0, 7));
        for (int life = 0; life < 1000; life++)
        {
            table.Hit(double.NaN, 10);
            table.Hit(-3, 10);
            table.Evicting(double.PositiveInfinity, 10);
            table.Evicting(1.9, 10);
        }

        // The lives of all that count in each class leave a little of the other.
        Assert.InRange(chance.At(0, 5), 0.9, 1);
        Assert.InRange(chance.At(1, 5), 0, 0.05);
        Assert.Equal(chance.At(1, 5), chance.At(1e300, 5));
        Assert.Equal(chance.At(0, 5), chance.At(double.NaN, 5));
        Assert.Equal(chance.At(0, 0), chance.At(0, -100));
        Assert.True(double.IsNaN(chance.At(0, double.NaN)));
        Assert.Equal(0, chance.At(0, double.PositiveInfinity));
    }

    [Fact]
    public void BoundsHoldForEveryNodeOfABlock()
    {
        Bounds<double>();
        Bounds<float>();
    }

    private static void Bounds<T>()
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var random = new Random(3);
        var table = new ReuseTable<T>(3);
        ReuseStatistic<T>[] statistics = [.. Enum.GetValues<ReuseMeasure>().Select(table.Keep)];
        for (int round = 0; round < 400; round++)
        {
            for (int life = 0; life < 100; life++)
            {
                T kind = T.CreateChecked(random.Next(3));
                if (random.Next(2) == 0)
                {
                    table.Hit(kind, Age());
                }
                else
                {
                    table.Evicting(kind, Age());
                }
            }

            int from = random.Next(4);
            int to = from + random.Next(3);
            double young = Age();
            double old = young + (Age() * random.NextDouble());
            T low = T.CreateTruncating(young);
            T high = T.CreateTruncating(old);
            foreach (ReuseStatistic<T> statistic in statistics)
            {
                T least = statistic.Least(T.CreateChecked(from), T.CreateChecked(to), low, high);
                T greatest = statistic.Greatest(T.CreateChecked(from), T.CreateChecked(to), low, high);
                for (int node = 0; node < 20; node++)
                {
                    T age = T.Clamp(T.CreateTruncating(young + ((old - young) * random.NextDouble())), low, high);
                    T value = statistic.At(T.CreateChecked(random.Next(from, to + 1)), age);
                    Assert.True(least <= value && value <= greatest, $"{least} <= {value} <= {greatest}");
                }
            }
        }

        double Age() => Math.Exp(random.NextDouble() * 12) - 1;
    }

    private static void Near(double expected, double actual) => Assert.InRange(actual, (expected * (1 - Blur)) - 1e-3, (expected * (1 + Blur)) + 1e-3);
}
