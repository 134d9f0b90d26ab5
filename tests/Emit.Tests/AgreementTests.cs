using Squelch.Generators.Ir;
using Xunit;

namespace Squelch.Emit.Tests;

/// <summary>All ways to carry out a plan give the same victims.</summary>
public class AgreementTests
{
    private static readonly int[] s_counts = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 63, 64, 65, 255, 256, 257, 1023, 1025, 3000];

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void RandomNodes(string name)
    {
        foreach (int count in s_counts)
        {
            var grove = new Grove(Model(name), count, seed: count);
            grove.Now += 250;
            grove.Agreed();
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Ties(string name)
    {
        foreach (int count in s_counts)
        {
            var grove = new Grove(Model(name), count, seed: 7);
            for (int column = 0; column < grove.Selector.ColumnCount; column++)
            {
                foreach (int node in grove.Live)
                {
                    grove.Selector.WriteColumn(column, node, 1 + grove.Random.Next(2));
                }
            }

            grove.Agreed();
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void OddNumbers(string name)
    {
        double[][] spoils =
        [
            [double.NaN],
            [double.PositiveInfinity],
            [double.NegativeInfinity],
            [0, -0.0],
            [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -5, 1e300, double.Epsilon],
            [1000, 2000],
        ];
        foreach (double[] spoil in spoils)
        {
            foreach (int count in s_counts)
            {
                var grove = new Grove(Model(name), count, seed: count + 1);
                grove.Spoil(spoil);
                grove.Agreed();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void AllNaN(string name)
    {
        foreach (int count in s_counts)
        {
            var grove = new Grove(Model(name), count, seed: 3);
            for (int column = 0; column < grove.Selector.ColumnCount; column++)
            {
                foreach (int node in grove.Live)
                {
                    grove.Selector.WriteColumn(column, node, double.NaN);
                }
            }

            int victim = grove.Agreed();
            if (grove.Candidates.Count > 0 && grove.Selector.ColumnCount > 0 && name is not "Mixed")
            {
                Assert.Equal(grove.Candidates.MinBy(grove.Nodes.Creation), victim);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void RandomChanges(string name)
    {
        foreach (int count in new[] { 0, 30, 1500 })
        {
            var grove = new Grove(Model(name), count, seed: 11);
            grove.Now += 250;
            for (int step = 0; step < 400; step++)
            {
                grove.Change();
                int victim = grove.Agreed();
                if (victim >= 0 && step % 3 == 0)
                {
                    grove.Selector.Evicting(victim, grove.Now);
                    grove.Remove(victim);
                }
            }
        }
    }

    /// <summary>One search gives several victims of a moment, and what changes among them in that moment is not missed: nodes, hits, states, tunables.</summary>
    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void ManyVictimsOfOneMoment(string name)
    {
        foreach (int count in new[] { 5, 40, 1500 })
        {
            var grove = new Grove(Model(name), count, seed: 17) { Stands = true };
            grove.Now += 250;
            for (int step = 0; step < 400; step++)
            {
                if (step % 4 == 0)
                {
                    grove.Change();
                }

                if (step % 90 == 0)
                {
                    grove.Now++;
                }

                int victim = grove.Agreed();
                if (victim >= 0 && step % 3 > 0)
                {
                    grove.Selector.Evicting(victim, grove.Now);
                    grove.Remove(victim);
                }
            }
        }
    }

    /// <summary>The same where many scores are equal, so that what was made first has to decide.</summary>
    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void ManyTiedVictimsOfOneMoment(string name)
    {
        var grove = new Grove(Model(name), 300, seed: 19) { Stands = true };
        for (int column = 0; column < grove.Selector.ColumnCount; column++)
        {
            foreach (int node in grove.Live)
            {
                grove.Selector.WriteColumn(column, node, 1 + grove.Random.Next(2));
            }
        }

        for (int step = 0; step < 200; step++)
        {
            int victim = grove.Agreed();
            if (step % 5 == 0)
            {
                grove.Change();
            }
            else if (victim >= 0)
            {
                grove.Selector.Evicting(victim, grove.Now);
                grove.Remove(victim);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void RandomCosts(string name)
    {
        foreach (int count in new[] { 30, 1500 })
        {
            var grove = new Grove(Model(name), count, seed: 13, accelerate: null, 0, 1, 1, 100, 0.001, 1e22);
            grove.Now += 250;
            for (int step = 0; step < 200; step++)
            {
                grove.Change();
                int victim = grove.Agreed();
                if (victim >= 0 && step % 3 == 0)
                {
                    grove.Selector.Evicting(victim, grove.Now);
                    grove.Remove(victim);
                }
            }
        }
    }

    [Theory]
    [InlineData("Marconi")]
    [InlineData("Mixed")]
    [InlineData("Weighed")]
    [InlineData("Survivor")]
    public void EveryBackEndFollowsARetune(string name)
    {
        foreach (int count in s_counts)
        {
            var grove = new Grove(Model(name), count, seed: count);
            grove.Now += 250;
            int own = grove.Agreed();
            foreach (double value in new[] { 0, 0.1, 0.5, 1, 1.9, 2, 7 })
            {
                grove.Selector.Retune([value]);
                grove.Agreed();
                grove.Agreed();
            }

            grove.Selector.Retune([CompiledPolicies.Descriptor(Model(name)).Tunables[0].Default]);
            Assert.Equal(own, grove.Agreed());
        }
    }

    private static PolicyModel Model(string name) => Samples.All.Single(model => model.Name == name);
}
