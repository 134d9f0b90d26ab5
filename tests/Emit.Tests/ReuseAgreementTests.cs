using Xunit;

namespace Squelch.Emit.Tests;

/// <summary>What a reuse table learns between two selections is known to every back end, and changes whom they choose.</summary>
public class ReuseAgreementTests
{
    public static TheoryData<string> Names => [.. Samples.All.Where(model => model.ReuseTable is not null).Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void TablesThatChangeBetweenSelections(string name)
    {
        foreach (int count in new[] { 40, 1500 })
        {
            var grove = new Grove(Samples.All.Single(model => model.Name == name), count, seed: 17);
            int scores = 0;
            for (int step = 0; step < 300; step++)
            {
                grove.Now += step % 100 == 99 ? 100_000 : grove.Random.Next(30);
                int node = grove.Live[grove.Random.Next(grove.Live.Count)];
                double before = grove.Selector.Score(node, grove.Now);
                for (int hit = 0; hit < 20; hit++)
                {
                    // Some nodes come back soon, the others seldom.
                    int used = grove.Live[grove.Random.Next(2) == 0 ? grove.Random.Next(10) : grove.Random.Next(grove.Live.Count)];
                    if (used != node)
                    {
                        grove.Events.Hit(used, new(grove.Now));
                    }
                }

                scores += before == grove.Selector.Score(node, grove.Now) ? 0 : 1;
                int victim = grove.Agreed();
                grove.Events.Evicting(victim, grove.Now);
                grove.Remove(victim);
                grove.Add();
                grove.SetCandidate(grove.Live[^1], true);
            }

            Assert.InRange(scores, 2, 100);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EqualNodesGoByCreation(string name)
    {
        var grove = new Grove(Samples.All.Single(model => model.Name == name), 3000, seed: 23);
        foreach (int node in grove.Live)
        {
            for (int column = 0; column < grove.Selector.ColumnCount; column++)
            {
                grove.Selector.WriteColumn(column, node, 1);
            }
        }

        Assert.Equal(grove.Candidates.MinBy(grove.Nodes.Creation), grove.Agreed());
    }
}
